// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import TerminalScreen

/// A line of some speed, over which pictures go one at a time.
private struct Line {
  var bytesPerSecond: Double
  var latency: Double
  var pace: LinePace
  var now: Int64 = 0
  var random: SeededGenerator
  private(set) var changes = 0
  /// The frames since `mark`, and when that was.
  private(set) var frames = 0
  private var since: Int64 = 0

  init(_ bytesPerSecond: Double, latency: Double = 5, budget: Int? = nil, seed: UInt64 = 7) {
    (self.bytesPerSecond, self.latency) = (bytesPerSecond, latency)
    pace = LinePace(latencyMilliseconds: Int64(latency), budget: budget)
    random = SeededGenerator(seed: seed)
    // The chrome that is sent first.
    send(4000, isPicture: false)
  }

  /// Sends one frame and waits for its answer.
  mutating func send(_ bytes: Int, isPicture: Bool = true, stall: Double = 0) {
    let noise = Double.random(in: 0.9...1.2, using: &random)
    let time = latency + stall + Double(bytes) * 1000 * noise / bytesPerSecond
    now += max(1, Int64(time))
    let before = pace.quality
    pace.took(
      max(1, Int64(time)), bytes: bytes, isPicture: isPicture, nowMilliseconds: now)
    if pace.quality != before { changes += 1 }
    frames += 1
    now += 20
  }

  /// Plays pictures that take so many bytes at full quality, for so long.
  mutating func play(_ bytes: Int, milliseconds: Int64) {
    mark()
    let end = now + milliseconds
    while now < end {
      let noise = Double.random(in: 0.5...1.3, using: &random)
      send(max(60, Int(Double(bytes) * noise * Self.share(pace.quality))))
    }
  }

  mutating func mark() { (frames, changes, since) = (0, 0, now) }

  var framesPerSecond: Double { Double(frames) * 1000 / Double(max(1, now - since)) }

  /// What pictures really take; not what is supposed of them.
  static func share(_ quality: PictureQuality) -> Double {
    [1, 0.6, 0.25, 0.08, 0.03][quality.rawValue]
  }
}

