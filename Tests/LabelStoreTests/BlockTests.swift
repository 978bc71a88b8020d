// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import LabelStore

/// Blocks say what the rows say, whoever changed them, and ranking goes in parts.
@Suite struct BlockTests {
  private let scratch: Scratch
  private let store: LabelStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
  }

  private func tendAll() throws {
    var parts = 0
    while try store.tend() { parts += 1 }
    #expect(parts < 1000)
  }

  private func keptBlocks() throws -> [Int64] {
    try store.pool.read { database in
      try Int64.fetchAll(database, sql: "SELECT number FROM worklist_block ORDER BY number")
    }
  }

  private func expectKeptAreRight() throws {
    try store.pool.read { database in
      let kept = try Row.fetchAll(database, sql: "SELECT number, body FROM worklist_block")
      for row in kept {
        let fresh = try WorklistBlock(row[0], rowsOf: database)
        #expect([UInt8](row[1] as Data) == fresh.bytes, "block \(row[0] as Int64)")
      }
    }
  }

  @Test func aBlockIsWhatItsRowsAreAfterEveryChange() throws {
    try store.add(records(0..<3000))
    let session = try store.begin()
    try tendAll()
    #expect(try keptBlocks() == Array(0...11))
    func change(_ block: Int64, _ name: String, _ body: (ClipID) throws -> Void) throws {
      // Ids follow the positions, the first of which is 1.
      try body(clipID(Int(block) * 256 + 99))
      #expect(try keptBlocks() == (0...11).filter { $0 != block }, "\(name)")
      try expectKeptAreRight()
      try store.pool.write { database in
        try database.execute(
          sql: "INSERT INTO worklist_block VALUES (?, ?)",
          arguments: [block, Data(WorklistBlock(block, rowsOf: database).bytes)])
      }
    }
    try change(1, "a verdict") { try store.label($0, judged, session) }
    try change(2, "skipped") { try store.label($0, [.skip(reason: "busy")], session) }
    try change(3, "flagged") { try store.label($0, [.flag], session) }
    try change(4, "unreadable") { try store.setUnreadable($0, reason: "hung") }
    try change(5, "shut") { clip in
      try store.withdraw(
        [NamedClip(clip, logName(clip))], reason: "request", by: lead, nowMilliseconds: now)
    }
    try change(6, "deferred") {
      try store.label($0, [.postpone(untilMilliseconds: now + 5)], session)
    }
    try change(6, "due again") { _ in
      _ = try store.counts(session: session, nowMilliseconds: now + 5)
    }
    // A draft is nothing that is asked for: it drops no block.
    try store.label(clipID(7 * 256), [.set(TermID("person"), isConfirmation: false)], session)
    #expect(try keptBlocks() == Array(0...11))
    try store.add(records(3000..<3001))
    #expect(try keptBlocks() == Array(0...10))
    try expectKeptAreRight()
  }

  /// Nothing of an erased clip stays in a block.
  @Test func aBlockGoesWithAClipOfIts() throws {
    try store.add(records(0..<2400))
    let session = try store.begin()
    try tendAll()
    #expect(try keptBlocks().contains(0))
    try session.end()
    try store.pool.write { database in
      try database.execute(
        sql: """
          INSERT INTO closure (clip, kind, reason, at_ms, by) VALUES (5, 'erasing', 'x', 0, 'x');
          DELETE FROM worklist WHERE clip = 5
          """)
    }
    #expect(try !keptBlocks().contains(0))
  }

  /// Also a block that is damaged is read from its rows.
  @Test func searchesAreTheSameWithBlocksAndWithout() throws {
    var random = SeededGenerator(seed: 9)
    try store.add(
      (0..<3000).map { number in
        var clip = record(number)
        clip.camera = CameraID("Garage \(Int.random(in: 0..<40, using: &random))")
        let score = Double(Int.random(in: 0..<10_000, using: &random)) / 10_000
        clip.alert = CameraAlert(label: "", score: number % 9 == 0 ? nil : score, model: "m")
        return clip
      })
    let session = try store.begin()
    for number in stride(from: 0, to: 3000, by: 7) {
      try store.label(clipID(number), judged, session)
    }
    let queries = [
      "", "sort:camera", "sort:-score score<0.7", "camera:\"garage 3\" sort:level",
      "-state:done sort:uncertain", "label:person sort:random", "sort:newest", "sort:-age",
    ]
    func find(_ text: String) throws -> [Int] {
      var found: [Int] = []
      for offset in [0, 700, 1400, 2100, 2700, 2999, 5000] {
        let page = try store.rows(
          .all, matching: WorklistQuery(text: text), offset: offset, limit: 150, session: session,
          nowMilliseconds: now)
        #expect(page.rows.count == max(0, min(150, page.total - offset)), "\(text) \(offset)")
        found += page.rows.map(\.position) + [page.total]
      }
      return found
    }
    try tendAll()
    try store.pool.write { try $0.execute(sql: "DELETE FROM worklist_block") }
    let without = try queries.map(find)
    #expect(try keptBlocks().isEmpty)
    try tendAll()
    #expect(try keptBlocks().count == 12)
    try store.pool.write { database in
      try database.execute(sql: "UPDATE worklist_block SET body = x'0102' WHERE number = 3")
      try database.execute(
        sql: "UPDATE worklist_block SET body = substr(body, 1, 5000) WHERE number = 4")
    }
    for (query, found) in zip(queries, without) { #expect(try find(query) == found, "\(query)") }
  }

  /// A new order takes the clips over in parts; labels come between, and the list says so meanwhile.
  @Test func rankingGoesInParts() throws {
    try store.add(records(0..<2500))
    let first = try store.begin()
    try tendAll()
    let order = WorklistOrder(rule: .danger, auditPercent: 10, thresholdPercent: 40)
    let second = try store.beginSession(
      AuditActor("r08"), taxonomy: taxonomy, order: order, nowMilliseconds: now)
    func page(_ text: String) throws -> FoundClips {
      try store.rows(
        .due, matching: WorklistQuery(text: text), offset: 0, limit: 9, session: second,
        nowMilliseconds: now)
    }
    #expect(try page("").isUnsettled && page("camera:porch").isUnsettled)
    // What the record says is there all the time.
    #expect(try page("camera:porch").total == 2500)
    #expect(try store.tend())
    try store.label(clipID(2400), judged, first)
    #expect(try store.row(clipID(2400), session: first)?.turn == nil, "of no order yet")
    try tendAll()
    #expect(try !page("").isUnsettled && !page("camera:porch").isUnsettled)
    #expect(try store.row(clipID(2400), session: first)?.turn != nil)
    #expect(try page("").total == 2499)
    // The same order again is nothing to do.
    try second.end()
    let third = try store.beginSession(
      AuditActor("r08"), taxonomy: taxonomy, order: order, nowMilliseconds: now)
    #expect(try !page("").isUnsettled)
    try third.end()
  }

  /// No part looks at all clips to find those that are left.
  @Test func whatIsLeftIsFoundByAnIndex() throws {
    try store.add(records(0..<3))
    let session = try store.begin()
    let plan = try store.pool.read { database in
      try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN " + UnrankedClips.select, arguments: ["most": 9]
      ).map { String($0["detail"] as String) }
    }
    // The table of orders has one row.
    #expect(!plan.contains { $0.hasPrefix("SCAN w") || $0.hasPrefix("SCAN o") }, "\(plan)")
    #expect(plan.contains { $0.contains("worklist_ranked (ranked=?") }, "\(plan)")
    try session.end()
  }
}
