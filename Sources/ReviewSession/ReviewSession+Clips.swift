// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import ReviewCore
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// Opens clips: leases and reads them on the store's thread, decodes them.
extension ReviewSession {
  /// Opens where the reviewer stood last, or the first due clip.
  func resume() {
    let (loader, opening) = (self.loader, openings)
    worker.submit { store throws(StoreError) in
      try loader.resume(in: store)
    } completion: { [weak self] result in
      let place = (try? result.get())?.place
      self?.arrive(
        result.map(\.0), playhead: place?.playhead, playsOn: place?.isPlaying == true,
        opening: opening)
    }
  }

  func openNextDue(after clip: ClipID?) {
    if !openAhead(.due, after: clip) { openAfresh(.due, after: clip) }
  }

  /// Opens a harmless clip after one that was flagged: the one that was decoded ahead where it is one.
  func openNextCalm(after clip: ClipID) {
    if ahead.route == .due, ahead.base == clip, let next = ahead.clips.first,
      loader.isCalm(next.loaded)
    {
      return openNextDue(after: clip)
    }
    route = .due
    fetch { loader, store throws(StoreError) in try loader.nextCalm(after: clip, in: store) }
  }

  func openNeighbour(of clip: ClipID?, _ direction: WalkDirection) {
    let route: Lookahead.Route = direction == .forward ? .forward : .backward
    if !openAhead(route, after: clip) { openAfresh(route, after: clip) }
  }

  /// Finds and opens the clip that comes after one that way.
  func openAfresh(_ route: Lookahead.Route, after clip: ClipID?) {
    fetch { loader, store throws(StoreError) in
      switch route {
      case .due: try loader.nextDue(after: clip, in: store)
      case .forward: try loader.neighbour(of: clip, .forward, in: store)
      case .backward: try loader.neighbour(of: clip, .backward, in: store)
      }
    }
  }

  func open(_ clip: ClipID) {
    route = .due
    fetch { loader, store throws(StoreError) in try loader.clip(clip, in: store) }
  }

  func reopenLastCommitted() {
    route = .due
    fetch(isReopening: true) { loader, store throws(StoreError) in
      try loader.lastCommitted(in: store)
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
    playsOn: Bool = false, isReopening: Bool = false, opening: Int
  ) {
    guard opening == openings else {
      guard case .success(.loaded(let loaded)) = result, loaded.id != state.clip?.id else { return }
      return release(loaded.id, hasDraft: loaded.row.hasDraft)
    }
    switch result {
    case .failure(let error): send(.stays(Notice(error.spoken(state.texts), kind: .error)))
    case .success(.stays(let phrase)): send(.stays(Notice(state.texts(phrase))))
    case .success(.kept(let error)): send(.stays(Notice(error.spoken(state.texts))))
    case .success(.nothingDue(let counts)):
      leaveCurrent()
      forgetPlace()
      send(.nothingDue(counts))
    case .success(.onlyFlaggedDue(let counts)):
      leaveCurrent()
      forgetPlace()
      send(.onlyFlaggedDue(counts))
    case .success(.loaded(let loaded)):
      show(
        onShelf(loaded), playhead: playhead, playsOn: playsOn, isReopening: isReopening)
    }
  }

  func onShelf(_ loaded: LoadedClip) -> ClipOnShelf {
    ClipOnShelf(
      loaded, cameras: settings.vault.cameras, taxonomy: settings.vault.taxonomy,
      texts: state.texts)
  }

  /// Puts a clip on the screen; the one before is left.
  func show(
    _ clip: ClipOnShelf, playhead: MediaTime?, playsOn: Bool = false, isReopening: Bool
  ) {
    leaveCurrent(unless: clip.id)
    current = clip
    clip.isLookedFor = true
    // Colours are chosen for the clip.
    renewDriver()
    lookAtTerminal(isThorough: false)
    send(
      .clipOpened(
        clip.opened(state.texts, playhead: playhead, playsOn: playsOn, isReopening: isReopening)))
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

  // MARK: decoders

  func startDecoder(_ clip: ClipOnShelf, isPrefetch: Bool) {
    guard let raster else { return }
    clip.startDecoder(on: host, vault: settings.vault, raster: raster, isPrefetch: isPrefetch)
  }

  /// Takes what all open decoders sent and looks for those that hang.
  ///
  /// - Throws: where the process that starts them is gone: no clip could be shown any more.
  func takeDecoderEvents() throws(SessionError) {
    if host.receive().contains(.zygoteLost) {
      throw .start(.decoderEnded, exitCode: 70)
    }
    for clip in shelf {
      for event in clip.decoder?.takeEvents() ?? [] { take(event, of: clip) }
    }
    lookAhead()
    let next = pictureAhead
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
