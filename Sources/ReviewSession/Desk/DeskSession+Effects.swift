// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import ReviewCore
internal import Vocabulary

/// What a desk asks the store to do, within what the person's roles allow.
extension DeskSession {
  func run(_ effect: DeskEffect) {
    // The core offers no other; a mistake there opens nothing here.
    if let tab = effect.tab, !state.person.tabs.contains(tab) { return }
    switch effect {
    case .loadDisputes: loadDisputes()
    case .decide(let clip, let choice): decide(clip, choice)
    case .takeBack(let clip): takeBack(clip)
    case .loadFlags: loadFlags()
    case .restore(let clip): restore(clip)
    case .erase(let clip): erase(clip)
    case .loadTeam: loadTeam()
    case .loadLog(let request): loadLog(request)
    case .verify: verify()
    case .loadReceipts: loadReceipts()
    case .readReceipt(let number): readReceipt(number)
    case .leave: isLeaving = true
    }
  }

  /// Lists no more disputed clips at once than a person decides in a day.
  private static let mostDisputes = 500

  private func loadDisputes() {
    let taxonomy = entry.vault.taxonomy
    acts.submit { store throws(StoreError) in
      (
        clips: try store.disputed(
          limit: Self.mostDisputes, taxonomy: taxonomy),
        waiting: try store.disputedCount()
      )
    } completion: { [weak self] result in
      self?.report(result) { .disputes($0.clips.map(\.forCore), waiting: $0.waiting) }
    }
  }

  private func loadFlags() {
    let hours = entry.vault.policy.flaggedHours
    acts.submit { store throws(StoreError) in
      try store.flagged(hours: hours)
    } completion: { [weak self] result in
      self?.report(result) { .flags($0.map(\.forCore)) }
    }
  }

  // MARK: - Acts

  private func decide(_ clip: ClipID, _ choice: OpinionChoice) {
    let (actor, taxonomy) = (entry.actor, entry.vault.taxonomy)
    act(on: clip, .decided(clip, choice)) { store, named, now throws(StoreError) in
      try store.decide(named, for: choice, by: actor, taxonomy: taxonomy, nowMilliseconds: now)
    }
  }

  private func takeBack(_ clip: ClipID) {
    let (actor, taxonomy) = (entry.actor, entry.vault.taxonomy)
    act(on: clip, .decided(clip, nil)) { store, named, now throws(StoreError) in
      try store.takeBackDecision(
        on: named, by: actor, taxonomy: taxonomy, nowMilliseconds: now)
    }
  }

  private func restore(_ clip: ClipID) {
    let (actor, taxonomy) = (entry.actor, entry.vault.taxonomy)
    act(on: clip, .restored(clip)) { store, named, now throws(StoreError) in
      try store.restore(named, by: actor, taxonomy: taxonomy, nowMilliseconds: now)
    }
  }

  /// The order is durable and the clip shut before the helper hears of it.
  private func erase(_ clip: ClipID) {
    let actor = entry.actor
    act(on: clip, .erasureOrdered(clip)) { store, named, now throws(StoreError) in
      try store.orderErasure([named], reason: .decision, by: actor, nowMilliseconds: now)
    } completion: { [helper] in
      helper.start()
    }
  }

  /// Does something with a clip, by its name in the log, at the vault's own time.
  private func act(
    on clip: ClipID, _ done: DeskMessage,
    _ body: @escaping @Sendable (LabelStore, NamedClip, Int64) throws(StoreError) -> Void,
    completion: @escaping () -> Void = {}
  ) {
    let (entry, texts) = (entry, state.texts)
    acts.submit { store throws(StoreError) -> String? in
      let named: [NamedClip]
      do throws(SessionError) { named = try entry.named([clip]) } catch {
        return error.spoken(texts)
      }
      for clip in named { try body(store, clip, try store.nowMilliseconds()) }
      return nil
    } completion: { [weak self] result in
      if case .success(nil) = result { completion() }
      self?.report(result) { $0.map { .failed($0) } ?? done }
    }
  }

  // MARK: - Totals and log

  private func loadTeam() {
    let now = SessionClock.wallMilliseconds
    let today = SessionClock.startOfDay(wallMilliseconds: now)
    let week = SessionClock.startOfDay(wallMilliseconds: today - 6 * 86_400_000 + 43_200_000)
    guard !scans.isBusy else { return }
    scans.submit { store throws(StoreError) in
      try store.team(since: [today, week, 0])
    } completion: { [weak self] result in
      self?.report(result) { .team($0.map { $0.map(\.forCore) }) }
    }
  }

  private func loadLog(_ request: LogRequest) {
    let scanning = scanning
    scanning.want(request.ticket)
    pages.submit { store throws(StoreError) -> AuditPage? in
      guard !scanning.isOver(request.ticket) else { return nil }
      let number: Int64
      switch request.start {
      case .number(let wanted): number = wanted
      case .time(let time): number = try store.auditNumber(notBefore: time)
      }
      let page = try store.auditPage(
        from: number, newestFirst: request.isOlder, limit: request.limit,
        isCancelled: { scanning.isOver(request.ticket) }, where: request.filter.admits)
      return scanning.isOver(request.ticket) ? nil : page
    } completion: { [weak self] result in
      if case .success(nil) = result { return }
      self?.report(result) { page in
        .log(
          LogPage(
            request: request, entries: page?.events.map(\.forCore) ?? [], first: page?.first ?? 0,
            last: page?.last ?? 0, hasMore: page?.hasMore ?? false))
      }
    }
  }

  private func verify() {
    let (vault, scanning) = (entry.vault, scanning)
    scanning.note(0)
    scans.submit { store throws(StoreError) in
      try store.verifyLog(vault: vault.id.text, key: vault.statement.logKey) { scanning.note($0) }
    } completion: { [weak self] result in
      self?.report(result) { .verified(LogVerdict($0)) }
    }
  }

  // MARK: - Receipts

  private func loadReceipts() {
    let (vault, texts) = (entry.vault, state.texts)
    acts.submit { store throws(StoreError) in
      try store.receipts().map { ReceiptItem($0, of: vault, texts) }
    } completion: { [weak self] result in
      self?.report(result) { .receipts($0) }
    }
  }

  private func readReceipt(_ number: Int64) {
    let (vault, texts) = (entry.vault, state.texts)
    acts.submit { store throws(StoreError) -> ReceiptText? in
      try store.receipts().first { $0.number == number }.map { ReceiptText($0, of: vault, texts) }
    } completion: { [weak self] result in
      guard case .success(let text?) = result else { return }
      self?.send(.receipt(text))
    }
  }

  /// Sends what a result says, or why there is none.
  private func report<Value>(
    _ result: Result<Value, StoreError>, _ message: (Value) -> DeskMessage
  ) {
    switch result {
    case .success(let value): send(message(value))
    case .failure(let error): send(.failed(error.spoken(state.texts)))
    }
  }
}

extension DeskEffect {
  /// The tab whose right it needs; nil where it needs none.
  fileprivate var tab: DeskTab? {
    switch self {
    case .loadDisputes, .decide, .takeBack: .disputed
    case .loadFlags, .restore, .erase: .flagged
    case .loadTeam: .team
    case .loadLog, .verify: .log
    case .loadReceipts, .readReceipt: .receipts
    case .leave: nil
    }
  }
}
