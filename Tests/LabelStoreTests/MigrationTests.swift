// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct MigrationTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func keepsAllOfAStoreOfVersionOne() throws {
    try makeVersionOne()
    let store = try scratch.open()
    let session = try store.begin()
    let rows = try store.rows(.all, offset: 0, limit: 9, session: session, nowMilliseconds: now)
    #expect(rows.map(\.record) == records(0..<3))
    #expect(rows.map(\.state) == [.due, .flagged, .due])
    #expect(try store.events(of: clipID(0)).map(\.change) == [.clear(TermID("person"))])
    #expect(try store.clips(ofConsent: "consent-2") == [clipID(2)])
    #expect(try store.expired(atMilliseconds: .max).isEmpty)
    let flagged = try store.flagged(hours: 24)
    #expect(flagged.map(\.clip) == [clipID(1)])
    #expect(flagged.map(\.flaggedBy.text) == ["r02"])
    #expect(flagged.map(\.flaggedAtMilliseconds) == [5])
    try store.label(clipID(0), judged, session)
    try store.withdraw([named(2)], reason: "request", by: lead, nowMilliseconds: now)
    let counts = try store.counts(session: session, nowMilliseconds: now)
    #expect(counts.due == 0 && counts.done == 1 && counts.flagged == 1)
    #expect(try store.fault() == nil)
    try session.end()
    try store.close()
    #expect(try scratch.open().clipIDs().count == 3)
  }

  /// A store of version 3 keeps its labels and takes regions; none may be without one, or broken.
  @Test func aStoreOfVersionThreeTakesRegions() throws {
    try makeVersion(3)
    let store = try scratch.open()
    let session = try store.begin()
    #expect(try store.events(of: clipID(0)).map(\.change) == [.clear(TermID("person"))])
    let region = try #require(
      Region(
        kind: .text, from: .zero, until: MediaTime(milliseconds: 9),
        keys: [Region.Key(time: .zero, box: .whole)]))
    _ = try store.lease(clipID(0), session: session, nowMilliseconds: now)
    try store.label(clipID(0), [.addRegion(region)], session)
    #expect(try store.events(of: clipID(0)).last?.change == .addRegion(region))
    #expect(try store.fault() == nil)
    try session.end()
    try store.close()
    let queue = try DatabaseQueue(path: scratch.file)
    try queue.writeWithoutTransaction { database in
      for (kind, region) in [("add_region", "NULL"), ("add_region", "'{'"), ("flag", "'{}'")] {
        #expect(throws: DatabaseError.self) {
          try database.execute(
            sql: """
              INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind, region)
              VALUES (3, 0, 'r01', 4, 'test-1', '\(kind)', \(region))
              """)
        }
      }
      for change in ["UPDATE label_event SET term = 'x'", "DELETE FROM label_event"] {
        #expect(throws: DatabaseError.self) { try database.execute(sql: change) }
      }
      #expect(throws: DatabaseError.self, "a gap") {
        try database.execute(
          sql: """
            INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind)
            VALUES (3, 5, 'r01', 4, 'test-1', 'commit')
            """)
      }
      // The control: an event in its place.
      try database.execute(
        sql: """
          INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind)
          VALUES (3, 0, 'r01', 4, 'test-1', 'commit')
          """)
    }
    try queue.close()
  }

  /// A store of version 4 keeps its flags and takes their reasons.
  @Test func aStoreOfVersionFourTakesReasons() throws {
    try makeVersion(4)
    let store = try scratch.open()
    let session = try store.begin()
    try store.label(clipID(0), [.flag, .flagReason(.child)], session)
    #expect(try store.events(of: clipID(0)).last?.change == .flagReason(.child))
    #expect(try store.flagged(hours: 24).map(\.reason) == [.child])
    let logged = try store.log().filter { $0.kind == .flagReason }
    #expect(logged.map { $0.detail["reason"] } == [.word("child")])
    #expect(try store.fault() == nil)
    // A flag of its own has no reason from the one before.
    try store.label(clipID(0), [.undo(1)], session)
    try store.label(clipID(0), [.flag], session)
    #expect(try store.flagged(hours: 24).map(\.reason) == [nil])
    try session.end()
  }

  /// A store of version 5 keeps its labels and takes second opinions, still append-only and gapless.
  @Test func aStoreOfVersionFiveTakesSecondOpinions() throws {
    try makeVersion(5)
    let store = try scratch.open()
    let session = try store.begin()
    #expect(try store.events(of: clipID(0)).map(\.change) == [.clear(TermID("person"))])
    try store.label(clipID(0), judged + [.secondOpinion(.asked)], session)
    let counts = try store.counts(session: session, nowMilliseconds: now)
    #expect(counts.secondOpinion == 1 && counts.due == 1 && counts.toJudge == 1)
    #expect(try store.fault() == nil)
    try session.end()
    try store.close()
    let queue = try DatabaseQueue(path: scratch.file)
    try queue.writeWithoutTransaction { database in
      for change in [
        "UPDATE label_event SET term = 'x'", "DELETE FROM label_event",
        "INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind) "
          + "VALUES (3, 5, 'r', 4, 't', 'second_opinion')",
        "INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind) "
          + "VALUES (3, 0, 'r', 4, 't', 'third_opinion')",
      ] {
        #expect(throws: DatabaseError.self, "\(change)") { try database.execute(sql: change) }
      }
      // The control: an event in its place.
      try database.execute(
        sql: "INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind, reason) "
          + "VALUES (3, 0, 'r', 4, 't', 'second_opinion', 'asked')")
    }
    try queue.close()
  }

  /// A store of version 5 keeps its labels and places, and takes notes; none but notes and copies may
  /// have a text.
  @Test func aStoreOfVersionFiveTakesNotes() throws {
    try makeVersion(5)
    try write { database in
      try database.execute(
        sql: "INSERT INTO place (reviewer, clip, playhead_us) VALUES ('r01', 3, 77)")
    }
    let store = try scratch.open()
    let session = try store.begin()
    #expect(try store.events(of: clipID(0)).map(\.change) == [.clear(TermID("person"))])
    #expect(
      try store.place(of: ReviewerID("r01"))
        == ReviewerPlace(clip: clipID(2), playhead: MediaTime(microseconds: 77)))
    let note = try #require(ClipNote("by the gate"))
    try store.label(clipID(0), [.note(note)], session)
    #expect(try store.events(of: clipID(0)).last?.change == .note(note))
    #expect(try store.fault() == nil)
    try session.end()
    try store.close()
    try write { database in
      for (kind, text) in [("note", "NULL"), ("copy", "NULL"), ("commit", "'x'")] {
        #expect(throws: DatabaseError.self) {
          try Self.insert(kind, text, database)
        }
      }
      for change in ["UPDATE label_event SET term = 'x'", "DELETE FROM label_event"] {
        #expect(throws: DatabaseError.self) { try database.execute(sql: change) }
      }
      // The control.
      try Self.insert("note", "'x'", database)
    }
  }

  /// A store of version 7 keeps its ranks and what is searched; leases, which were counted in another
  /// time, are free.
  @Test func aStoreOfVersionSevenIsSearchedByBlocks() throws {
    try makeVersion(7)
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO rank_rule VALUES (1, '["level_0","level_1"]', '["person","animal","nothing"]',
            'oldest', 0, 50);
          UPDATE worklist SET ranked = 1, camera = 'as it was', score = 7000 WHERE clip < 3;
          INSERT INTO session (reviewer, started_ms, lock) VALUES ('r09', 0, 'session-1.lock');
          INSERT INTO lease VALUES (1, 1, \(Int64.max));
          """)
    }
    let store = try scratch.open()
    let session = try store.begin()
    func find(_ text: String) throws -> [ClipID] {
      try store.rows(
        .all, matching: WorklistQuery(text: text), offset: 0, limit: 9, session: session,
        nowMilliseconds: now
      ).rows.map(\.record.id)
    }
    #expect(try find("camera:was") == [clipID(0), clipID(1)], "ranked before, so not again")
    #expect(try find("camera:porch") == [clipID(2)], "not ranked before")
    #expect(try find("score>0.6 sort:newest") == [clipID(1), clipID(0)])
    _ = try store.lease(clipID(0), session: session, nowMilliseconds: now)
    #expect(try store.fault() == nil)
    try session.end()
  }

  private static func insert(_ kind: String, _ text: String, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind, text)
        VALUES (3, 0, 'r01', 4, 'test-1', '\(kind)', \(text))
        """)
  }

  private func write(_ body: (Database) throws -> Void) throws {
    let queue = try DatabaseQueue(path: scratch.file)
    try queue.writeWithoutTransaction(body)
    try queue.close()
  }

  @Test func aReasonIsTakenOfAFlagAloneAndFromWhoFlagged() throws {
    let store = try scratch.open()
    try store.add(records(0..<2))
    let session = try store.begin()
    #expect(throws: StoreError.flagSettled(clipID(0))) {
      try store.label(clipID(0), [.flagReason(.other)], session)
    }
    try store.label(clipID(0), [.flag], session)
    #expect(throws: StoreError.withdrawn(clipID(0))) {
      try store.label(clipID(0), [.skip(reason: "busy")], session)
    }
    try store.label(clipID(0), [.flagReason(.nudity)], session)
    try session.end()
  }

  private func makeVersionOne() throws { try makeVersion(1) }

  private func makeVersion(_ version: Int) throws {
    let queue = try DatabaseQueue(path: scratch.file)
    let encoder = JSONEncoder()
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try StoreSchema.migrate(database, to: version)
      for (index, record) in records(0..<3).enumerated() {
        try database.execute(
          sql: "INSERT INTO clip (id, record) VALUES (?, ?)",
          arguments: [
            record.id.text, String(decoding: try encoder.encode(record), as: UTF8.self),
          ])
        try database.execute(
          sql: "INSERT INTO worklist (clip, state, has_draft) VALUES (?, ?, 0)",
          arguments: [index + 1, index == 1 ? "flagged" : "due"])
      }
      try database.execute(
        sql: """
          INSERT INTO label_event (clip, ordinal, reviewer, at_ms, taxonomy, kind, term) VALUES
            (1, 0, 'r01', 4, 'test-1', 'clear', 'person'), (2, 0, 'r02', 5, 'test-1', 'flag', NULL)
          """)
    }
    try queue.close()
  }
}
