// SPDX-License-Identifier: Apache-2.0

/// How the samples of one axis are made of a source's: exact area where there are fewer, the
/// nearest where there are as many or more.
///
/// Sample `i` of `count` covers `[i·source/count, (i+1)·source/count)`; weights are that overlap in
/// parts of `total`, whole numbers.
struct AxisSpans: Hashable, Sendable {
  let source: Int
  let count: Int
  /// The sum of each sample's weights.
  let total: Int
  /// Each sample's first source index; its weights begin at `offsets[i]`.
  private(set) var starts: [Int] = []
  private(set) var offsets: [Int] = []
  private(set) var weights: [UInt32] = []

  /// Lays out `count` samples over `source` ones; both positive.
  init(source: Int, count: Int) {
    self.source = source
    self.count = count
    if count >= source {
      total = 1
      for index in 0..<count {
        starts.append(min(source - 1, (2 * index + 1) * source / (2 * count)))
        offsets.append(index)
        weights.append(1)
      }
    } else {
      total = source
      for index in 0..<count {
        let (low, high) = (index * source, (index + 1) * source)
        starts.append(low / count)
        offsets.append(weights.count)
        for place in low / count..<(high + count - 1) / count {
          weights.append(UInt32(min(high, (place + 1) * count) - max(low, place * count)))
        }
      }
    }
    offsets.append(weights.count)
  }
}
