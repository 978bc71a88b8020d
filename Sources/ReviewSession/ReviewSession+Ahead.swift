// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import LabelStore
internal import ReviewCore
internal import Vocabulary

/// Works ahead of the reviewer: leases, reads and decodes the next clips in their direction.
extension ReviewSession {
  /// Opens the clip that comes after one that way, if it is at hand or on its way.
  func openAhead(_ route: Lookahead.Route, after clip: ClipID?) -> Bool {
    self.route = route
    guard ahead.route == route, let clip, ahead.base == clip else { return false }
    if let next = ahead.takeFirst() {
      next.decoder?.activate(nowMilliseconds: SessionClock.monotonicMilliseconds)
      show(next, playhead: nil, isReopening: false)
      return true
    }
    guard ahead.isLoading else { return false }
    ahead.waitForLoading()
    return true
  }

  /// Leases and decodes the next clip once nothing else is being decoded, unless the reviewer is
  /// already on the way to another or has left the keys.
  func lookAhead() {
    guard state.lock == nil, !isLeaving else { return }
    guard state.idleMilliseconds < Lookahead.longestIdleMilliseconds else {
      return dropLookahead()
    }
    guard !state.isOpening, let current, let clip = state.clip,
      clip.firstPictureAtMilliseconds != nil || clip.failure != nil,
      current.timeline.isComplete || clip.failure != nil
    else { return }
    if ahead.route != route || ahead.base != current.id {
      dropLookahead()
      ahead = Lookahead(route, after: current.id, ticket: ahead.ticket + 1)
    }
    guard !ahead.isLoading, !ahead.isExhausted, ahead.clips.count < mostAhead,
      ahead.clips.allSatisfy(\.isDecodedAhead), let after = ahead.end
    else { return }
    load(after: after)
  }

  private var mostAhead: Int {
    let left = route == .due ? state.counts.due : state.counts[.all]
    return left < Lookahead.fewClips ? 1 : Lookahead.most
  }

  private func load(after: ClipID) {
    ahead.beginLoading()
    let (loader, route, ticket) = (self.loader, ahead.route, ahead.ticket)
    let open = Set(shelf.map(\.id))
    worker.submit { store throws(StoreError) in
      switch route {
      case .due: try loader.nextDue(after: after, in: store, excluding: open)
      case .forward: try loader.neighbour(of: after, .forward, in: store)
      case .backward: try loader.neighbour(of: after, .backward, in: store)
      }
    } completion: { [weak self] result in
      self?.arriveAhead(result, after: after, ticket: ticket)
    }
  }

  private func arriveAhead(
    _ result: Result<ClipLoader.Outcome, StoreError>, after: ClipID, ticket: Int
  ) {
    guard ticket == ahead.ticket, ahead.isLoading else {
      if case .success(.loaded(let loaded)) = result, !shelf.contains(where: { $0.id == loaded.id })
      {
        release(loaded.id, hasDraft: loaded.row.hasDraft)
      }
      return
    }
    let isWanted = ahead.endLoading()
    guard case .success(.loaded(let loaded)) = result else {
      ahead.noteEnd()
      if isWanted { openAfresh(ahead.route, after: after) }
      return
    }
    if isWanted {
      ahead.move(to: loaded.id)
      return arrive(result, playhead: nil, opening: openings)
    }
    let clip = onShelf(loaded)
    startDecoder(clip, isPrefetch: true)
    if clip.finestFrost == .clear, screen != nil { clip.requestFirstFrame() }
    ahead.add(clip)
  }

  /// Gives back what was leased ahead.
  func dropLookahead() {
    for clip in ahead.clips {
      clip.decoder?.close()
      release(clip.id, hasDraft: clip.loaded.row.hasDraft)
    }
    ahead = Lookahead(route, after: nil, ticket: ahead.ticket + 1)
  }

  /// The first clip ahead that has a picture of its own.
  var pictureAhead: ClipID? { ahead.clips.first.flatMap { $0.hasThumbnail ? $0.id : nil } }
}

extension ClipOnShelf {
  /// Whether its decoder has done what it does for a clip that is not on the screen yet.
  fileprivate var isDecodedAhead: Bool { hasThumbnail || timeline.isComplete || failure != nil }
}
