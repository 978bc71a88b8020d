// SPDX-License-Identifier: Apache-2.0

/// An ordered pattern of 8 × 8 that is added to a picture before its colours are chosen; fixed in
/// space, so that what stands still stays the same.
struct OrderedDither: Sendable {
  private let offsets: [Int32]
  private var colours: [UInt32] = []

  /// Makes a pattern that changes a channel by at most half of `depth` either way.
  init(depth: Int) {
    let depth = Int32(min(max(0, depth), 255))
    offsets = (0..<64).map { place in
      let (row, column) = (place / 8, place % 8)
      // Bayer's matrix: the bits of row and of row ⊕ column, the lowest first.
      let rank = (0..<3).reduce(0) { rank, bit in
        rank << 2 | ((row ^ column) >> bit & 1) << 1 | row >> bit & 1
      }
      return (Int32(rank) * 2 - 63) * depth / 128
    }
  }

  /// The picture with the pattern added.
  mutating func apply(to picture: [UInt32], width: Int) -> [UInt32] {
    if colours.count != picture.count { colours = picture }
    for place in picture.indices {
      let (row, column) = place.quotientAndRemainder(dividingBy: max(1, width))
      let offset = offsets[(row & 7) << 3 | column & 7]
      var channels = SIMD4<Int32>(channelsOf: picture[place]) &+ offset
      channels.clamp(lowerBound: .zero, upperBound: SIMD4(repeating: 255))
      colours[place] = UInt32(channels[0]) << 16 | UInt32(channels[1]) << 8 | UInt32(channels[2])
    }
    return colours
  }
}
