// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import LabelStore
internal import ReviewCore
internal import Vocabulary

/// A clip's label writes that are on their way to the disk.
struct Writes {
  var pendingEvents = 0
  /// How often a write of this clip has failed in this session.
  var failures = 0
}

/// Runs what the core asks for; the store's part goes to its thread and comes back as messages.
extension ReviewSession {
  func run(_ effect: Effect) {
    switch effect {
    case .append(let events): append(events)
    case .cover(let clip, let regions): cover(clip, regions)
    case .openNextDue(let clip): openNextDue(after: clip)
    case .openNextCalm(let clip): openNextCalm(after: clip)
    case .openNext(let clip): openNeighbour(of: clip, .forward)
    case .openPrevious(let clip): openNeighbour(of: clip, .backward)
    case .open(let clip): open(clip)
    case .reopenLastCommitted: reopenLastCommitted()
    case .loadRows(let filter, let query, let offset, let limit):
      loadRows(filter, query, offset, limit)
    case .refreshCounts: refreshCounts()
    case .saveSpeed(let speed): keep(Self.speedSetting, String(speed.percent))
    case .saveWorklistPlace(let place): keep(Self.worklistSetting, place.text)
    case .usePicture: usePicture()
    case .useTheme(let index):
      useTheme()
      saveTheme(index)
    case .lock(let reason): lock(reason)
    case .tryToUnlock(let attempt): tryToUnlock(attempt: attempt)
    case .openAgain(let clip, let playhead): openAgain(clip, at: playhead)
    case .startLook(let ask): startLook(ask)
    case .showLook(let receipt, let began): showLook(receipt, beganAtMilliseconds: began)
    case .hideLook: hideLook()
    case .recordLook(let shown): recordLook(shown)
    case .raiseFrost(let clip, let frost): raiseFrost(of: clip, to: frost)
    case .quit: isLeaving = true
    }
  }

  /// Makes label events durable; the core hears of it when they are, never before.
  ///
  /// Once a write failed, those queued behind it for the same clip cannot succeed (the store takes
  /// no event after a gap): they are lost with it, and reported together.
  private func append(_ events: [LabelEvent]) {
    guard let last = events.last else { return }
    let clip = last.clip
    if events.contains(where: { $0.change == .flag }), let current, current.id == clip {
      current.flag(on: host, vault: settings.vault, raster: raster)
    }
    let session = storeSession
    let failuresBefore = writes[clip, default: Writes()].failures
    writes[clip, default: Writes()].pendingEvents += events.count
    let place = place(after: events)
    worker.submit { store throws(StoreError) in
      try store.append(events, at: place, session: session)
    } completion: { [weak self] result in
      guard let self, let writes = self.writes[clip], writes.failures == failuresBefore else {
        return
      }
      switch result {
      case .success:
        self.writes[clip]?.pendingEvents -= events.count
        self.send(.stored(clip, throughOrdinal: last.ordinal))
      case .failure(let error):
        self.writes[clip] = Writes(pendingEvents: 0, failures: failuresBefore + 1)
        if self.isLeaving {
          self.lost.append(
            self.state.texts(WalkPhrase.lostLabels, clip.short, error.spoken(self.state.texts)))
        }
        self.send(
          .storeFailed(
            clip, sentence: error.spoken(self.state.texts), lostCount: writes.pendingEvents))
        if case .leaseLost = error {
          self.leaveToOther(clip)
          self.renewLeases()
        }
      }
    }
  }

  /// Decodes a clip anew with its regions; the pane is solid until its picture is there.
  private func cover(_ clip: ClipID, _ regions: [Region]) {
    if ahead.clips.contains(where: { $0.id == clip }) { dropLookahead() }
    guard let current, current.id == clip else { return }
    current.cover(regions, on: host, vault: settings.vault, raster: raster)
    pane.invalidate()
  }

  func refreshCounts() {
    let session = storeSession
    let now = SessionClock.wallMilliseconds
    let today = SessionClock.startOfDay(wallMilliseconds: now)
    worker.submit { store throws(StoreError) in
      (
        counts: try store.counts(session: session, nowMilliseconds: now),
        today: try store.committedCount(by: session.reviewer, sinceMilliseconds: today)
      )
    } completion: { [weak self] result in
      self?.report(result) { self?.send(.counts($0.counts, committedToday: $0.today)) }
    }
  }

  private func loadRows(
    _ filter: ReviewCore.WorklistFilter, _ query: WorklistQuery, _ offset: Int, _ limit: Int
  ) {
    let session = storeSession
    let now = SessionClock.wallMilliseconds
    let stored = filter.stored
    worker.submit { store throws(StoreError) in
      try store.rows(
        stored, matching: query, offset: offset, limit: limit, session: session,
        nowMilliseconds: now)
    } completion: { [weak self] result in
      self?.report(result) { page in
        guard let self else { return }
        let rows = page.rows.map { $0.forCore(self.state.taxonomy, self.state.texts) }
        self.send(
          .rows(
            WorklistPage(
              filter: filter, query: query, offset: offset, total: page.total, rows: rows,
              isUnsettled: page.isUnsettled)))
      }
    }
  }

  /// Keeps a theme's name for the reviewer's next session.
  private func saveTheme(_ index: Int) {
    guard let name = settings.theme.savedName(index) else { return }
    keep(Self.themeSetting, name)
  }

  static let themeSetting = "theme"

  /// Prolongs the leases on the clips that are open.
  func renewLeases() {
    let session = storeSession
    let clips = shelf.filter { !$0.isShut }.map(\.id)
    let now = storeSession.leaseTime
    worker.submit { store throws(StoreError) in
      try store.renew(clips, session: session)
    } completion: { [weak self] result in
      if case .success = result { self?.renewedAtLeaseTime = now }
      // After a long sleep of the seat somebody else may have the clip: two must not see it.
      if case .failure(.leaseLost(let clip)) = result {
        guard let self else { return }
        self.leaveToOther(clip)
        // None was prolonged: the others still are to be.
        self.renewLeases()
      }
    }
  }

  /// Takes a clip off the screen that somebody else has by now; those ahead may be gone too.
  private func leaveToOther(_ clip: ClipID) {
    dropLookahead()
    shut(clip, state.texts(WalkPhrase.leaseLost, clip.short, nextKey))
  }

  /// Gives back the lease of a clip that was left, unless a draft waits on it.
  func release(_ clip: ClipID, hasDraft: Bool) {
    guard !hasDraft else { return }
    let session = storeSession
    worker.submit { store throws(StoreError) in
      try store.release(clip, session: session)
    } completion: { _ in
      // A lease that is not given back ends by itself.
    }
  }

  /// Calls `body` with a result, or shows why there is none.
  func report<Value>(_ result: Result<Value, StoreError>, _ body: (Value) -> Void) {
    switch result {
    case .success(let value): body(value)
    case .failure(let error): send(.notice(Notice(error.spoken(state.texts), kind: .error)))
    }
  }
}
