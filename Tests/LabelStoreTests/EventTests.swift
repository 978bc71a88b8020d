// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct EventTests {
  private let scratch: Scratch
  private let store: LabelStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<5))
  }

  @Test func keepsEveryKindOfChange() throws {
    let moment = Moment(time: MediaTime(milliseconds: 1200), frame: 30)
    let box = try #require(RegionBox(x: 3100, y: 2000, width: 800, height: 1400))
    let region = try #require(
      Region(
        kind: .face, frost: .strict, from: moment.time, until: MediaTime(milliseconds: 8000),
        keys: [Region.Key(time: moment.time, box: box)]))
    let changes: [LabelChange] = [
      .set(TermID("person"), isConfirmation: true), .clear(TermID("person")),
      .cannotJudge(reason: "dark"), .clearCannotJudge, .openSegment(TermID("transit"), at: moment),
      .closeSegment(4, at: moment), .removeSegment(4), .commit, .reopen, .skip(reason: "busy"),
      .postpone(untilMilliseconds: now + 5), .addRegion(region),
      .moveSegment(4, .end, at: moment), .note(try #require(ClipNote("two people, ‘späť’ \"'"))),
      .note(.none),
      .copy(
        CopiedLabels(terms: [TermID("x,y"), TermID("p")], cannotJudge: nil, touched: [.level])),
      .copy(CopiedLabels(terms: [], cannotJudge: "dark", touched: Axis.allCases)),
      .flag, .undo(17), .redo(17),
    ]
    let session = try store.begin()
    try store.label(clipID(0), changes, session)
    #expect(try store.events(of: clipID(0)).map(\.change) == changes)
    #expect(try store.events(of: clipID(1)).isEmpty)
    #expect(throws: StoreError.unknownClip(clipID(99))) { try store.events(of: clipID(99)) }
  }

  @Test func aPlaceGoesWithTheLabelsOfItsTransaction() throws {
    let session = try store.begin()
    let place = ReviewerPlace(
      clip: clipID(1), playhead: MediaTime(milliseconds: 1234), isPlaying: true)
    try store.label(clipID(1), [.set(TermID("person"), isConfirmation: false)], session)
    #expect(try store.place(of: session.reviewer) == nil)
    func event(_ ordinal: Int) -> LabelEvent {
      LabelEvent(
        clip: clipID(1), ordinal: ordinal, reviewer: session.reviewer, atMilliseconds: now,
        taxonomyVersion: "test-1", change: .clear(TermID("person")))
    }
    try store.append([event(1)], at: .set(place), session: session)
    #expect(try store.place(of: session.reviewer) == place)
    // A transaction that fails leaves the place as it was.
    #expect(throws: StoreError.self) {
      try store.append([event(1)], at: .forget, session: session)
    }
    #expect(try store.place(of: session.reviewer) == place)
    try store.append([event(2)], at: .forget, session: session)
    #expect(try store.place(of: session.reviewer) == nil)
  }

  @Test(arguments: [1, 2, 3]) func foldsAsTheModelDoesAcrossReopening(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var models = (0..<5).map { _ in LabelHistory(taxonomy: taxonomy) }
    var current = store
    for _ in 0..<4 {
      let session = try current.begin()
      for _ in 0..<15 {
        let clip = Int.random(in: 0..<5, using: &generator)
        let flagged = models[clip].state == .flagged
        guard !flagged else { continue }
        var changes = (0...Int.random(in: 0..<4, using: &generator)).map { _ in
          change(after: models[clip], using: &generator)
        }
        // A flagged clip takes nothing more.
        if let flag = changes.firstIndex(of: .flag) { changes.removeSubrange((flag + 1)...) }
        let first = models[clip].nextOrdinal
        try current.label(clipID(clip), changes, session)
        for event in try current.events(of: clipID(clip))[first...] { models[clip].append(event) }
      }
      try session.end()
      try current.close()
      current = try scratch.open()
      try compare(models, current)
    }
  }

  @Test func takesNoLabelWhereTheVaultWasMovedAway() throws {
    let session = try store.begin()
    try store.label(clipID(0), [.set(TermID("person"), isConfirmation: false)], session)
    let next = LabelEvent(
      clip: clipID(0), ordinal: 1, reviewer: session.reviewer, atMilliseconds: now,
      taxonomyVersion: taxonomy.version, change: .flag)
    let away = scratch.directory + "-away"
    try FileManager.default.moveItem(atPath: scratch.directory, toPath: away)
    #expect(throws: StoreError.movedAway) { try store.append([next], session: session) }
    try FileManager.default.moveItem(atPath: away, toPath: scratch.directory)
    try store.append([next], session: session)
    #expect(try store.events(of: clipID(0)).count == 2)
  }

  @Test func cannotBeChangedOrDeletedByAnyone() throws {
    try store.label(clipID(0), judged, store.begin())
    let other = try DatabaseQueue(path: scratch.file)
    func run(_ sql: String) throws { try other.write { try $0.execute(sql: sql) } }
    let columns = "(clip, ordinal, reviewer, at_ms, taxonomy, kind) VALUES"
    for sql in [
      "UPDATE label_event SET reviewer = 'x'", "DELETE FROM label_event",
      "INSERT OR REPLACE INTO label_event \(columns) (1, 2, 'x', 0, '', 'reopen')",
      "INSERT INTO label_event \(columns) (1, 4, 'x', 0, '', 'reopen')",
      "INSERT INTO label_event \(columns) (1, -1, 'x', 0, '', 'reopen')",
      "INSERT INTO label_event \(columns) (1, 3, 'x', 0, '', 'forget')",
      "INSERT INTO label_event \(columns) (77, 0, 'x', 0, '', 'reopen')",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") { try run(sql) }
    }
    #expect(try store.events(of: clipID(0)).map(\.change) == judged)
    try run("INSERT INTO label_event \(columns) (1, 3, 'x', 0, '', 'reopen')")
    #expect(try store.events(of: clipID(0)).map(\.change) == judged + [.reopen])
  }

  @Test func refusesAnOrdinalTwiceAndStoresNothingOfTheBatch() throws {
    let session = try store.begin()
    try store.label(clipID(0), judged, session)
    _ = try store.lease(clipID(1), session: session, nowMilliseconds: now)
    for number in 1...2 { session.name(clipID(number), as: logName(clipID(number))) }
    func event(_ clip: Int, _ ordinal: Int) -> LabelEvent {
      LabelEvent(
        clip: clipID(clip), ordinal: ordinal, reviewer: session.reviewer, atMilliseconds: now,
        taxonomyVersion: "test-1", change: .flag)
    }
    #expect(throws: StoreError.ordinalTaken(clipID(0), next: 3)) {
      try store.append([event(1, 0), event(0, 2)], session: session)
    }
    #expect(throws: StoreError.leaseLost(clipID(2))) {
      try store.append([event(1, 0), event(2, 0)], session: session)
    }
    #expect(try store.events(of: clipID(1)).isEmpty)
    #expect(try store.counts(session: session, nowMilliseconds: now).flagged == 0)
    try store.append([event(1, 0), event(0, 3)], session: session)
    #expect(try store.counts(session: session, nowMilliseconds: now).flagged == 2)
  }

  @Test func handsOutVerdictsInOrderOfIngestWithoutDraftsAndFlaggedClips() throws {
    let session = try store.begin()
    try store.label(clipID(3), judged, session)
    try store.label(clipID(0), judged + [.clear(TermID("person"))], session)
    try store.label(clipID(1), [.set(TermID("person"), isConfirmation: false)], session)
    try store.label(clipID(2), judged + [.flag], session)
    try store.label(clipID(4), judged + [.reopen], session)
    var folded: [ClipID: LabelHistory] = [:]
    var order: [ClipID] = []
    try store.forEachFolded(taxonomy: taxonomy) { record, history in
      order.append(record.id)
      folded[record.id] = history
    }
    #expect(order == [clipID(0), clipID(3)])
    #expect(
      folded[clipID(0)]?.verdict?.terms.keys.sorted() == ["level_0", "person"].map(TermID.init))
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try store.forEachFolded(taxonomy: taxonomy) { _, _ in throw Stop() }
    }
  }

  @Test func refusesAClipTwiceAndTakesNoneOfItsBatch() throws {
    #expect(throws: StoreError.duplicateClip(clipID(4))) {
      try store.add(records(4..<6).reversed())
    }
    #expect(try store.clipIDs().count == 5)
    try store.add([record(5)])
    #expect(try store.clipIDs().count == 6)
  }

  @Test func saysThatTheDiskIsFullAndGoesOnWhenItIsNot() throws {
    let session = try store.begin()
    _ = try store.lease(clipID(0), session: session, nowMilliseconds: now)
    func limit(_ pages: Int) throws {
      try store.pool.writeWithoutTransaction {
        _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    try limit(1)
    #expect(throws: StoreError.full) { try store.add(records(10..<200)) }
    var stored = 0
    #expect(throws: StoreError.full) {
      while stored < 3000 {
        try store.label(clipID(0), judged, session)
        stored += judged.count
      }
    }
    #expect(try store.events(of: clipID(0)).count == stored)
    try limit(1 << 20)
    try store.label(clipID(0), judged, session)
    #expect(try store.events(of: clipID(0)).count == stored + judged.count)
    #expect(try store.clipIDs().count == 5)
  }

  private func change(
    after history: LabelHistory, using generator: inout SeededGenerator
  ) -> LabelChange {
    let term = taxonomy.terms.randomElement(using: &generator)?.id ?? TermID("person")
    let milliseconds = Int64.random(in: 0..<20_000, using: &generator)
    let moment = Moment(
      time: MediaTime(milliseconds: milliseconds), frame: Int(milliseconds / 40))
    let ordinal = Int.random(in: 0...max(0, history.nextOrdinal), using: &generator)
    switch Int.random(in: 0..<27, using: &generator) {
    case 0..<8: return .set(term, isConfirmation: Bool.random(using: &generator))
    case 8, 9: return .clear(term)
    case 10: return .cannotJudge(reason: "dark")
    case 11: return .clearCannotJudge
    case 12: return .openSegment(term, at: moment)
    case 13: return .closeSegment(ordinal, at: moment)
    case 14: return .removeSegment(ordinal)
    case 15: return .skip(reason: "busy")
    case 16: return .postpone(untilMilliseconds: now + milliseconds + 1)
    case 17: return .reopen
    case 18: return history.undoable.last.map { .undo($0) } ?? .commit
    case 19: return history.redoable.last.map { .redo($0) } ?? .commit
    case 20 where ordinal == 7: return .flag
    case 24:
      return .moveSegment(ordinal, Bool.random(using: &generator) ? .start : .end, at: moment)
    case 25: return .note(ClipNote("note \(ordinal)") ?? .none)
    case 26: return .copy(CopiedLabels(terms: [term], cannotJudge: nil, touched: [.moved]))
    default: return .commit
    }
  }

  private func compare(_ models: [LabelHistory], _ store: LabelStore) throws {
    let session = try store.begin("other")
    let rows = try store.rows(
      .all, offset: 0, limit: 9, session: session, nowMilliseconds: now)
    #expect(rows.map(\.record) == records(0..<5))
    for (row, model) in zip(rows, models) {
      #expect(try store.events(of: row.record.id) == model.events)
      #expect(row.state == model.state)
      #expect(row.verdict == model.verdict)
      #expect(row.hasDraft == model.hasDraft)
      let commit = model.verdict == nil ? nil : model.events.last { $0.change == .commit }
      #expect(row.committedBy == commit?.reviewer)
    }
    let counts = try store.counts(session: session, nowMilliseconds: now)
    #expect(counts.done == models.count { $0.state == .done })
    #expect(counts.due == models.count { $0.state == .due })
    #expect(counts.flagged == models.count { $0.state == .flagged })
    try session.end()
  }
}
