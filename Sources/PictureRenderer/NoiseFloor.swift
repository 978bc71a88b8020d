// SPDX-License-Identifier: Apache-2.0

/// What a camera's noise alone makes of a block, judged by the blocks of the pictures themselves:
/// with a camera that stands still, most hold nothing else.
struct NoiseFloor: Sendable {
  /// What a block may gain without being sent.
  private(set) var allowance: Int32 = 0
  private var counts = [Int32](repeating: 0, count: buckets)

  private static let buckets = 64
  /// Up to this much is taken for noise: light that changes everywhere must be seen.
  private static let most: Int32 = 4096

  /// Counts what a block gains.
  mutating func count(_ gain: Int32) {
    counts[Int(min(gain >> 6, Int32(Self.buckets - 1)))] += 1
  }

  /// Ends a picture: the next one's allowance is that of the block in the middle and as much again.
  mutating func settle() {
    let half = counts.reduce(0, +) / 2
    var below: Int32 = 0
    var middle = 0
    while middle < Self.buckets - 1, below + counts[middle] <= half {
      below += counts[middle]
      middle += 1
    }
    allowance = min(Int32(middle) * 128, Self.most)
    for bucket in counts.indices { counts[bucket] = 0 }
  }
}
