// SPDX-License-Identifier: Apache-2.0

/// Colours of pictures, taken here and there, that a palette is chosen for.
package struct ColourSample: Sendable {
  /// A step's colours: how many, and their mean.
  struct Entry: Sendable {
    var mean: SIMD4<Float>
    var weight: Float
  }

  private var colours: [UInt32] = []

  /// Starts empty.
  package init() {}

  /// Takes every `stride`th colour; at most 2²³ all in all, so that sums stay within 32 bits.
  mutating func add(_ colours: [UInt32], stride: Int) {
    let step = max(1, stride)
    self.colours.reserveCapacity(self.colours.count + colours.count / step + 1)
    for index in Swift.stride(from: 0, to: colours.count, by: step) {
      self.colours.append(colours[index])
    }
  }

  /// The steps of so many bits a channel that occur, with the exact mean of each; at most 8 bits.
  func entries(bits: UInt32) -> [Entry] {
    var places = [Int32](repeating: -1, count: 1 << (3 * bits))
    var sums: [SIMD4<Int32>] = []
    let (drop, mask) = (8 - bits, (1 as UInt32) << bits - 1)
    for rgb in colours {
      let red = rgb >> (16 + drop) & mask
      let green = rgb >> (8 + drop) & mask
      let step = Int(red << (2 * bits) | green << bits | rgb >> drop & mask)
      if places[step] < 0 {
        places[step] = Int32(sums.count)
        sums.append(.zero)
      }
      sums[Int(places[step])] &+= SIMD4<Int32>(channelsOf: rgb) | SIMD4<Int32>(0, 0, 0, 1)
    }
    return sums.map { sum in
      let weight = Float(sum[3])
      var mean = SIMD4<Float>(sum) / weight
      mean[3] = 0
      return Entry(mean: mean, weight: weight)
    }
  }

  /// The different colours, in order; nil where there are more than `most`.
  func distinct(atMost most: Int) -> [UInt32]? {
    var seen: Set<UInt32> = []
    for colour in colours where seen.insert(colour).inserted && seen.count > most { return nil }
    return seen.sorted()
  }
}
