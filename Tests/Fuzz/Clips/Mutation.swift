// SPDX-License-Identifier: Apache-2.0

/// A way to damage a clip.
package enum Mutation: String, CaseIterable, Sendable {
  // Anywhere in the bytes.
  case flipBits, plantNumbers, truncate, dropPart, repeatPart, swapParts, insertNoise
  // The container's elements, with sizes that stay right.
  case swapElements, repeatElement, dropElement, moveElement, resizeElement
  /// An element that claims another size than it has.
  case claimSize
  /// An element of another clip in the place of one of the same name.
  case transplant
  /// Extreme values in indices, counts and headers.
  case tableNumbers
  /// Extreme times.
  case stamps
  /// The codec's own configuration: bits, or that of another clip.
  case codecConfig
  // Units of coded pictures.
  case swapUnits, repeatUnit, dropUnit, damageUnit, claimUnitLength
  /// Another clip from somewhere on: other codec, size or configuration in mid-stream.
  case splice
}

/// Values on which arithmetic and allocation break.
enum ExtremeNumbers {
  static let all: [UInt64] = [
    0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFF0,
    0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF,
    0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF, 4096, 4097, 60_000, 7_200, 3_600_000_000,
  ]

  static func any(_ random: inout some RandomNumberGenerator) -> UInt64 {
    if Int.random(in: 0..<4, using: &random) == 0 { return random.next() }
    return all.randomElement(using: &random) ?? 0
  }
}
