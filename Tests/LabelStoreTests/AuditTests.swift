// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import Sealing
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct AuditTests {
  private let scratch: Scratch
  private let store: LabelStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<6))
  }

  /// One act, and how many events it logs.
  private struct Act {
    let name: String
    let events: Int
    let run: () throws -> Void
  }

  private func acts(_ session: StoreSession, _ dying: StoreSession) -> [Act] {
    let clips = [named(4)]
    func label(_ number: Int, _ ordinal: Int, _ change: LabelChange) -> LabelEvent {
      LabelEvent(
        clip: clipID(number), ordinal: ordinal, reviewer: session.reviewer, atMilliseconds: now,
        taxonomyVersion: taxonomy.version, change: change)
    }
    return [
      Act(name: "add", events: 2) { try store.add(records(6..<8)) },
      Act(name: "begin", events: 1) { _ = try store.begin("r09") },
      Act(name: "append", events: 3) {
        try store.append(
          judged.enumerated().map { label(0, $0.offset, $0.element) }, session: session)
      },
      Act(name: "flag", events: 1) { try store.append([label(1, 0, .flag)], session: session) },
      Act(name: "unflag", events: 1) {
        try store.append([label(1, 1, .undo(0))], session: session)
      },
      Act(name: "hold", events: 1) {
        try store.hold(
          named(2), reason: "x", untilMilliseconds: now, by: lead, nowMilliseconds: now)
      },
      Act(name: "restore", events: 1) {
        try store.restore(named(2), by: lead, taxonomy: taxonomy, nowMilliseconds: now)
      },
      Act(name: "withdraw", events: 1) {
        try store.withdraw([named(3)], reason: "x", by: lead, nowMilliseconds: now)
      },
      Act(name: "order", events: 1) {
        try store.orderErasure(clips, reason: .request, by: lead, nowMilliseconds: now)
      },
      Act(name: "finish", events: 1) {
        _ = try store.finishErasure(
          clips.map(\.id), labels: .keep, by: lead, nowMilliseconds: now
        ) { _ in "receipt" }
      },
      Act(name: "notice", events: 2) {
        try store.applyNotice(
          1, signedAtMilliseconds: now, withdrawals: [named(5)], erasures: [], by: lead,
          nowMilliseconds: now)
      },
      Act(name: "export", events: 1) {
        _ = try store.recordExport([clipID(0)], lines: 1, by: lead, nowMilliseconds: now)
      },
      Act(name: "record", events: 2) {
        try store.record(
          [AuditDraft(.seatGrade, ["grade": .word("b")]), AuditDraft(.rekey)], by: lead,
          nowMilliseconds: now)
      },
      Act(name: "end", events: 1) { try dying.end() },
    ]
  }

  @Test func eachActAndItsEventsAreOnDiskTogetherOrNotAtAll() throws {
    let session = try store.begin()
    let dying = try store.begin("r08")
    for number in 0..<2 {
      _ = try store.lease(clipID(number), session: session, nowMilliseconds: now)
      session.name(clipID(number), as: logName(clipID(number)))
    }
    let other = try DatabaseQueue(path: scratch.file)
    for act in acts(session, dying) {
      let before = try dump(other)
      let logged = try store.log().count
      // The last of the act's events cannot be written: all else of it was by then.
      try other.write {
        try $0.execute(
          sql: """
            CREATE TRIGGER refuse BEFORE INSERT ON audit_event WHEN NEW.seq = \(logged + act.events)
            BEGIN SELECT raise(ABORT, 'refused'); END
            """)
      }
      #expect(throws: StoreError.self, "\(act.name)") { try act.run() }
      try other.write { try $0.execute(sql: "DROP TRIGGER refuse") }
      #expect(try dump(other) == before, "\(act.name)")
      try act.run()
      #expect(try store.log().count == logged + act.events, "\(act.name)")
      #expect(try dump(other) != before, "\(act.name)")
    }
    #expect(try store.fault() == nil)
  }

  @Test func nothingIsDoneWithoutTheLogsKey() throws {
    let session = try store.begin()
    _ = try store.lease(clipID(0), session: session, nowMilliseconds: now)
    let reader = try LabelStore.open(directory: scratch.directory)
    #expect(try reader.clipIDs().count == 6)
    for attempt in [
      { try reader.add([record(9)]) },
      { _ = try reader.begin() },
      { try reader.record([AuditDraft(.open)], by: lead, nowMilliseconds: now) },
      { try reader.withdraw([named(0)], reason: "x", by: lead, nowMilliseconds: now) },
      { try reader.orderErasure([named(0)], reason: .request, by: lead, nowMilliseconds: now) },
      { _ = try reader.checkpoint(nowMilliseconds: now) },
    ] as [() throws -> Void] {
      #expect(throws: StoreError.noLog) { try attempt() }
    }
    let stranger = AuditSigner(vault: signer.vault, key: SigningKey())
    try session.end()
    #expect(throws: StoreError.otherLog) {
      try LabelStore.open(directory: scratch.directory, log: stranger)
    }
  }

  @Test func aLabelNeedsTheClipsName() throws {
    let session = try store.begin()
    _ = try store.lease(clipID(0), session: session, nowMilliseconds: now)
    let event = LabelEvent(
      clip: clipID(0), ordinal: 0, reviewer: session.reviewer, atMilliseconds: now,
      taxonomyVersion: taxonomy.version, change: .skip(reason: "busy"))
    #expect(throws: StoreError.unnamedClip(clipID(0))) {
      try store.append([event], session: session)
    }
    session.name(clipID(0), as: logName(clipID(0)))
    try store.append([event], session: session)
    let last = try #require(try store.log().last)
    #expect(last.kind == .skip && last.clip == logName(clipID(0)))
    #expect(last.actor == session.actor && last.detail.number("ordinal") == 0)
  }

  @Test func signsEverySixtyFourEventsAndAtTheEndOfASession() throws {
    #expect(try store.lastCheckpoint() == nil)
    let session = try store.begin()
    try store.record(
      (0..<150).map { _ in AuditDraft(.open) }, by: lead, nowMilliseconds: now)
    let sizes = try store.pool.read {
      try Int.fetchAll($0, sql: "SELECT size FROM audit_checkpoint ORDER BY size")
    }
    #expect(sizes == [64, 128])
    try session.end()
    let count = try store.log().count
    let note = try #require(try store.lastCheckpoint())
    let kept = try Checkpoint(
      note: Array(note.utf8), vault: signer.vault, key: signer.key.publicKey)
    #expect(kept.size == Int64(count))
    #expect(try store.checkpoint(nowMilliseconds: now) == note)
    #expect(try store.fault(against: kept) == nil)
    // Somebody puts yesterday's store back: only what was kept elsewhere tells.
    let other = try DatabaseQueue(path: scratch.file)
    try other.write {
      try $0.execute(sql: "DROP TRIGGER audit_event_no_delete")
      try $0.execute(sql: "DROP TRIGGER audit_checkpoint_no_delete")
      try $0.execute(sql: "DELETE FROM audit_event WHERE seq > 130")
      try $0.execute(sql: "DELETE FROM audit_checkpoint WHERE size > 130")
    }
    #expect(try store.fault() == nil)
    #expect(try store.fault(against: kept)?.kind == .tailCut)
  }

  @Test func timeNeverFalls() throws {
    let session = try store.begin()
    try store.record([AuditDraft(.open)], by: lead, nowMilliseconds: now + 50)
    try store.record([AuditDraft(.open)], by: lead, nowMilliseconds: now - 50)
    try session.end(nowMilliseconds: 0)
    #expect(try store.latestEventMilliseconds() == now + 50)
    let times = try store.log().map(\.atMilliseconds)
    #expect(times == times.sorted())
    let empty = try Scratch()
    #expect(try empty.open().latestEventMilliseconds() == nil)
  }

  @Test func tellsWhoCrashed() throws {
    let crasher = try Crasher("lease", scratch.directory)
    while let line = crasher.line(), line != "end" {}
    #expect(crasher.kill9())
    _ = try store.beginSession(
      AuditActor("r07", seat: "seat-3"), taxonomy: taxonomy, nowMilliseconds: now)
    let events = try store.log(AuditFilter(kinds: [.crashFound, .unlock]))
    #expect(events.map(\.kind) == [.unlock, .crashFound, .unlock])
    #expect(events[1].actor.name.hasPrefix("crasher-"))
    #expect(events[1].actor == events[0].actor)
    #expect(events[1].detail.number("session") == events[0].detail.number("session"))
    #expect(events[2].actor.seat == "seat-3")
  }

  @Test func closesAMonthAndForgetsItWhole() throws {
    let day: Int64 = 86_400_000
    for month in 0..<5 {
      try store.record(
        (0..<70).map { _ in AuditDraft(.open) }, by: lead,
        nowMilliseconds: now + Int64(month) * 31 * day)
    }
    let later = now + 4 * 31 * day
    let closed = try store.log(AuditFilter(kinds: [.segmentClosed]))
    let months = closed.map { $0.detail["month"] }
    let expected: [AuditValue?] = ["01", "02", "03", "04"].map { .word("2027-\($0)") }
    #expect(months == expected)
    #expect(closed.first?.detail.number("through") == 76)
    func delete(_ months: Int) throws -> Int {
      try store.deleteSegments(olderThanMonths: months, by: .housekeeping, nowMilliseconds: later)
    }
    let before = try Checkpoint(
      note: Array(try #require(try store.lastCheckpoint()).utf8), vault: signer.vault,
      key: signer.key.publicKey)
    #expect(try delete(12) == 0)
    #expect(try delete(2) == 76 + 71)
    #expect(try store.fault() == nil)
    #expect(try store.fault(against: before) == nil)
    #expect(try store.log().first?.seq == 148)
    #expect(try delete(2) == 0)
    #expect(try delete(1) == 71)
    let report = try store.verifyLog(vault: signer.vault, key: signer.key.publicKey).get()
    #expect(report.first == 219)
    #expect(report.unsignedCount == 0)
    try store.record([AuditDraft(.open)], by: lead, nowMilliseconds: later)
    #expect(try store.fault() == nil)
  }

  @Test func handsOutEventsByFilterBothWays() throws {
    let session = try store.begin()
    try store.label(clipID(0), judged, session)
    try store.label(clipID(1), [.skip(reason: "busy")], session, at: now + 10)
    try store.record(
      [
        AuditDraft(.firstPicture), AuditDraft(.lookStop, ["ms": .number(900)]),
        AuditDraft(.lookStop, ["ms": .number(600)]),
      ], by: session.actor, nowMilliseconds: now + 20)
    let own = try store.ownEvents(of: session.reviewer, limit: 3)
    #expect(own.map(\.kind) == [.lookStop, .lookStop, .firstPicture])
    #expect(try store.ownEvents(of: ReviewerID("nobody"), limit: 3).isEmpty)
    #expect(try store.log(AuditFilter(clip: logName(clipID(1)))).map(\.kind) == [.ingest, .skip])
    let span = AuditFilter(fromMilliseconds: now + 10, toMilliseconds: now + 20)
    #expect(try store.log(span).map(\.kind) == [.skip])
    var newest: [AuditKind] = []
    try store.forEachAuditEvent(span, newestFirst: true) {
      newest.append($0.kind)
      return true
    }
    #expect(newest == [.skip])
    struct Stop: Error {}
    #expect(throws: Stop.self) { try store.forEachAuditEvent { _ in throw Stop() } }
    let totals = try store.teamTotals()
    #expect(totals.map(\.reviewer.text) == ["r07"])
    #expect(totals[0].seen == 1 && totals[0].committed == 1 && totals[0].skipped == 1)
    #expect(totals[0].flagged == 0 && totals[0].clearMilliseconds == 1500)
  }

  @Test func refusesNamesThatAreNoneAndStoresNothing() throws {
    let before = try store.log().count
    #expect(throws: StoreError.notLoggable) {
      try store.record(
        [AuditDraft(.open), AuditDraft(.open, ["x": .word("two words")])], by: lead,
        nowMilliseconds: now)
    }
    #expect(throws: StoreError.notLoggable) { try store.begin("new\nline") }
    #expect(try store.log().count == before)
    #expect(try scratch.lockFiles().isEmpty)
  }

  /// Every row of every table, but for how often a page was written.
  private func dump(_ database: DatabaseQueue) throws -> String {
    try database.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      return try tables.map { table in
        try "\(table): "
          + Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.description)
          .joined(separator: "\n")
      }.joined(separator: "\n")
    }
  }
}
