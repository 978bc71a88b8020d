// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct ErasureTests {
  /// One seed, or many where all is to be tried.
  static let seeds =
    ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1" ? Array(1...20) : [1 as UInt64]

  private let scratch: Scratch
  private let store: LabelStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
  }

  private func erase(
    _ clips: [Int], _ labels: LabelsAfterErasure = .drop
  ) throws -> StoreErasure {
    try store.orderErasure(
      clips.map(named), reason: .request, by: lead, nowMilliseconds: now)
    return try store.finishErasure(
      clips.map(clipID), labels: labels, by: lead, nowMilliseconds: now
    ) { _ in "receipt" }
  }

  @Test func removesAllOfAClipAndNothingElse() throws {
    try store.add(records(0..<3))
    let session = try store.begin()
    for number in 0..<3 { try store.label(clipID(number), judged, session) }
    try store.setPlace(
      ReviewerPlace(clip: clipID(0), playhead: .zero), of: session.reviewer)
    #expect(throws: StoreError.notOrdered(clipID(0))) {
      try store.finishErasure([clipID(0)], labels: .drop, by: lead, nowMilliseconds: now) { _ in
        "receipt"
      }
    }
    let done = try erase([0])
    #expect((done.clipCount, done.keptLabelCount, done.droppedLabelCount) == (1, 0, 1))
    #expect(done.isScrubbed && done.receipt == "receipt" && done.number == 1)
    #expect(try store.clipIDs() == [clipID(1), clipID(2)])
    #expect(try store.record(clipID(0)) == nil)
    #expect(try store.place(of: session.reviewer) == nil)
    #expect(try store.closures(among: [clipID(0), clipID(1)]) == [clipID(0): .erased])
    #expect(try store.pendingErasures(atMilliseconds: now).isEmpty)
    #expect(try store.counts(session: session, nowMilliseconds: now).done == 2)
    #expect(try store.events(of: clipID(1)).map(\.change) == judged)
    let steps = try store.log(AuditFilter(kinds: [.erase])).map { $0.detail["step"] }
    #expect(steps == [.word("ordered"), .word("done")])
    #expect(try store.fault() == nil)
    // The clip may be taken in again as far as the store knows, under another position.
    try store.add([record(0)])
    #expect(try store.events(of: clipID(0)).isEmpty)
  }

  @Test func keepsALabelWithoutItsClip() throws {
    try store.add(records(0..<4))
    let session = try store.begin()
    let moment = Moment(time: MediaTime(milliseconds: 1200), frame: 30)
    try store.label(
      clipID(0),
      [.openSegment(TermID("transit"), at: moment), .closeSegment(0, at: moment)] + judged, session)
    try store.label(clipID(1), judged, session)
    try store.label(clipID(2), judged + [.flag], session)
    try store.label(clipID(3), [.set(TermID("person"), isConfirmation: false)], session)
    #expect(try erase([0], .keep).keptLabelCount == 1)
    #expect(try erase([1, 2, 3], .pseudonymise).keptLabelCount == 1)
    var kept: [KeptLabel] = []
    try store.forEachFolded(taxonomy: taxonomy, kept: { kept.append($0) }) { _, _ in }
    #expect(kept.count == 2)
    let own = try #require(kept.first { $0.reviewer == session.reviewer })
    let other = try #require(kept.first { $0.reviewer != session.reviewer })
    #expect(own.verdict.segments.map(\.start) == [moment])
    #expect(own.taxonomyVersion == "test-1" && own.month == "2027-01")
    #expect(other.reviewer.text.hasPrefix("x-"))
    #expect(other.verdict.terms.keys.sorted() == ["level_0", "person"].map(TermID.init))
    let columns = try store.pool.read { try $0.columns(in: "kept_label").map(\.name) }
    #expect(columns == ["id", "verdict", "taxonomy", "month", "reviewer"])
  }

  /// Ids in random order and enough of them that pages split: what a page leaves behind when it
  /// does must be gone too.
  @Test(arguments: seeds) func leavesNoIdInAnyFile(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let ids = (0..<1500).map { _ in
      ClipID(high: generator.next(), low: generator.next())
    }
    let clips = ids.enumerated().map { index, id in
      var clip = record(index)
      clip.id = id
      clip.consent = "agreed-\(id.text)"
      return clip
    }
    for start in stride(from: 0, to: clips.count, by: 100) {
      try store.add(Array(clips[start..<start + 100]))
    }
    let session = try store.begin()
    for id in ids.shuffled(using: &generator).prefix(100) {
      try store.label(id, judged, session)
    }
    let chosen = Array(ids.shuffled(using: &generator).prefix(80))
    let names = chosen.map { NamedClip($0, logName($0)) }
    _ = try store.recordExport(chosen, lines: 9, by: lead, nowMilliseconds: now)
    #expect(try found(chosen).count == chosen.count)
    for start in stride(from: 0, to: chosen.count, by: 20) {
      let part = Array(names[start..<start + 20])
      try store.orderErasure(part, reason: .request, by: lead, nowMilliseconds: now)
      let done = try store.finishErasure(
        part.map(\.id), labels: .keep, by: lead, nowMilliseconds: now
      ) { _ in "receipt" }
      #expect(done.isScrubbed)
    }
    #expect(try found(chosen).isEmpty)
    #expect(try found(Array(ids.filter { !chosen.contains($0) }.prefix(50))).count == 50)
  }

  @Test func saysWhenAnotherProcessStillReadsTheLog() throws {
    try store.add(records(0..<2))
    let reader = try DatabaseQueue(path: scratch.file)
    let outcome = try reader.read { database in
      _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM clip")
      return try erase([0])
    }
    #expect(!outcome.isScrubbed)
    #expect(try store.clipIDs() == [clipID(1)])
    #expect(try !found([clipID(0)]).isEmpty)
    #expect(try store.scrub())
    #expect(try found([clipID(0)]).isEmpty)
  }

  @Test func leavesLabelsAndClipsAloneWithoutAnOrder() throws {
    try store.add(records(0..<2))
    let session = try store.begin()
    try store.label(clipID(0), judged, session)
    let other = try DatabaseQueue(path: scratch.file)
    func run(_ sql: String) throws { try other.write { try $0.execute(sql: sql) } }
    for sql in [
      "DELETE FROM label_event", "DELETE FROM clip WHERE position = 2", "DELETE FROM audit_event",
      "UPDATE audit_event SET hash = zeroblob(32)", "INSERT INTO audit_anchor VALUES (2)",
      "INSERT INTO audit_event VALUES (99, x'00', zeroblob(32))",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") { try run(sql) }
    }
    try store.orderErasure([named(0)], reason: .expired, by: .housekeeping, nowMilliseconds: now)
    try run("DELETE FROM label_event")
  }

  @Test func knowsWhichExportsHoldAClip() throws {
    try store.add(records(0..<3))
    let first = try store.recordExport(
      [clipID(0), clipID(1)], lines: 2, by: lead, nowMilliseconds: now)
    let second = try store.recordExport([clipID(1)], lines: 1, by: lead, nowMilliseconds: now + 1)
    #expect(try store.exports(holding: [clipID(2)]).isEmpty)
    let held = try store.exports(holding: [clipID(0), clipID(1)])
    #expect(held.map(\.number) == [first, second])
    #expect(held.map(\.clips) == [[clipID(0), clipID(1)], [clipID(1)]])
    #expect(held[0].lineCount == 2 && held[0].by == "lead-1")
    #expect(throws: StoreError.unknownClip(clipID(9))) {
      try store.recordExport([clipID(2), clipID(9)], lines: 2, by: lead, nowMilliseconds: now)
    }
    _ = try erase([1])
    #expect(try store.exports(holding: [clipID(0), clipID(1)]).map(\.number) == [first])
    let erased = try store.pool.read {
      try Int.fetchAll($0, sql: "SELECT erased FROM label_export ORDER BY id")
    }
    #expect(erased == [1, 1])
  }

  /// Those of the ids whose digits or bytes are in a file of the store.
  private func found(_ ids: [ClipID]) throws -> Set<ClipID> {
    var found: Set<ClipID> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.directory) {
      let data = try Data(contentsOf: URL(fileURLWithPath: scratch.directory + "/" + name))
      for id in ids where data.range(of: Data(id.text.utf8)) != nil {
        found.insert(id)
      }
      for id in ids where data.range(of: Data(id.bytes)) != nil { found.insert(id) }
    }
    return found
  }
}
