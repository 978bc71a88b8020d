// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import ReviewCore
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// The next due clip, leased and decoded while the reviewer still looks at this one.
enum Lookahead {
  case none
  /// Being leased and read; `isWanted` once the reviewer waits for it.
  case loading(after: ClipID, isWanted: Bool)
  case ready(ClipOnShelf, after: ClipID)
  /// There was none behind that clip.
  case exhausted(after: ClipID)

  var clip: ClipOnShelf? {
    if case .ready(let clip, _) = self { clip } else { nil }
  }

  /// The clip it was made for.
  var after: ClipID? {
    switch self {
    case .none: nil
    case .loading(let clip, _), .ready(_, let clip), .exhausted(let clip): clip
    }
  }
}

/// Opens clips: leases and reads them on the store's thread, decodes them, works one ahead.
extension ReviewSession {
  /// Opens where the reviewer stood last, or the first due clip.
  func resume() {
    let (loader, opening) = (self.loader, openings)
    worker.submit { store throws(StoreError) in
      try loader.resume(in: store)
    } completion: { [weak self] result in
      self?.arrive(
        result.map(\.0), playhead: (try? result.get())?.playhead, opening: opening)
    }
  }

  func openNextDue(after clip: ClipID?) {
    if let clip, ahead.after == clip {
      switch ahead {
      case .ready(let next, _):
        ahead = .none
        next.decoder?.activate(nowMilliseconds: SessionClock.monotonicMilliseconds)
        return show(next, playhead: nil, isReopening: false)
      case .loading:
        ahead = .loading(after: clip, isWanted: true)
        return
      case .none, .exhausted:
        break
      }
    }
    fetch { loader, store throws(StoreError) in try loader.nextDue(after: clip, in: store) }
  }

  /// Opens a harmless clip after one that was flagged: the one that was decoded ahead where it is one.
  func openNextCalm(after clip: ClipID) {
    if case .ready(let next, let after) = ahead, after == clip, loader.isCalm(next.loaded) {
      return openNextDue(after: clip)
    }
    fetch { loader, store throws(StoreError) in try loader.nextCalm(after: clip, in: store) }
  }

  func openNeighbour(of clip: ClipID?, _ direction: WalkDirection) {
    fetch { loader, store throws(StoreError) in
      try loader.neighbour(of: clip, direction, in: store)
    }
  }

  func open(_ clip: ClipID) {
    fetch { loader, store throws(StoreError) in try loader.clip(clip, in: store) }
  }

  func reopenLastCommitted() {
    fetch(isReopening: true) { loader, store throws(StoreError) in
      try loader.lastCommitted(in: store)
    }
  }

  /// Leases and decodes the next due clip once this one's own pass is over, unless the reviewer is
  /// already on the way to another.
  func lookAhead() {
    guard case .none = ahead, state.lock == nil, !state.isOpening, let current,
      let clip = state.clip,
      clip.firstPictureAtMilliseconds != nil || clip.failure != nil,
      current.timeline.isComplete || clip.failure != nil
    else { return }
    let after = current.id
    ahead = .loading(after: after, isWanted: false)
    let loader = self.loader
    worker.submit { store throws(StoreError) in
      try loader.nextDue(after: after, in: store)
    } completion: { [weak self] result in
      self?.arriveAhead(result, after: after)
    }
  }

  // MARK: arrivals

  private func fetch(
    isReopening: Bool = false,
    _ find: @escaping @Sendable (ClipLoader, LabelStore) throws(StoreError) -> ClipLoader.Outcome
  ) {
    dropLookahead()
    let (loader, opening) = (self.loader, openings)
    worker.submit { store throws(StoreError) in
      try find(loader, store)
    } completion: { [weak self] result in
      self?.arrive(result, playhead: nil, isReopening: isReopening, opening: opening)
    }
  }

  /// Takes what was to be opened; what was asked for before a lock is given back.
  func arrive(
    _ result: Result<ClipLoader.Outcome, StoreError>, playhead: MediaTime?,
    isReopening: Bool = false, opening: Int
  ) {
    guard opening == openings else {
      guard case .success(.loaded(let loaded)) = result, loaded.id != state.clip?.id else { return }
      return release(loaded.id, hasDraft: loaded.row.hasDraft)
    }
    switch result {
    case .failure(let error): send(.stays(Notice(error.sentence, kind: .error)))
    case .success(.stays(let sentence)): send(.stays(Notice(sentence)))
    case .success(.nothingDue(let counts)):
      leaveCurrent()
      send(.nothingDue(counts))
    case .success(.onlyFlaggedDue(let counts)):
      leaveCurrent()
      send(.onlyFlaggedDue(counts))
    case .success(.loaded(let loaded)):
      show(onShelf(loaded), playhead: playhead, isReopening: isReopening)
    }
  }

