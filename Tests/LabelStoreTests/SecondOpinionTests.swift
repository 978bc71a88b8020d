// SPDX-License-Identifier: Apache-2.0
import AuditLog
import GRDB
import Testing
import Vocabulary

@testable import LabelStore

/// Second opinions in the store: who gets which clip, what counts where, what a lead decides.
@Suite struct SecondOpinionTests {
  private let scratch: Scratch
  private let store: LabelStore
  private let first: StoreSession
  private let second: StoreSession

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<3))
    first = try store.begin("r01")
    second = try store.begin("r02")
  }

  private let other: [LabelChange] = [
    .set(TermID("animal"), isConfirmation: false), .set(TermID("level_1"), isConfirmation: false),
    .commit,
  ]

  private func ask(_ number: Int = 0) throws {
    try store.label(clipID(number), judged + [.secondOpinion(.asked)], first)
    try store.release(clipID(number), session: first)
  }

  private func next(_ session: StoreSession, _ scope: WalkScope = .due) throws -> ClipID? {
    let row = try store.leaseNext(scope, from: nil, session: session, nowMilliseconds: now)
    if let row { try store.release(row.record.id, session: session) }
    return row?.record.id
  }

  private func row(_ session: StoreSession, _ number: Int = 0) throws -> WorklistRow? {
    try store.row(clipID(number), session: session)
  }

  private func counts(_ session: StoreSession) throws -> WorklistCounts {
    try store.counts(session: session, nowMilliseconds: now)
  }

  private func count(_ reviewer: String) throws -> Int {
    try store.committedCount(by: ReviewerID(reviewer), sinceMilliseconds: now)
  }

  @Test func theClipGoesToAnotherReviewerBlind() throws {
    try ask()
    #expect(try next(first) == clipID(1))
    #expect(try next(first, .any) == clipID(1), "their own walk passes it over")
    #expect(throws: StoreError.opinion(clipID(0), .waitsForAnother)) {
      try store.lease(clipID(0), session: first, nowMilliseconds: now)
    }
    #expect(try next(second) == clipID(0))
    let seen = try #require(try row(second))
    #expect(seen.state == .secondOpinion && seen.verdict == nil && seen.committedBy == nil)
    #expect(!seen.isBarred && seen.isToJudge)
    #expect(try row(first)?.isBarred == true)
    #expect(try counts(first).toJudge == 2 && counts(second).toJudge == 3)
    #expect(try count("r01") == 1, "what they did today counts")
  }

  @Test func agreementIsDone() throws {
    try ask()
    try store.label(clipID(0), judged, second)
    let seen = try #require(try row(first))
    #expect(seen.state == .done && seen.committedBy == second.reviewer && !seen.isBarred)
    #expect(try counts(first).done == 1 && counts(first).secondOpinion == 0)
    #expect(try count("r01") == 1 && count("r02") == 1)
    #expect(try store.disputed(taxonomy: taxonomy).isEmpty)
    // The first reviewer may see it again, but changes nothing.
    try store.release(clipID(0), session: second)
    #expect(throws: StoreError.opinion(clipID(0), .settled)) {
      try store.label(clipID(0), [.clear(TermID("person"))], first)
    }
  }

  @Test func aDisputeWaitsForALeadWhoGaveNeitherVerdict() throws {
    try ask()
    try store.label(clipID(0), other, second)
    let disputed = try store.disputed(taxonomy: taxonomy)
    #expect(disputed.map(\.record.id) == [clipID(0)])
    #expect(disputed.first?.first.reviewer.text == "r01")
    #expect(disputed.first?.second.reviewer.text == "r02")
    #expect(disputed.first?.differences == [.moved, .level])
    #expect(disputed.first?.isLeased == true && disputed.first?.cause == .asked)
    #expect(try store.disputed(after: clipID(0), taxonomy: taxonomy).isEmpty)
    #expect(try counts(first).disputed == 1 && counts(first).done == 0)
    #expect(try row(second)?.verdict == nil, "it stands for nothing yet")
    try store.release(clipID(0), session: second)
    let third = try store.begin("r03")
    for session in [first, third] {
      #expect(throws: StoreError.opinion(clipID(0), .disputed)) {
        try store.lease(clipID(0), session: session, nowMilliseconds: now)
      }
    }
    // The lead may look at it.
    _ = try store.lease(clipID(0), for: .adjudication, session: third, nowMilliseconds: now)
    try store.release(clipID(0), session: third)
    for name in ["r01", "r02"] {
      #expect(throws: StoreError.opinion(clipID(0), .ownOpinion)) {
        try store.decide(
          named(0), for: .first, by: AuditActor(name), taxonomy: taxonomy, nowMilliseconds: now)
      }
    }
    try store.decide(named(0), for: .first, by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    #expect(try row(second)?.state == .done && row(second)?.committedBy == first.reviewer)
    #expect(throws: StoreError.opinion(clipID(0), .notDisputed)) {
      try store.decide(named(0), for: .second, by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    }
    #expect(try store.log().suffix(3).contains { $0.kind == .adjudicate && $0.actor == lead })
    #expect(try count("r01") == 1 && count("r02") == 1)
    #expect(try store.lastCommitted(session: second) == nil)
    #expect(try store.fault() == nil)
  }

  @Test func ownVerdictsAreReopenedInTheirRound() throws {
    try ask()
    #expect(try store.lastCommitted(session: first) == clipID(0))
    _ = try store.lease(clipID(0), for: .reopening, session: first, nowMilliseconds: now)
    try store.release(clipID(0), session: first)
    // Once anybody else went on, it stays.
    try store.label(clipID(0), [.set(TermID("animal"), isConfirmation: false)], second)
    #expect(try store.lastCommitted(session: first) == nil)
    try store.release(clipID(0), session: second)
    #expect(throws: StoreError.opinion(clipID(0), .waitsForAnother)) {
      try store.lease(clipID(0), for: .reopening, session: first, nowMilliseconds: now)
    }
    try store.label(
      clipID(0), [.set(TermID("level_1"), isConfirmation: false), .commit], second)
    #expect(try store.lastCommitted(session: second) == clipID(0))
    #expect(throws: StoreError.opinion(clipID(0), .earlierRound)) {
      try store.label(clipID(0), [.undo(0)], second)
    }
    try store.label(clipID(0), [.reopen], second)
    #expect(try row(second)?.state == .secondOpinion)
    #expect(try count("r02") == 0 && count("r01") == 1)
  }

  @Test func whatIsPutOffComesBackToItsRound() throws {
    try ask()
    try store.label(clipID(0), [.postpone(untilMilliseconds: now + 10)], second)
    try store.release(clipID(0), session: second)
    #expect(try counts(second).deferred == 1)
    #expect(try store.counts(session: second, nowMilliseconds: now + 10).secondOpinion == 1)
    try store.setUnreadable(clipID(0), reason: "hung")
    #expect(try counts(second).unreadable == 1)
    try store.setUnreadable(clipID(0), reason: nil)
    #expect(try counts(second).secondOpinion == 1)
    try store.label(clipID(0), [.flag], second)
    #expect(try counts(second).flagged == 1)
    try store.restore(named(0), by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    let back = try #require(try row(first))
    #expect(back.state == .deferred(untilMilliseconds: now + 10) && back.isBarred)
    try store.label(clipID(0), [.bringBack], second)
    #expect(try row(second)?.state == .secondOpinion)
  }

  @Test func erasureTakesOpinionsAndKeepsNoUnsettledVerdict() throws {
    try ask(0)
    try ask(1)
    try store.label(clipID(1), judged, second)
    try store.orderErasure(
      [named(0), named(1)], reason: .request, by: lead, nowMilliseconds: now)
    let done = try store.finishErasure(
      [clipID(0), clipID(1)], labels: .keep, by: lead, nowMilliseconds: now
    ) { _ in "" }
    #expect(done.keptLabelCount == 1)
    var kept: [String] = []
    try store.forEachFolded(taxonomy: taxonomy, kept: { kept.append($0.reviewer.text) }) { _, _ in }
    #expect(kept == ["r02"])
    let rows = try store.pool.read { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM opinion") ?? -1
    }
    #expect(rows == 0)
    #expect(try count("r01") == 0)
  }

  @Test func onlySettledVerdictsAreHandedOver() throws {
    try ask(0)
    try ask(1)
    try store.label(clipID(1), other, second)
    try store.label(clipID(2), judged, first)
    var given: [ClipID] = []
    try store.forEachFolded(taxonomy: taxonomy) { record, _ in given.append(record.id) }
    #expect(given == [clipID(2)])
  }
}
