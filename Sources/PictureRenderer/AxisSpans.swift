// SPDX-License-Identifier: Apache-2.0

/// How the samples of one axis are made of a source's.
///
/// Sample `i` of `count` covers `[i·source/count, (i+1)·source/count)`; weights are that overlap in
/// parts of `total`, whole numbers.
struct AxisSpans: Hashable, Sendable {
  /// What samples are made of where there are as many as the source has, or more.
  enum Enlarging: Hashable, Sendable {
    /// The source's own values, never mixed: a grid's cells stay what they are.
    case nearest
    /// The same overlaps as where there are fewer: edges fall between samples.
    case area
  }

  let source: Int
  let count: Int
  /// Which of the samples are made.
  let window: Range<Int>
  let enlarging: Enlarging
  /// The sum of each sample's weights.
  let total: Int
  /// Each sample's first source index; its weights begin at `offsets[i]`.
  private(set) var starts: [Int] = []
  private(set) var offsets: [Int] = []
  private(set) var weights: [UInt32] = []

  /// Lays out samples over `source` ones; both counts are positive, the window lies within `count`.
  init(source: Int, count: Int, window: Range<Int>, enlarging: Enlarging = .nearest) {
    self.source = source
    self.count = count
    self.window = window
    self.enlarging = enlarging
    if count == source || count > source && enlarging == .nearest {
      total = 1
      for index in window {
        starts.append(min(source - 1, (2 * index + 1) * source / (2 * count)))
        offsets.append(weights.count)
        weights.append(1)
      }
    } else {
      total = source
      for index in window {
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
