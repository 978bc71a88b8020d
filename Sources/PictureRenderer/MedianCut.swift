// SPDX-License-Identifier: Apache-2.0

/// Parts colours into boxes, always the one whose colours differ most, and gives each box's mean,
/// after Heckbert's median cut and some rounds of k-means.
struct MedianCut {
  private struct Box {
    var range: Range<Int>
    /// The sum of squared differences to the mean, along the axis where that is greatest.
    var spread: Float
    var axis: Int
  }

  private var entries: [ColourSample.Entry]

  /// Starts with what occurs.
  init(_ entries: [ColourSample.Entry]) { self.entries = entries }

  /// The means of at most `count` boxes, `0xRRGGBB`; black where there is no colour at all.
  mutating func means(count: Int, rounds: Int) -> [UInt32] {
    guard !entries.isEmpty else { return [0] }
    var boxes = [box(0..<entries.count)]
    while boxes.count < count {
      guard let widest = boxes.indices.max(by: { boxes[$0].spread < boxes[$1].spread }),
        boxes[widest].spread > 0
      else { break }
      let (low, high) = split(boxes[widest])
      boxes[widest] = low
      boxes.append(high)
    }
    var centres = boxes.map { mean($0.range) }
    for _ in 0..<rounds { centres = refined(centres) }
    return centres.map(Self.colour)
  }

  private func mean(_ range: Range<Int>) -> SIMD4<Float> {
    var sum = SIMD4<Float>.zero
    var weight: Float = 0
    for entry in entries[range] {
      sum += entry.mean * entry.weight
      weight += entry.weight
    }
    return sum / max(1, weight)
  }

  private func box(_ range: Range<Int>) -> Box {
    let middle = mean(range)
    var spread = SIMD4<Float>.zero
    for entry in entries[range] {
      let off = entry.mean - middle
      spread += off * off * entry.weight
    }
    let axis = (0..<3).max { spread[$0] < spread[$1] } ?? 0
    return Box(range: range, spread: range.count > 1 ? spread[axis] : 0, axis: axis)
  }

  /// Cuts a box of two entries or more where its own mean lies, so that neither part is empty.
  private mutating func split(_ box: Box) -> (Box, Box) {
    let axis = box.axis
    let middle = mean(box.range)[axis]
    let found = entries[box.range].partition { $0.mean[axis] > middle }
    let cut = min(max(box.range.lowerBound + 1, found), box.range.upperBound - 1)
    return (self.box(box.range.lowerBound..<cut), self.box(cut..<box.range.upperBound))
  }

  /// The means of the entries nearest to each centre; a centre without any stays.
  private func refined(_ centres: [SIMD4<Float>]) -> [SIMD4<Float>] {
    let groups = ColourGroups(centres)
    var sums = [SIMD4<Float>](repeating: .zero, count: centres.count)
    var weights = [Float](repeating: 0, count: centres.count)
    for entry in entries {
      let nearest = groups.nearest(to: entry.mean)
      sums[nearest] += entry.mean * entry.weight
      weights[nearest] += entry.weight
    }
    return centres.indices.map { weights[$0] > 0 ? sums[$0] / weights[$0] : centres[$0] }
  }

  private static func colour(_ mean: SIMD4<Float>) -> UInt32 {
    let channels = mean.rounded(.toNearestOrAwayFromZero)
    return UInt32(channels[0]) << 16 | UInt32(channels[1]) << 8 | UInt32(channels[2])
  }
}
