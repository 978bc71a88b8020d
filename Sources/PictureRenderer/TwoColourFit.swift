// SPDX-License-Identifier: Apache-2.0

/// Finds the pattern and the two colours that come nearest to a cell's samples.
///
/// The error is the sum of squared differences over samples and channels. What a pattern explains
/// of it is `n · |A|² / (k · (n − k))` with `A` the sum of its `k` samples' differences to the mean
/// of all `n`; patterns are walked in Gray code, so that each costs one addition.
struct TwoColourFit: Sendable {
  /// What was found.
  struct Result: Equatable {
    /// The samples that have the foreground; 0 where one colour does.
    var pattern: Int
    var foreground: UInt32
    var background: UInt32
  }

  private let count: Int
  /// Samples as they are and as differences to their mean, times their number.
  private var values = [SIMD4<Int32>](repeating: .zero, count: 8)
  private var differences = [SIMD4<Int32>](repeating: .zero, count: 8)
  private var total = SIMD4<Int32>.zero
  private let shares: [Float]
  private let steps: [(flip: Int, pattern: Int)]

  /// Prepares for cells of so many samples, two to eight.
  init(count: Int) {
    self.count = min(max(2, count), 8)
    let n = Float(self.count)
    shares = (0...self.count).map { k in
      let k = Float(k)
      return k == 0 || k == n ? 0 : 1 / (n * k * (n - k))
    }
    // The last sample stays background: an opposite explains as much.
    steps = (1..<1 << (self.count - 1)).map { step in
      (step.trailingZeroBitCount, step ^ step >> 1)
    }
  }

  /// Takes a cell's samples, at least `count` of them.
  mutating func load(_ samples: borrowing [UInt32]) {
    total = .zero
    for index in 0..<count {
      let colour = samples[index]
      let value = SIMD4<Int32>(
        Int32(colour >> 16 & 0xFF), Int32(colour >> 8 & 0xFF), Int32(colour & 0xFF), 0)
      values[index] = value
      total &+= value
    }
    for index in 0..<count { differences[index] = values[index] &* Int32(count) &- total }
  }

  /// The best pattern, and what it explains of the samples' squared differences to their mean.
  func best() -> (pattern: Int, explained: Float) {
    var sum = SIMD4<Int32>.zero
    var best = (pattern: 0, explained: Float(0))
    var members = 0
    for step in steps {
      let isIn = step.pattern >> step.flip & 1 == 1
      sum = isIn ? sum &+ differences[step.flip] : sum &- differences[step.flip]
      members += isIn ? 1 : -1
      let explained = Self.square(sum) * shares[members]
      if explained > best.explained { best = (step.pattern, explained) }
    }
    return best
  }

  /// What a pattern explains.
  func explained(by pattern: Int) -> Float {
    var sum = SIMD4<Int32>.zero
    var members = 0
    for index in 0..<count where pattern >> index & 1 == 1 {
      sum &+= differences[index]
      members += 1
    }
    return Self.square(sum) * shares[members]
  }

  /// A pattern with the colours that fit it best: the means of its parts.
  func colours(for pattern: Int) -> Result {
    var sum = SIMD4<Int32>.zero
    var members: Int32 = 0
    for index in 0..<count where pattern >> index & 1 == 1 {
      sum &+= values[index]
      members += 1
    }
    let back = Self.mean(total &- sum, Int32(count) - members)
    guard members > 0, members < count else {
      let one = Self.mean(total, Int32(count))
      return Result(pattern: 0, foreground: one, background: one)
    }
    return Result(pattern: pattern, foreground: Self.mean(sum, members), background: back)
  }

  private static func square(_ sum: SIMD4<Int32>) -> Float {
    let parts = SIMD4<Float>(sum)
    return (parts * parts).sum()
  }

  private static func mean(_ sum: SIMD4<Int32>, _ count: Int32) -> UInt32 {
    guard count > 0 else { return 0 }
    let half = count / 2
    let red = UInt32((sum[0] + half) / count)
    let green = UInt32((sum[1] + half) / count)
    return red << 16 | green << 8 | UInt32((sum[2] + half) / count)
  }
}