  private func arriveAhead(_ result: Result<ClipLoader.Outcome, StoreError>, after: ClipID) {
    guard case .loading(let expected, let isWanted) = ahead, expected == after else {
      if case .success(.loaded(let loaded)) = result, loaded.id != current?.id {
        release(loaded.id, hasDraft: loaded.row.hasDraft)
      }
      return
    }
    ahead = .none
    if isWanted { return arrive(result, playhead: nil, opening: openings) }
    guard case .success(.loaded(let loaded)) = result else {
      ahead = .exhausted(after: after)
      return
    }
    let clip = onShelf(loaded)
    startDecoder(clip, isPrefetch: true)
    if clip.finestFrost == .clear { clip.requestFirstFrame() }
    ahead = .ready(clip, after: after)
  }

  private func onShelf(_ loaded: LoadedClip) -> ClipOnShelf {
    ClipOnShelf(
      loaded, cameras: settings.vault.cameras, taxonomy: settings.vault.taxonomy)
  }

  /// Puts a clip on the screen; the one before is left.
  private func show(_ clip: ClipOnShelf, playhead: MediaTime?, isReopening: Bool) {
    leaveCurrent(unless: clip.id)
    current = clip
    clip.isLookedFor = true
    // Colours are chosen for the clip.
    renewDriver()
    lookAtTerminal(isThorough: false)
    send(.clipOpened(clip.opened(playhead: playhead, isReopening: isReopening)))
    if clip.decoder == nil, clip.failure == nil {
      startDecoder(clip, isPrefetch: false)
    }
    if let failure = clip.failure { tell(failure, of: clip) }
    keepPlace()
    tellLookStanding()
  }

  private func leaveCurrent(unless next: ClipID? = nil) {
    guard let left = current else { return }
    left.decoder?.close()
    current = nil
    guard left.id != next else { return }
    let open = state.clip?.id == left.id ? state.clip : nil
    release(left.id, hasDraft: open?.history.hasDraft == true && open?.closure == nil)
  }

  func dropLookahead() {
    if let clip = ahead.clip {
      clip.decoder?.close()
      release(clip.id, hasDraft: clip.loaded.row.hasDraft)
    }
    ahead = .none
  }

  // MARK: decoders

  private func startDecoder(_ clip: ClipOnShelf, isPrefetch: Bool) {
    guard let raster else { return }
    clip.startDecoder(on: host, vault: settings.vault, raster: raster, isPrefetch: isPrefetch)
  }

  /// Takes what all open decoders sent and looks for those that hang.
  ///
  /// - Throws: where the process that starts them is gone: no clip could be shown any more.
  func takeDecoderEvents() throws(SessionError) {
    if host.receive().contains(.zygoteLost) {
      throw .decoder("The decoder process has ended; start again: every label is on disk.")
    }
    for clip in shelf {
      for event in clip.decoder?.takeEvents() ?? [] { take(event, of: clip) }
    }
    if case .none = ahead { lookAhead() }
    let next = ahead.clip.flatMap { $0.hasThumbnail ? $0.id : nil }
    if next != state.clipAhead { send(.decodedAhead(next)) }
  }

  private func take(_ event: DecoderEvent, of clip: ClipOnShelf) {
    clip.take(event)
    guard clip === current else { return }
    switch event {
    case .timeline(let frame): send(.timeline(clip.id, frame))
    case .passComplete(let duration, _): send(.timelineComplete(clip.id, duration: duration))
    case .failed:
      if let failure = clip.failure { tell(failure, of: clip) }
    case .opened, .grid, .frame, .window, .rescaled, .greys: break
    }
  }

  /// Says why a clip cannot be played, and has the store take it out of those that are due; the
  /// session goes on.
  private func tell(_ failure: ClipOnShelf.Failure, of clip: ClipOnShelf) {
    send(
      failure.isRefusal
        ? .clipRefused(clip.id, sentence: failure.sentence)
        : .clipFailed(clip.id, sentence: failure.sentence))
    if failure.isLasting { setUnreadable(clip.id, failure.sentence) }
  }

  /// Takes a clip back among those that are due that was noted as unreadable and plays after all.
  func noteReadable(_ clip: ClipOnShelf) {
    if clip.loaded.row.unreadable != nil { setUnreadable(clip.id, nil) }
  }

  private func setUnreadable(_ id: ClipID, _ reason: String?) {
    worker.submit { store throws(StoreError) in
      try store.setUnreadable(id, reason: reason)
    } completion: { [weak self] result in
      self?.report(result) { self?.refreshCounts() }
    }
  }
}
