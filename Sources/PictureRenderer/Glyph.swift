// SPDX-License-Identifier: Apache-2.0

/// A character of one cell, as the bytes that are sent.
struct Glyph: Hashable, Sendable {
  /// Its UTF-8, the first byte lowest; no byte of it is zero.
  let utf8: UInt32

  static let space = Glyph(0x20)
  static let lowerHalf = Glyph(0x2584)

  /// The character of a code point; a space where it is none.
  init(_ codePoint: UInt32) {
    let scalar = Unicode.Scalar(codePoint) ?? " "
    var bytes: UInt32 = 0
    for (place, unit) in String(Character(scalar)).utf8.enumerated() {
      bytes |= UInt32(unit) << (8 * UInt32(place))
    }
    utf8 = bytes
  }
}
