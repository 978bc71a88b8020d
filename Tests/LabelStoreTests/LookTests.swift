// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import Testing
import Vocabulary

@testable import LabelStore

/// Looks are logged before they are granted, charged in full, and given back by their end alone.
@Suite struct LookTests {
  private let scratch: Scratch
  private let store: LabelStore
  private static let rules = LookRules(
    pressMilliseconds: 1000, clipMilliseconds: 5000, hourMilliseconds: 120_000, scope: .whole)
  private static let hour = LookHour.milliseconds

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<200))
  }

  private func clock(_ wall: Int64, _ monotonic: Int64? = nil) -> LookClock {
    LookClock(wallMilliseconds: now + wall, monotonicMilliseconds: monotonic ?? wall)
  }

  /// Leases a clip and asks for a look at it.
  private func look(
    _ number: Int = 0, _ session: StoreSession, at time: Int64 = 0, monotonic: Int64? = nil,
    rules: LookRules = rules, frost: Frost = .frosted, reason: LookReason? = nil,
    renewed: LookShown? = nil
  ) throws(StoreError) -> LookAnswer {
    let clip = clipID(number)
    _ = try store.lease(clip, session: session, nowMilliseconds: now + time)
    session.name(clip, as: logName(clip))
    return try store.startLook(
      LookAsk(clip: clip, frost: frost, scope: rules.scope, reason: reason, renewed: renewed),
      rules: rules, session: session, clock: clock(time, monotonic))
  }

  private func stop(
    _ receipt: LookReceipt?, shown: Int64, _ session: StoreSession, at time: Int64 = 0
  ) throws {
    let receipt = try #require(receipt)
    try store.stopLook(
      LookShown(number: receipt.number, milliseconds: shown, end: .blank), session: session,
      nowMilliseconds: now + time)
  }

  private func looksLogged(_ kind: AuditKind) throws -> [AuditEvent] {
    try store.log(AuditFilter(kinds: [kind]))
  }

  @Test func aLookAndItsEndAreLogged() throws {
    let session = try store.beginSession(
      AuditActor("r07", seat: "seat-3"), taxonomy: taxonomy, nowMilliseconds: now)
    let answer = try look(3, session, at: 500, frost: .strict, reason: .danger)
    let receipt = try #require(answer.receipt)
    #expect(receipt.clip == clipID(3) && receipt.milliseconds == 1000 && receipt.scope == .whole)
    let start = try #require(try looksLogged(.lookStart).first)
    #expect(start.seq == receipt.number && start.atMilliseconds == now + 500)
    #expect(start.actor == AuditActor("r07", seat: "seat-3") && start.clip == logName(clipID(3)))
    #expect(
      start.detail == [
        "frost": .word("strict"), "scope": .word("whole"), "ms": .number(1000),
        "why": .word("danger"),
      ])
    #expect(try looksLogged(.lookStop).isEmpty)
    try stop(receipt, shown: 420, session, at: 900)
    try stop(receipt, shown: 7, session, at: 950)
    let stops = try looksLogged(.lookStop)
    #expect(stops.count == 1 && stops[0].clip == logName(clipID(3)))
    #expect(
      stops[0].detail == [
        "look": .number(receipt.number), "ms": .number(420), "why": .word("blank"),
      ])
    #expect(try store.teamTotals().first?.clearMilliseconds == 420)
    #expect(try store.fault() == nil)
  }

  @Test func aStrictClipNeedsAReasonAndAGridIsNeededAtAll() throws {
    let session = try store.begin()
    #expect(throws: StoreError.notLoggable) { try look(0, session, frost: .strict) }
    for frost in [Frost.clear, .solid] {
      #expect(throws: StoreError.notLoggable) { try look(0, session, frost: frost, reason: .other) }
    }
    #expect(try looksLogged(.lookStart).isEmpty)
    #expect(try look(0, session, frost: .strict, reason: .other).receipt != nil)
  }

  @Test func aClipsSecondsAreEverybodys() throws {
    let (first, second) = (try store.begin("r07"), try store.begin("r08"))
    for index in 0..<3 {
      try stop(try look(0, first, at: Int64(index)).receipt, shown: 900, first)
    }
    try store.release(clipID(0), session: first)
    // 2.3 s are left, of which one more look takes all, and one that is shorter the rest.
    #expect(try look(0, second).receipt?.milliseconds == 1000)
    #expect(try look(0, second).receipt?.milliseconds == 1000)
    #expect(try look(0, second).receipt?.milliseconds == 300)
    let answer = try look(0, second)
    #expect(answer.receipt == nil && answer.standing.clipSpentMilliseconds == 5000)
    #expect(try look(1, second).receipt != nil)
    #expect(try looksLogged(.lookStart).count == 7)
  }

  @Test func theHourIsTheReviewersAndSlides() throws {
    let session = try store.begin("r07")
    for clip in 0..<120 {
      let receipt = try look(clip, session, at: Int64(clip) * 2000).receipt
      try stop(receipt, shown: 1000, session, at: Int64(clip) * 2000 + 1000)
    }
    let answer = try look(120, session, at: 240_000)
    #expect(answer.receipt == nil)
    #expect(answer.standing.hour.rest(Self.rules, at: 0) == 0)
    // The first leaves an hour after its end.
    let refill = answer.standing.hour.refill(Self.rules, at: 0)
    #expect(refill == Self.hour + 1000 - 240_000)
    #expect(try look(120, session, at: 240_000 + refill - 1).receipt == nil)
    #expect(try look(120, session, at: 240_000 + refill).receipt?.milliseconds == 1000)
    // Another reviewer has an hour of their own.
    #expect(try look(121, try store.begin("r08"), at: 240_000).receipt != nil)
  }

  /// Nothing gives time back but the end of a look: no restart, no other session, no clock.
  @Test func nothingRefillsTheHourBeforeItsTime() throws {
    var rules = Self.rules
    rules.hourMilliseconds = 2000
    let session = try store.begin("r07")
    #expect(try look(0, session, rules: rules).receipt != nil)
    #expect(try look(1, session, rules: rules).receipt != nil)
    func isSpent(_ session: StoreSession, at time: Int64, monotonic: Int64? = nil) throws -> Bool {
      try look(2, session, at: time, monotonic: monotonic, rules: rules).receipt == nil
    }
    #expect(try isSpent(session, at: 5000))
    // Set back, and set forward within the session: its own clock knows better.
    #expect(try isSpent(session, at: -2 * Self.hour, monotonic: 6000))
    #expect(try isSpent(session, at: 2 * Self.hour, monotonic: 7000))
    try session.end(nowMilliseconds: now)
    // The log has seen the later time, so that a new session counts from there: still not before.
    let next = try store.begin("r07")
    #expect(try isSpent(next, at: -2 * Self.hour, monotonic: 8000))
    try store.close()
    let reopened = try scratch.open()
    let other = try reopened.begin("r07")
    // The session before goes on; its lease lapses.
    scratch.clock.advance(by: LabelStore.leaseMilliseconds)
    _ = try reopened.lease(clipID(2), session: other, nowMilliseconds: now)
    other.name(clipID(2), as: logName(clipID(2)))
    let ask = LookAsk(clip: clipID(2), frost: .frosted, scope: .whole)
    #expect(
      try reopened.startLook(ask, rules: rules, session: other, clock: clock(9000)).receipt == nil)
    // The positive control: an hour later there is some again.
    #expect(
      try reopened.startLook(
        ask, rules: rules, session: other, clock: clock(2 * Self.hour + 9000)
      ).receipt != nil)
  }

  @Test func goingOnSettlesTheLookBefore() throws {
    let session = try store.begin()
    let first = try #require(try look(0, session).receipt)
    let renewed = LookShown(number: first.number, milliseconds: 300, end: .renewed)
    let answer = try look(0, session, at: 300, renewed: renewed)
    #expect(answer.receipt?.milliseconds == 1000)
    #expect(answer.standing.clipSpentMilliseconds == 1300)
    let kinds = try store.log(AuditFilter(kinds: [.lookStart, .lookStop])).map(\.kind)
    #expect(kinds == [.lookStart, .lookStop, .lookStart])
    // Where nothing is left, the running look goes on as it was: nothing is written.
    var rules = Self.rules
    rules.clipMilliseconds = 1300
    let second = try #require(answer.receipt)
    let full = LookShown(number: second.number, milliseconds: 1000, end: .renewed)
    #expect(try look(0, session, rules: rules, renewed: full).receipt == nil)
    #expect(try looksLogged(.lookStop).count == 1)
  }

  @Test func aLookThatNobodyEndedCountsInFull() throws {
    let session = try store.begin()
    let receipt = try #require(try look(0, session).receipt)
    try session.end()
    let stops = try looksLogged(.lookStop)
    #expect(
      stops.map(\.detail) == [
        ["look": .number(receipt.number), "ms": .number(1000), "why": .word("interrupted")]
      ])
    #expect(try store.fault() == nil)
  }

  @Test func aFlaggedClipHasNoLookWhoeverAsksAndEverAfter() throws {
    let session = try store.begin("r07")
    try store.label(clipID(0), [.flag], session)
    #expect(throws: StoreError.withdrawn(clipID(0))) { try look(0, session) }
    try store.label(clipID(0), [.undo(0)], session)
    #expect(throws: StoreError.withdrawn(clipID(0))) { try look(0, session) }
    #expect(throws: StoreError.leaseLost(clipID(1))) {
      try store.startLook(
        LookAsk(clip: clipID(1), frost: .frosted, scope: .whole), rules: Self.rules,
        session: session, clock: clock(0))
    }
    #expect(try looksLogged(.lookStart).isEmpty)
    #expect(try look(1, session).receipt != nil)
  }

  @Test func rulesOfZeroAllowNone() throws {
    let session = try store.begin()
    for path in [
      \LookRules.pressMilliseconds, \.clipMilliseconds, \.hourMilliseconds,
    ] {
      var rules = Self.rules
      rules[keyPath: path] = 0
      #expect(try look(0, session, rules: rules).receipt == nil)
    }
    #expect(try look(0, session).receipt != nil)
  }

  @Test func whatWasSpentStaysWhenTheClipGoes() throws {
    var rules = Self.rules
    rules.hourMilliseconds = 1000
    let session = try store.begin()
    try stop(try look(0, session, rules: rules).receipt, shown: 1000, session)
    try store.orderErasure([named(0)], reason: .request, by: lead, nowMilliseconds: now)
    _ = try store.finishErasure([clipID(0)], labels: .drop, by: lead, nowMilliseconds: now) { _ in
      "receipt"
    }
    #expect(try look(1, session, rules: rules).receipt == nil)
    #expect(throws: (any Error).self) {
      try store.write { try $0.execute(sql: "DELETE FROM look") }
    }
    #expect(throws: (any Error).self) {
      try store.write { try $0.execute(sql: "UPDATE look SET shown_ms = 0") }
    }
  }

  @Test func aRaisedFrostOnlyRisesAndIsTheReviewersOwn() throws {
    let session = try store.begin("r07")
    let clip = clipID(0)
    session.name(clip, as: logName(clip))
    #expect(try store.raisedFrost(of: clip, by: session.reviewer) == .clear)
    for frost in [Frost.strict, .frosted, .strict] {
      try store.raiseFrost(of: clip, to: frost, session: session, nowMilliseconds: now)
      #expect(try store.raisedFrost(of: clip, by: session.reviewer) == .strict)
    }
    #expect(try store.raisedFrost(of: clip, by: ReviewerID("r08")) == .clear)
    let events = try looksLogged(.frost)
    #expect(events.map(\.detail) == [["frost": .word("strict"), "by": .word("reviewer")]])
  }
}

extension LookAnswer {
  fileprivate var receipt: LookReceipt? {
    if case .granted(let receipt, _) = self { receipt } else { nil }
  }

  fileprivate var standing: LookStanding {
    switch self {
    case .granted(_, let standing), .spent(let standing): standing
    }
  }
}
