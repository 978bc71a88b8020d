// SPDX-License-Identifier: Apache-2.0

/// Parts colours into boxes, always the one whose colours differ most, and gives each box's mean,
/// after Heckbert's median cut and three rounds of k-means.
struct MedianCut {
  private struct Box {
    var range: Range<Int>
    /// The sum of squared differences to the mean, along the axis where that is greatest.
    var spread: Float
    var axis: Int
  }

  private var entries: [ColourSample.Entry]

  init(_ sample: ColourSample) { entries = sample.entries }

  /// The means of at most `count` boxes, `0xRRGGBB`; black where there is no colour at all.
  mutating func means(count: Int) -> [UInt32] {
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
    for _ in 0..<3 { centres = refined(centres) }
    return centres.map(Self.colour)
  }

  private func mean(_ range: Range<Int>) -> SIMD4<Float> {
    var sum = SIMD4<Float>.zero
    var weight: Float = 0
    for entry in entries[range] {
      sum += SIMD4<Float>(entry.sum)
      weight += Float(entry.count)
    }
    return sum / max(1, weight)
  }

  private func box(_ range: Range<Int>) -> Box {
    let middle = mean(range)
    var spread = SIMD4<Float>.zero
    for entry in entries[range] {
      let off = entry.mean - middle
      spread += off * off * Float(entry.count)
    }
    let axis = (0..<3).max { spread[$0] < spread[$1] } ?? 0
    return Box(range: range, spread: range.count > 1 ? spread[axis] : 0, axis: axis)
  }

  /// Cuts a box of two entries or more where its own mean lies, so that neither part is empty.
  private mutating func split(_ box: Box) -> (Box, Box) {
    let axis = box.axis
    entries[box.range].sort { $0.mean[axis] < $1.mean[axis] }
    let middle = mean(box.range)[axis]
    let found = entries[box.range].firstIndex { $0.mean[axis] > middle } ?? box.range.upperBound
    let cut = min(max(box.range.lowerBound + 1, found), box.range.upperBound - 1)
    return (self.box(box.range.lowerBound..<cut), self.box(cut..<box.range.upperBound))
  }

  /// The means of the entries nearest to each centre; a centre without any stays.
  private func refined(_ centres: [SIMD4<Float>]) -> [SIMD4<Float>] {
    var sums = [SIMD4<Float>](repeating: .zero, count: centres.count)
    var weights = [Float](repeating: 0, count: centres.count)
    for entry in entries {
      let mean = entry.mean
      var best = (index: 0, distance: Float.infinity)
      for index in centres.indices {
        let off = centres[index] - mean
        let distance = (off * off).sum()
        if distance < best.distance { best = (index, distance) }
      }
      sums[best.index] += SIMD4<Float>(entry.sum)
      weights[best.index] += Float(entry.count)
    }
    return centres.indices.map { weights[$0] > 0 ? sums[$0] / weights[$0] : centres[$0] }
  }

  private static func colour(_ mean: SIMD4<Float>) -> UInt32 {
    let channels = mean.rounded(.toNearestOrAwayFromZero)
    return UInt32(channels[0]) << 16 | UInt32(channels[1]) << 8 | UInt32(channels[2])
  }
}
