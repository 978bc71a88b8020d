// SPDX-License-Identifier: Apache-2.0

/// The least-squares partition of a grey histogram into runs of neighbouring values: k-means in one
/// dimension, solved exactly by dynamic programming (Fisher 1958), so that it never depends on a
/// starting guess.
struct HistogramPartition {
  /// Sums over the values below each: weights, weight × value, weight × value².
  private let sums: [(weight: Int, first: Int, second: Int)]
  /// The values from the lowest to the highest that occurs.
  private let values: Range<Int>

  /// Takes the counts of the values 0 to 255; nil where there are none.
  ///
  /// Counts are scaled to a total near 2²⁰, so that squares of sums stay within 64 bits.
  init?(counts: [Int]) {
    let total = counts.reduce(0, +)
    guard counts.count == 256, let low = counts.firstIndex(where: { $0 > 0 }),
      let high = counts.lastIndex(where: { $0 > 0 })
    else { return nil }
    values = low..<high + 1
    var sums = [(weight: 0, first: 0, second: 0)]
    for (value, count) in counts.enumerated() {
      let weight = count == 0 ? 0 : max(1, Int(Double(count) / Double(total) * 1_048_576))
      let last = sums[value]
      sums.append(
        (last.weight + weight, last.first + weight * value, last.second + weight * value * value))
    }
    self.sums = sums
  }

  /// The centres of the best partition into `count` runs, strictly rising by at least `leastGap`.
  ///
  /// Where the values lie closer than that many gaps, the centres are evenly spaced about their
  /// middle, one of them on it.
  func centres(_ count: Int, leastGap: Int) -> [UInt8] {
    let span = (count - 1) * leastGap
    guard count > 0, span <= 255 else { return [] }
    guard values.count - 1 > span else {
      let middle = (values.lowerBound + values.upperBound - 1) / 2
      let first = min(max(0, middle - count / 2 * leastGap), 255 - span)
      return (0..<count).map { UInt8(first + $0 * leastGap) }
    }
    var centres = runs(count).map { centre($0) }
    for index in centres.indices.dropFirst() {
      centres[index] = max(centres[index], centres[index - 1] + leastGap)
    }
    var ceiling = 255
    for index in centres.indices.reversed() {
      centres[index] = min(centres[index], ceiling)
      ceiling = centres[index] - leastGap
    }
    return centres.map { UInt8($0) }
  }

  /// The best partition of the values into non-empty runs; there are at least `count` values.
  private func runs(_ count: Int) -> [Range<Int>] {
    let (low, high) = (values.lowerBound, values.upperBound)
    var cost = (0...256).map { $0 > low ? error(low..<min($0, high)) : .max }
    var starts: [[Int]] = []
    for run in 1..<max(1, count) {
      var next = [Int](repeating: .max, count: 257)
      var start = [Int](repeating: low, count: 257)
      for end in (low + run + 1)...high {
        for middle in (low + run)..<end {
          let total = cost[middle] + error(middle..<end)
          if total < next[end] { (next[end], start[end]) = (total, middle) }
        }
      }
      cost = next
      starts.append(start)
    }
    var end = high
    var runs: [Range<Int>] = []
    for start in starts.reversed() {
      runs.append(start[end]..<end)
      end = start[end]
    }
    return [low..<end] + runs.reversed()
  }

  /// The weighted squared error of a run about its centre.
  private func error(_ run: Range<Int>) -> Int {
    let (low, high) = (sums[run.lowerBound], sums[run.upperBound])
    let weight = high.weight - low.weight
    guard weight > 0 else { return 0 }
    let first = high.first - low.first
    return high.second - low.second - first * first / weight
  }

  /// A run's mean, its middle where it has no weight.
  private func centre(_ run: Range<Int>) -> Int {
    let (low, high) = (sums[run.lowerBound], sums[run.upperBound])
    let weight = high.weight - low.weight
    guard weight > 0 else { return (run.lowerBound + run.upperBound - 1) / 2 }
    return (high.first - low.first + weight / 2) / weight
  }
}
