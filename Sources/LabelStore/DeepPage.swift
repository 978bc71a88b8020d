// SPDX-License-Identifier: Apache-2.0

/// A page far down an order: found in two passes over the hits, as a rule, of which few are kept.
///
/// The first pass keeps a sample, which tells about where the page is, and the second what lies there:
/// with a sample of 65,536, about one hit in forty.
struct DeepPage {
  private let pageRanks: Range<Int>
  /// The hits of the first pass.
  private var sample: HitSample
  /// Those in a part of the order, of a later pass.
  private var part: HitPart?
  /// How far a part reaches beyond the page's likely place, in standard deviations of that.
  private var slack: Double

  /// Looks for the hits of some ranks, from 0, by a sample of at most `capacity`.
  init(ranks: Range<Int>, capacity: Int, slack: Double = 5) {
    pageRanks = ranks
    sample = HitSample(capacity: capacity)
    self.slack = slack
  }

  /// How many hits are kept.
  var kept: Int { sample.hits.count + (part?.hits.count ?? 0) }

  /// Whether this is the first pass.
  var isFirstPass: Bool { part == nil }

  /// Takes a hit of a pass; each pass takes the same ones.
  mutating func add(_ hit: UInt64) {
    if part == nil { sample.add(hit) } else { part?.add(hit) }
  }

  /// Gives each hit of the sample another value, which it then has in later passes.
  mutating func change(_ value: (UInt64) -> UInt64) { sample.change(value) }

  /// Ends a pass; nil where another is needed, and otherwise the page's hits in order.
  mutating func endPass() -> [UInt64]? {
    let ranks = pageRanks.clamped(to: 0..<sample.seen)
    guard !ranks.isEmpty else { return [] }
    if let part {
      if let hits = part.hits(ranks) { return hits }
      // The page was none of the sample's likely places, which hardly ever happens.
      slack *= 8
    } else {
      sample.sort()
      if sample.isWhole { return Array(sample.hits[ranks]) }
    }
    part = HitPart(sample.bounds(of: ranks, slack: slack))
    return nil
  }
}

/// Some hits of all, each as likely as any other.
private struct HitSample {
  private let capacity: Int
  private(set) var hits: [UInt64] = []
  /// How many came.
  private(set) var seen = 0
  /// Hits whose lot is above it are not in the sample.
  private var bound = UInt64.max

  init(capacity: Int) { self.capacity = max(2, capacity) }

  /// Whether every hit that came is in it.
  var isWhole: Bool { hits.count == seen }

  mutating func add(_ hit: UInt64) {
    seen += 1
    guard Self.lot(hit) <= bound else { return }
    hits.append(hit)
    while hits.count > capacity, bound > 0 {
      bound /= 2
      hits.removeAll { [bound] in Self.lot($0) > bound }
    }
  }

  mutating func change(_ value: (UInt64) -> UInt64) {
    for index in hits.indices { hits[index] = value(hits[index]) }
  }

  mutating func sort() { hits.sort() }

  /// What lies before and behind the hits of some ranks, by a sorted sample; nil is an end of the order.
  func bounds(of ranks: Range<Int>, slack: Double) -> (low: UInt64?, high: UInt64?) {
    let margin = slack * Double(hits.count).squareRoot() / 2 + 2
    func place(_ rank: Int) -> Double { Double(rank) / Double(seen) * Double(hits.count) }
    let (low, high) = (place(ranks.lowerBound) - margin, place(ranks.upperBound) + margin)
    return (
      low > 0 && low < Double(hits.count) ? hits[Int(low)] : nil,
      high < Double(hits.count) ? hits[Int(high)] : nil
    )
  }

  /// A number by a hit's position alone, since what else it holds may change (SplitMix64's finisher).
  private static func lot(_ hit: UInt64) -> UInt64 {
    var lot = (hit & 0xFFFF_FFFF) &* 0x9E37_79B9_7F4A_7C15
    lot = (lot ^ lot >> 30) &* 0xBF58_476D_1CE4_E5B9
    lot = (lot ^ lot >> 27) &* 0x94D0_49BB_1331_11EB
    return lot ^ lot >> 31
  }
}

/// The hits between two, and how many come before them.
private struct HitPart {
  private let low: UInt64?
  private let high: UInt64?
  private(set) var hits: [UInt64] = []
  private var countBefore = 0

  init(_ bounds: (low: UInt64?, high: UInt64?)) { (low, high) = bounds }

  mutating func add(_ hit: UInt64) {
    if let low, hit < low {
      countBefore += 1
    } else if high.map({ hit <= $0 }) ?? true {
      hits.append(hit)
    }
  }

  /// Those of some ranks in order; nil where they are not all in this part.
  func hits(_ ranks: Range<Int>) -> [UInt64]? {
    let (first, end) = (ranks.lowerBound - countBefore, ranks.upperBound - countBefore)
    guard first >= 0, end <= hits.count else { return nil }
    return Array(hits.sorted()[first..<end])
  }
}