@Suite("How fast the line is")
struct LinePaceTests {
  @Test(
    "the rate and the latency are found",
    arguments: [
      (9600.0, 5.0), (9600, 300), (100_000, 2), (100_000, 150), (1_000_000, 40), (20_000_000, 1),
    ])
  func rate(rate: Double, latency: Double) {
    var line = Line(rate, latency: latency)
    for bytes in [3000, 9000, 5000, 12_000, 4000, 7000, 11_000, 3000, 8000] { line.send(bytes) }
    // A millisecond is all that is known of a fast line.
    let found = line.pace.bytesPerSecond ?? 0
    #expect(found > 0.7 * min(rate, 1_000_000))
    if rate < 1_000_000 { #expect(found < 1.5 * rate, "\(found)") }
    #expect(abs(line.pace.latencyMilliseconds - latency) < 60 + latency / 2)
  }

  @Test(
    "a slow line keeps its frames, and what is drawn does not flap",
    arguments: [
      (9600.0, PictureQuality.quarter...PictureQuality.eighth), (30_000, .half ... .quarter),
      (100_000, .fewerColours ... .half), (1_000_000, .full ... .full),
    ], [5.0, 80])
  func converges(_ line: (rate: Double, quality: ClosedRange<PictureQuality>), latency: Double) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var wire = Line(line.rate, latency: latency, seed: seed)
      wire.play(40_000, milliseconds: 20_000)
      wire.play(40_000, milliseconds: 60_000)
      #expect(line.quality.contains(wire.pace.quality), "\(wire.pace.quality)")
      #expect(wire.framesPerSecond > 3, "\(wire.framesPerSecond)")
      #expect(wire.changes <= 12, "\(wire.changes) changes in a minute")
    }
  }

  @Test("the first picture over a slow line is small already, that over a fast one whole")
  func first() {
    #expect(Line(9600).pace.quality >= .half)
    #expect(Line(50_000).pace.quality >= .fewerColours)
    #expect(Line(1_000_000).pace.quality == .full)
    #expect(LinePace().quality == .full)
    #expect(LinePace(budget: 9600).quality >= .half, "a budget is a line")
    #expect(LinePace(budget: 5_000_000).quality == .full)
    #expect(LinePace(budget: 0).quality == .eighth && LinePace(budget: -1).quality == .eighth)
  }

  @Test("colours go first, then resolution, and all comes back where the line allows")
  func order() {
    var line = Line(1_000_000)
    line.play(30_000, milliseconds: 5000)
    #expect(line.pace.quality == .full)
    var seen: [PictureQuality] = []
    for rate in [90_000.0, 50_000, 20_000, 8000] {
      line.bytesPerSecond = rate
      line.play(30_000, milliseconds: 6000)
      seen.append(line.pace.quality)
    }
    #expect(seen == seen.sorted() && seen[0] >= .fewerColours && seen[3] >= .quarter, "\(seen)")
    line.bytesPerSecond = 2_000_000
    line.play(30_000, milliseconds: 40_000)
    #expect(line.pace.quality == .full)
  }

  @Test("a terminal that stops for two seconds loses nothing of its picture for it")
  func stall() {
    var line = Line(2_000_000, latency: 2)
    line.play(20_000, milliseconds: 5000)
    line.send(20_000, stall: 2000)
    #expect(line.pace.quality == .full)
    line.play(20_000, milliseconds: 1000)
    #expect(line.pace.quality == .full)
  }

  @Test("a terminal that shows each frame at its next tick is not taken for a slow line")
  func ticks() {
    var line = Line(50_000_000, latency: 17)
    for _ in 0..<200 { line.send(300) }
    line.send(170_000)
    line.play(15_000, milliseconds: 3000)
    #expect(line.pace.quality == .full)
  }

  @Test("a picture that stands still may take three seconds")
  func still() {
    var line = Line(20_000)
    line.play(40_000, milliseconds: 20_000)
    #expect(line.pace.stillQuality < line.pace.quality)
    #expect(LinePace().stillQuality == .full)
  }

  @Test("nothing that is measured crashes it")
  func anything() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      var pace = LinePace(
        latencyMilliseconds: .random(in: -10...5000, using: &random),
        budget: Bool.random(using: &random) ? .random(in: -5...100_000, using: &random) : nil)
      for step in 0..<100 {
        pace.took(
          [-5, 0, 1, 300, .max].randomElement(using: &random) ?? 0,
          bytes: [0, 1, 3000, 8 << 20].randomElement(using: &random) ?? 0,
          isPicture: .random(using: &random), nowMilliseconds: Int64(step * 40))
        #expect(pace.latencyMilliseconds >= 0 && (pace.bytesPerSecond ?? 1) > 0)
        _ = pace.stillQuality
      }
    }
  }
}

@Suite("The budget of bytes")
struct ByteBudgetTests {
  @Test("pictures wait until what went out is paid for")
  func waits() {
    var budget = ByteBudget(1000)
    #expect(budget.allows(nowMilliseconds: 0))
    budget.spend(500, nowMilliseconds: 100)
    #expect(!budget.allows(nowMilliseconds: 599))
    #expect(budget.deadlineMilliseconds(nowMilliseconds: 200) == 600)
    #expect(budget.allows(nowMilliseconds: 600))
    #expect(budget.deadlineMilliseconds(nowMilliseconds: 600) == nil)
    var none = ByteBudget(nil)
    none.spend(1 << 30, nowMilliseconds: 0)
    #expect(none.allows(nowMilliseconds: 0) && none.deadlineMilliseconds(nowMilliseconds: 0) == nil)
  }

  @Test("over a minute no more goes out than the budget and one picture")
  func kept() {
    var random = SeededGenerator(seed: 9)
    for limit in [1000, 9600, 1_000_000] {
      var budget = ByteBudget(limit)
      var total = 0
      for now in 0..<60_000 as Range<Int64> where budget.allows(nowMilliseconds: now) {
        let bytes = Int.random(in: 1...20_000, using: &random)
        budget.spend(bytes, nowMilliseconds: now)
        total += bytes
      }
      #expect(total <= limit * 60 + 20_000 && total > limit * 50)
    }
  }
}
