// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Sealing
import Testing
import Vocabulary

@testable import LabelStore

/// What leads and auditors read of the store, and the decision that is taken back.
@Suite struct DeskTests {
  private let scratch: Scratch
  private let store: LabelStore
  private let first: StoreSession
  private let second: StoreSession
  private static let day: Int64 = 86_400_000

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<4))
    first = try store.begin("r01")
    second = try store.begin("r02")
  }

  private let other: [LabelChange] = [
    .set(TermID("animal"), isConfirmation: false), .set(TermID("level_1"), isConfirmation: false),
    .commit,
  ]

  private func dispute(_ number: Int, at time: Int64 = now) throws {
    try store.label(clipID(number), judged + [.secondOpinion(.asked)], first, at: time)
    try store.release(clipID(number), session: first)
    try store.label(clipID(number), other, second, at: time)
    try store.release(clipID(number), session: second)
  }

  private func decide(_ choice: OpinionChoice) throws {
    try store.decide(named(0), for: choice, by: lead, taxonomy: taxonomy, nowMilliseconds: now)
  }

  private func takeBack(by actor: AuditActor) throws(StoreError) {
    try store.takeBackDecision(on: named(0), by: actor, taxonomy: taxonomy, nowMilliseconds: now)
  }

  private func state() throws -> ClipState? {
    try store.row(clipID(0), session: first)?.state
  }

  // MARK: - Decisions

  @Test func aDecisionIsTakenBackByItsLeadAndMadeAnew() throws {
    try dispute(0)
    #expect(try store.disputedCount() == 1)
    #expect(throws: StoreError.opinion(clipID(0), .settled)) { try takeBack(by: lead) }
    try decide(.first)
    #expect(try store.disputedCount() == 0 && state() == .done)
    #expect(throws: StoreError.opinion(clipID(0), .settled)) {
      try takeBack(by: AuditActor("lead-2"))
    }
    try takeBack(by: lead)
    #expect(try store.disputedCount() == 1 && state() == .disputed)
    #expect(throws: StoreError.opinion(clipID(0), .settled)) { try takeBack(by: lead) }
    try decide(.second)
    var standing: [String] = []
    try store.forEachFolded(taxonomy: taxonomy) { _, history in
      standing.append(history.standing?.reviewer.text ?? "")
    }
    #expect(standing == ["r02"])
    let told = try store.log().filter { $0.actor == lead }.suffix(3).map(\.kind)
    #expect(told == [.adjudicate, .undo, .adjudicate])
    #expect(try store.fault() == nil)
  }

  @Test func aShutClipsDecisionStays() throws {
    try dispute(0)
    try decide(.first)
    try store.hold(
      named(0), reason: "police", untilMilliseconds: now + 1, by: lead, nowMilliseconds: now)
    #expect(throws: StoreError.withdrawn(clipID(0))) { try takeBack(by: lead) }
  }

  // MARK: - Totals

  @Test func totalsCountEachWindowByName() throws {
    try dispute(0, at: now)
    try dispute(1, at: now + Self.day)
    try store.label(clipID(2), judged + [.secondOpinion(.asked)], second, at: now + Self.day)
    try store.release(clipID(2), session: second)
    try store.label(clipID(2), judged, first, at: now + Self.day)
    try store.decide(
      named(1), for: .first, by: lead, taxonomy: taxonomy, nowMilliseconds: now + Self.day)
    let windows = try store.team(since: [now + Self.day, now, now + 2 * Self.day])
    #expect(windows[2].isEmpty)
    #expect(windows[0].map(\.reviewer.text) == ["r01", "r02"])
    #expect(windows[0].map(\.committed) == [2, 2])
    #expect(windows[0].map(\.secondOpinions) == [1, 1])
    #expect(windows[0].map(\.compared) == [2, 2])
    #expect(windows[0].map(\.disputed) == [1, 1], "one was decided, one they agreed on")
    #expect(windows[1].map(\.committed) == [3, 3])
    #expect(windows[1].map(\.disputed) == [2, 2])
  }

  // MARK: - The log

  @Test func theLogIsReadInStretchesFromBothEnds() throws {
    let all = try store.log()
    try #require(all.count == 6)
    let newest = try store.auditPage(from: .max, newestFirst: true, limit: 4)
    #expect(newest.events == Array(all.suffix(4)) && newest.hasMore)
    #expect(newest.first == 1 && newest.last == 6)
    let rest = try store.auditPage(from: 2, newestFirst: true, limit: 4)
    #expect(rest.events == Array(all.prefix(2)) && !rest.hasMore)
    let onwards = try store.auditPage(from: 3, newestFirst: false, limit: 2)
    #expect(onwards.events == Array(all[2..<4]) && onwards.hasMore)
    let beyond = try store.auditPage(from: 7, newestFirst: false, limit: 2)
    #expect(beyond.events.isEmpty && !beyond.hasMore && beyond.last == 6)
    let some = try store.auditPage(
      from: 0, newestFirst: false, limit: 9, where: { $0.kind == .unlock })
    #expect(some.events.map(\.actor.name) == ["r01", "r02"])
  }

  @Test func aSearchThatNobodyWantsAnyMoreStops() throws {
    var looked = 0
    let page = try store.auditPage(
      from: 0, newestFirst: false, limit: 9, isCancelled: { looked >= 2 },
      where: { _ in
        looked += 1
        return false
      })
    #expect(looked == 2 && page.hasMore && page.events.isEmpty)
  }

  @Test func anEventIsFoundByItsTime() throws {
    for step in 1...5 {
      try store.record(
        [AuditDraft(.rekey)], by: lead, nowMilliseconds: now + Int64(step) * 1000)
    }
    #expect(try store.auditNumber(notBefore: 0) == 1)
    #expect(try store.auditNumber(notBefore: now) == 1)
    #expect(try store.auditNumber(notBefore: now + 1) == 7)
    #expect(try store.auditNumber(notBefore: now + 3000) == 9)
    #expect(try store.auditNumber(notBefore: now + 3001) == 10)
    #expect(try store.auditNumber(notBefore: now + 9000) == 12)
  }

  @Test func verifyingTellsHowFarItIs() throws {
    try store.record(
      Array(repeating: AuditDraft(.rekey), count: 2500), by: lead, nowMilliseconds: now)
    var told: [Int64] = []
    let result = try store.verifyLog(vault: signer.vault, key: signer.key.publicKey) {
      told.append($0)
    }
    #expect(told == [1000, 2000])
    #expect(try result.get().last == 2506)
  }
}
