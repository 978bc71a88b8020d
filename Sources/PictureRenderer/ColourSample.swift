// SPDX-License-Identifier: Apache-2.0

/// How often colours occur in pictures, by 32 steps a channel, with the exact mean of each step.
struct ColourSample: Sendable {
  /// A step's colours.
  struct Entry: Sendable {
    var sum = SIMD4<Int32>.zero
    var count: Int32 = 0

    /// Their mean.
    var mean: SIMD4<Float> { SIMD4<Float>(sum) / Float(max(1, count)) }
  }

  private var steps = [Entry](repeating: Entry(), count: 1 << 15)

  /// The steps that occur.
  var entries: [Entry] { steps.filter { $0.count > 0 } }

  /// Counts every `stride`th colour; at most 2²³ all in all, so that sums stay within 32 bits.
  mutating func add(_ colours: [UInt32], stride: Int) {
    var index = 0
    while index < colours.count {
      let rgb = colours[index]
      let place = rgb.stepPlace
      steps[place].sum &+= SIMD4<Int32>(channelsOf: rgb)
      steps[place].count += 1
      index += max(1, stride)
    }
  }
}
