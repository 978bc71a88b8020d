// SPDX-License-Identifier: Apache-2.0
import GRDB
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct WorklistTests {
  private let scratch: Scratch
  private let store: LabelStore
  private let session: StoreSession

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<8))
    session = try store.begin()
  }

  private func page(
    _ filter: WorklistFilter, offset: Int = 0, limit: Int = 100, at time: Int64 = now
  ) throws -> [ClipID] {
    try store.rows(filter, offset: offset, limit: limit, session: session, nowMilliseconds: time)
      .map(\.record.id)
  }

  private func fill() throws {
    try store.label(clipID(1), judged, session)
    try store.label(clipID(2), [.skip(reason: "busy")], session)
    try store.label(clipID(3), [.postpone(untilMilliseconds: now + 1000)], session)
    try store.label(clipID(4), [.flag], session)
    try store.setUnreadable(clipID(5), reason: "hung")
  }

  @Test func showsEachClipWhereItStands() throws {
    try fill()
    #expect(try page(.due) == [0, 6, 7].map(clipID))
    #expect(try page(.done) == [clipID(1)])
    #expect(try page(.skipped) == [clipID(2)])
    #expect(try page(.deferred) == [clipID(3)])
    #expect(try page(.flagged) == [clipID(4)])
    #expect(try page(.unreadable) == [clipID(5)])
    #expect(try page(.all) == (0..<8).map(clipID))
    #expect(try page(.all, offset: 2, limit: 3) == (2..<5).map(clipID))
    #expect(try page(.due, offset: 1, limit: 1) == [clipID(6)])
    #expect(try page(.due, offset: 3).isEmpty)
    let counts = try store.counts(session: session, nowMilliseconds: now)
    #expect([counts.due, counts.deferred, counts.skipped, counts.done] == [3, 1, 1, 1])
    #expect([counts.flagged, counts.unreadable, counts.leasedByOthers] == [1, 1, 0])
    let skipped = try store.row(clipID(2), session: session)
    #expect(skipped?.state == .skipped(reason: "busy"))
    #expect(skipped?.position == 3)
    #expect(try store.row(clipID(5), session: session)?.unreadable == "hung")
    #expect(try store.row(clipID(9), session: session) == nil)
  }

  @Test func makesADeferredClipDueWhenItsTimeComes() throws {
    try fill()
    #expect(try page(.deferred, at: now + 999) == [clipID(3)])
    #expect(try page(.due, at: now + 1000) == [0, 3, 6, 7].map(clipID))
    let counts = try store.counts(session: session, nowMilliseconds: now + 1000)
    #expect([counts.due, counts.deferred] == [4, 0])
    let row = try store.leaseNext(
      .due, from: 1, session: session, nowMilliseconds: now + 1000)
    #expect(row?.record.id == clipID(3))
    #expect(row?.state == .due)
  }

  @Test func takesBackThatAClipIsUnreadable() throws {
    try fill()
    try store.setUnreadable(clipID(3), reason: "hung")
    #expect(try page(.unreadable) == [clipID(3), clipID(5)])
    try store.setUnreadable(clipID(3), reason: nil)
    try store.setUnreadable(clipID(5), reason: nil)
    #expect(try page(.deferred) == [clipID(3)])
    #expect(try page(.due) == [0, 5, 6, 7].map(clipID))
    try store.setUnreadable(clipID(1), reason: "hung")
    #expect(try page(.done) == [clipID(1)])
    #expect(throws: StoreError.unknownClip(clipID(9))) {
      try store.setUnreadable(clipID(9), reason: nil)
    }
  }

  @Test func keepsAClipUnreadableUntilItIsJudged() throws {
    try store.setUnreadable(clipID(0), reason: "hung")
    try store.label(clipID(0), [.set(TermID("person"), isConfirmation: false)], session)
    #expect(try page(.unreadable) == [clipID(0)])
    try store.label(clipID(0), [.cannotJudge(reason: "dark"), .commit], session)
    #expect(try page(.done) == [clipID(0)])
  }

  @Test func countsAndFindsWhatWasCommitted() throws {
    #expect(try store.lastCommitted(session: session) == nil)
    try store.label(clipID(2), judged, session, at: now - 10)
    try store.label(clipID(1), judged, session, at: now)
    func count(_ reviewer: String, since: Int64) throws -> Int {
      try store.committedCount(by: ReviewerID(reviewer), sinceMilliseconds: since)
    }
    #expect(try count("r07", since: now - 10) == 2)
    #expect(try count("r07", since: now - 9) == 1)
    #expect(try count("r08", since: 0) == 0)
    #expect(try store.lastCommitted(session: session) == clipID(1))
    try store.label(clipID(1), [.reopen], session)
    #expect(try store.lastCommitted(session: session) == clipID(2))
    #expect(try count("r07", since: 0) == 1)
    try store.release(clipID(2), session: session)
    let other = try store.begin("r08")
    _ = try store.lease(clipID(2), session: other, nowMilliseconds: now)
    #expect(try store.lastCommitted(session: session) == nil)
    let row = try store.row(clipID(2), session: session)
    #expect(row?.isLeasedByOther == true)
    #expect(row?.committedAtMilliseconds == now - 10)
  }

  @Test func remembersAReviewersPlaceAndSettings() throws {
    let reviewer = ReviewerID("r07")
    #expect(try store.place(of: reviewer) == nil)
    for number in 1...2 {
      let place = ReviewerPlace(
        clip: clipID(number), playhead: MediaTime(milliseconds: Int64(number)))
      try store.setPlace(place, of: reviewer)
      try store.setSetting("speed", to: "\(number)", of: reviewer)
      #expect(try store.place(of: reviewer) == place)
      #expect(try store.setting("speed", of: reviewer) == "\(number)")
    }
    #expect(try store.place(of: ReviewerID("r08")) == nil)
    #expect(try store.setting("speed", of: ReviewerID("r08")) == nil)
  }

  @Test func neverScansATableThatGrows() throws {
    let own = WorklistColumns.arguments(session)
    var plans: [(String, StatementArguments)] = WorklistFilter.allCases.map { filter in
      (LabelStore.page(filter), own + ["state": "due", "limit": 1, "offset": 1])
    }
    for scope in [WalkScope.due, .any] {
      for direction in [WalkDirection.forward, .backward] {
        plans.append((LabelStore.walk(scope, direction), own + ["start": 1, "turn": 0]))
      }
    }
    plans.append((LabelStore.committedCount, ["reviewer": "r", "since": 1]))
    for (sql, arguments) in plans {
      let steps = try plan(sql, arguments)
      #expect(!steps.isEmpty)
      #expect(!steps.contains { $0.hasPrefix("USE TEMP B-TREE") }, "\(steps)")
      let scans = steps.filter { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" }
      // A page of all clips steps to its offset in order of the table itself, and stops there;
      // a walk to any clip starts at a place and stops at the first that fits.
      #expect(scans == (sql == LabelStore.page(.all) ? ["SCAN worklist"] : []), "\(sql) \(steps)")
    }
    #expect(try plan("SELECT * FROM worklist WHERE reason = 'x'", []) == ["SCAN worklist"])
  }

  private func plan(_ sql: String, _ arguments: StatementArguments) throws -> [String] {
    try store.pool.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
        .compactMap { String.fromDatabaseValue($0["detail"]) }
    }
  }
}
