// SPDX-License-Identifier: Apache-2.0
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import LabelStore

/// The worklist's query and order against a plain search in memory.
@Suite struct QueryTests {
  private let scratch: Scratch
  private let store: LabelStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
  }

  /// Clips of many kinds, by a seed.
  private func clips(_ count: Int) -> [ClipRecord] {
    var random = SeededGenerator(seed: 5)
    return (0..<count).map { number in
      var clip = record(number)
      let low = UInt64.random(in: 0 ... .max, using: &random)
      clip.id = ClipID(high: UInt64(number), low: low)
      clip.camera = CameraID(["Porch 1", "porch-2", "garage", "it's"][number % 4])
      clip.source = number % 3 == 0 ? .staffTest : .customerFeedback
      let score = Double(Int.random(in: 0...100, using: &random)) / 100
      clip.alert = CameraAlert(
        label: ["Person", "animal"][number % 2], score: number % 5 == 0 ? nil : score, model: "m")
      clip.predictions = [Prediction(term: TermID("animal"), score: score)]
      if number % 3 != 1 {
        clip.predictions.append(Prediction(term: TermID("level_\(number % 2)"), score: score))
      }
      clip.recordedAt = number % 7 == 0 ? "" : "2027-01-15T0\(number % 7):30:00Z"
      return clip
    }
  }

  private func find(_ text: String, _ session: StoreSession, _ filter: WorklistFilter = .due) throws
    -> [ClipID]
  {
    let query = try WorklistQuery(text: text)
    let found = try store.rows(
      filter, matching: query, offset: 0, limit: 1000, session: session, nowMilliseconds: now)
    #expect(found.total == found.rows.count, "\(text)")
    // Pages put together are the whole.
    var paged: [ClipID] = []
    for offset in stride(from: 0, to: found.total, by: 7) {
      paged += try store.rows(
        filter, matching: query, offset: offset, limit: 7, session: session, nowMilliseconds: now
      ).rows.map(\.record.id)
    }
    #expect(paged == found.rows.map(\.record.id), "\(text)")
    return paged
  }

  private func score(_ clip: ClipRecord) -> Double {
    clip.alert.score ?? clip.predictions[0].score
  }

  /// The hour of its recording; the others were taken in later.
  private func time(_ clip: ClipRecord) -> Int {
    clip.recordedAt.isEmpty ? 24 : Int(clip.recordedAt.dropFirst(11).prefix(2)) ?? 0
  }

  private func level(_ clip: ClipRecord) -> Int? {
    clip.predictions.count < 2 ? nil : clip.predictions[1].term.text == "level_1" ? 1 : 0
  }

  @Test func termsNarrowTheList() throws {
    let all = clips(60)
    try store.add(all)
    let session = try store.begin()
    func expect(_ text: String, _ isWanted: (ClipRecord) -> Bool) throws {
      #expect(try find(text, session) == all.filter(isWanted).map(\.id), "\(text)")
    }
    try expect("") { _ in true }
    try expect("camera:PORCH") { $0.camera.text.lowercased().contains("porch") }
    try expect("-camera:porch") { !$0.camera.text.lowercased().contains("porch") }
    try expect("camera:\"porch 1\"") { $0.camera.text == "Porch 1" }
    try expect("camera:it's") { $0.camera.text == "it's" }
    try expect("camera:\"' OR 1=1 --\"") { _ in false }
    try expect("alert:person score<0.5") { $0.alert.label == "Person" && score($0) < 0.5 }
    try expect("score>=.8") { score($0) >= 0.8 }
    try expect("level=1") { level($0) == 1 }
    try expect("-level=1") { level($0) != 1 }
    try expect("source:staff") { $0.source == .staffTest }
    try expect("predicted:level_0") { level($0) == 0 }
    try expect("garage") { $0.camera.text == "garage" }
    try expect("state:done") { _ in false }
    try expect("age>1d") { _ in false }
    try expect("-age>1d garage") { $0.camera.text == "garage" }
  }

  @Test func sortsPutThemInOrder() throws {
    let all = clips(60)
    try store.add(all)
    let session = try store.begin()
    func expect(_ text: String, _ isBefore: (ClipRecord, ClipRecord) -> Bool) throws {
      let found = try find(text, session).compactMap { id in all.first { $0.id == id } }
      #expect(Set(found.map(\.id)) == Set(all.map(\.id)))
      for (one, next) in zip(found, found.dropFirst()) {
        #expect(!isBefore(next, one), "\(text): \(one.id.short) \(next.id.short)")
      }
    }
    try expect("sort:danger") { one, next in
      (level(one) ?? -1, score(one)) > (level(next) ?? -1, score(next))
    }
    try expect("sort:uncertain") { abs(score($0) - 0.5) < abs(score($1) - 0.5) - 0.0001 }
    try expect("sort:newest") { $0.id > $1.id }
    try expect("sort:oldest") { $0.id < $1.id }
    try expect("sort:-newest") { $0.id < $1.id }
    func name(_ clip: ClipRecord) -> String { clip.camera.text.lowercased() }
    try expect("sort:camera") { name($0) < name($1) }
    try expect("sort:-camera") { name($0) > name($1) }
    try expect("sort:alert") { $0.alert.label.lowercased() < $1.alert.label.lowercased() }
    try expect("sort:source") { $0.source.rawValue < $1.source.rawValue }
    try expect("sort:predicted") { one, next in
      let names = [one, next].map { $0.predictions.map(\.term.text).joined(separator: " ") }
      return names[0] < names[1]
    }
    try expect("sort:level") { (level($0) ?? -1) > (level($1) ?? -1) }
    try expect("sort:-level") { (level($0) ?? 9) < (level($1) ?? 9) }
    try expect("sort:score") { score($0) > score($1) + 0.0001 }
    try expect("sort:-score") { score($0) < score($1) - 0.0001 }
    try expect("sort:age") { time($0) < time($1) }
    try expect("sort:-age") { time($0) > time($1) }
    try expect("sort:random") { $0.id.lot(.audit, in: 65_536) < $1.id.lot(.audit, in: 65_536) }
  }

  /// A page of a long list is found without keeping all hits: it is what stands there in the whole.
  @Test func pagesOfALongListAreThoseOfTheWhole() throws {
    let count = 5000
    try store.add(clips(count))
    func page(
      _ query: WorklistQuery, _ offset: Int, _ limit: Int, capacity: Int = 65_536
    ) throws -> [Int64] {
      try store.read { database in
        var search = WorklistSearch(
          .due, query, offset: offset, limit: limit, thresholdPercent: 50, nowMilliseconds: now,
          capacity: capacity)
        for _ in 0..<9 {
          try store.forEachBlock(database) { search.add($0) }
          guard let page = search.endPass() else { continue }
          #expect(search.total == count)
          return page
        }
        Issue.record("no end of passes")
        return []
      }
    }
    for text in ["sort:newest", "sort:-camera", "sort:predicted", "sort:score", "sort:-level"] {
      let query = try WorklistQuery(text: text)
      let whole = try page(query, 0, count)
      #expect(Set(whole).count == count)
      for offset in [0, 100, 2500, 4997] {
        for capacity in [0, 600, 65_536] {
          #expect(
            try page(query, offset, 20, capacity: capacity)
              == Array(whole.dropFirst(offset).prefix(20)), "\(text) \(offset) \(capacity)")
        }
      }
      #expect(try page(query, .max, .max).isEmpty, "\(text)")
    }
  }

  /// Whatever comes in whatever order, and whenever some are dropped.
  @Test func theNearestAreKept() {
    var random = SeededGenerator(seed: 11)
    for count in [0, 1, 7, 300] {
      var nearest = NearestHits(count: count)
      let all = hits(9000, &random)
      for hit in all {
        nearest.add(hit)
        if nearest.isFull { nearest.drop() }
      }
      #expect(nearest.kept <= 2 * count + 4096)
      let wanted = all.sorted().prefix(count).dropFirst(count / 3)
      #expect(nearest.hits(behind: count / 3) == Array(wanted), "\(count)")
    }
  }

  /// Whatever comes in whatever order: a page anywhere, from two passes and few hits.
  @Test func aDeepPageIsFoundInTwoPasses() {
    var random = SeededGenerator(seed: 12)
    let all = hits(100_000, &random)
    for order in [all, all.sorted(), all.sorted(by: >)] {
      let sorted = all.sorted()
      for first in [0, 1, 500, 33_333, 50_000, 99_700, 99_999, 100_000, 1_000_000] {
        var deep = DeepPage(ranks: first..<first + 300, capacity: 4096)
        order.forEach { deep.add($0) }
        var found = deep.endPass()
        if found == nil {
          #expect(!deep.isFirstPass)
          order.forEach { deep.add($0) }
          #expect(deep.kept < 25_000, "\(first)")
          found = deep.endPass()
        }
        #expect(found == Array(sorted.dropFirst(first).prefix(300)), "\(first)")
      }
    }
  }

  /// A sample of two tells next to nothing, so that parts are looked in again that are wider.
  @Test func aDeepPageThatTheSampleMissesIsFoundAtLast() {
    var random = SeededGenerator(seed: 13)
    let all = hits(5000, &random)
    var passes: Set<Int> = []
    for first in stride(from: 0, to: 5000, by: 111) {
      var deep = DeepPage(ranks: first..<first + 20, capacity: 40, slack: 0.01)
      var (found, count): ([UInt64]?, Int) = (nil, 0)
      while found == nil, count < 12 {
        all.forEach { deep.add($0) }
        (found, count) = (deep.endPass(), count + 1)
      }
      #expect(found == Array(all.sorted().dropFirst(first).prefix(20)), "\(first)")
      passes.insert(count)
    }
    #expect(passes.contains(2) && passes.contains { $0 > 2 }, "\(passes)")
  }

  /// Hits of few and of many places in an order, all different.
  private func hits(_ count: Int, _ random: inout SeededGenerator) -> [UInt64] {
    (0..<UInt64(count)).map { position in
      let most = UInt64.random(in: 0...1000, using: &random)
      return UInt64.random(in: 0...most, using: &random) << 32 | position
    }
  }

  @Test func labelsReviewersAndReasonsAreFound() throws {
    try store.add(records(0..<4))
    let session = try store.begin()
    try store.label(clipID(0), judged, session)
    try store.label(clipID(1), [.skip(reason: "busy")], session)
    #expect(try find("label:person", session, .all) == [clipID(0)])
    #expect(try find("label:terms", session, .all).isEmpty)
    #expect(try find("reviewer:R07", session, .all) == [clipID(0)])
    #expect(try find("reason:busy", session, .skipped) == [clipID(1)])
    #expect(try find("level=0", session, .all) == [clipID(0)], "of the verdict")
    #expect(try find("state:due sort:newest", session, .all) == [clipID(3), clipID(2)])
  }

  @Test(arguments: [WorklistOrder.Rule.danger, .uncertain])
  func walksGoByThePolicysOrder(rule: WorklistOrder.Rule) throws {
    let all = clips(60)
    try store.add(all)
    let session = try store.beginSession(
      lead, taxonomy: taxonomy,
      order: WorklistOrder(rule: rule, auditPercent: 0, thresholdPercent: 30), nowMilliseconds: now)
    var walked: [WorklistRow] = []
    while let row = try store.leaseNext(
      .due, from: walked.last?.position, session: session, nowMilliseconds: now)
    {
      walked.append(row)
    }
    #expect(walked.count == 60)
    for (one, next) in zip(walked, walked.dropFirst()) {
      if rule == .danger {
        #expect(
          (level(one.record) ?? -1, score(one.record)) >= (
            level(next.record) ?? -1, score(next.record)
          ))
        #expect(one.turn == level(one.record).map { .level($0) } ?? .oldest)
      } else {
        #expect(
          abs(score(one.record) - 0.3) <= abs(score(next.record) - 0.3) + 0.0001)
        let hundredths = Int((score(one.record) * 100).rounded())
        #expect(one.turn == .score(hundredths, threshold: 30))
      }
    }
    var back: [Int] = []
    while let row = try store.leaseNext(
      .any, from: back.last, .backward, session: session, nowMilliseconds: now)
    {
      back.append(row.position)
    }
    #expect(back == walked.map(\.position).reversed())
  }

  @Test func aShareComesAtRandomPlacesForGood() throws {
    let all = clips(400)
    try store.add(all)
    func walk(_ audit: Int) throws -> [WorklistRow] {
      let session = try store.beginSession(
        lead, taxonomy: taxonomy,
        order: WorklistOrder(rule: .danger, auditPercent: audit, thresholdPercent: 50),
        nowMilliseconds: now)
      var walked: [WorklistRow] = []
      while let row = try store.leaseNext(
        .due, from: walked.last?.position, session: session, nowMilliseconds: now)
      {
        walked.append(row)
      }
      try session.end()
      return walked
    }
    let none = try walk(0)
    let some = try walk(25)
    #expect(none.allSatisfy { $0.turn != .audit })
    let drawn = some.filter { $0.turn == .audit }
    #expect(
      Set(drawn.map(\.record.id)) == Set(all.map(\.id).filter { $0.lot(.audit, in: 100) < 25 }))
    #expect((60...140).contains(drawn.count))
    #expect(try walk(25).map(\.position) == some.map(\.position), "the same each time")
    let rest = some.filter { $0.turn != .audit }.map(\.position)
    let places = Set(drawn.map(\.position))
    #expect(
      rest == none.map(\.position).filter { !places.contains($0) }, "the others keep their order")
    // The random ones are spread: some before the middle, some behind it.
    let early = some.prefix(200).filter { $0.turn == .audit }.count
    #expect(early > 10 && drawn.count - early > 10)
    // Clips that come in later are ranked too.
    var late = record(999)
    late.predictions = [Prediction(term: TermID("level_1"), score: 1)]
    late.alert = CameraAlert(label: "x", score: 1, model: "")
    try store.add([late])
    #expect(try walk(0).prefix(20).contains { $0.record.id == late.id })
  }
}
