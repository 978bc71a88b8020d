// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A family of characters that cut a cell into equal parts, each in one of two colours.
///
/// A pattern has a bit for each part, rows from the top, the left one of a row first; a set bit is
/// the foreground.
package struct BlockSet: Hashable, Sendable {
  /// The parts across and down; at most eight in all.
  let parts: PixelSize
  /// The character of each pattern.
  let glyphs: [Glyph]
  /// Whether a pattern may also be drawn by its opposite with the colours exchanged, as blocks may
  /// and dots, which leave gaps, may not.
  let isTiled: Bool

  /// The patterns of one part, of two, … as bits.
  var partCount: Int { parts.area }
}

extension BlockSet {
  /// 2 × 2 parts: U+2580 to U+259F, which most fonts have.
  package static let quadrants = BlockSet(
    parts: PixelSize(width: 2, height: 2),
    glyphs: quadrantCodes.map(Glyph.init), isTiled: true)

  private static let quadrantCodes: [UInt32] = [
    0x20, 0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B,
    0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599, 0x259F, 0x2588,
  ]

  /// 2 × 3 parts: Unicode 13's U+1FB00 to U+1FB3B and the four that were there before.
  package static let sextants = BlockSet(
    parts: PixelSize(width: 2, height: 3),
    glyphs: (0..<64 as Range<UInt32>).map { pattern in
      switch pattern {
      case 0: .space
      case 21: Glyph(0x258C)
      case 42: Glyph(0x2590)
      case 63: Glyph(0x2588)
      default: Glyph(0x1FB00 + pattern - 1 - (pattern > 21 ? 1 : 0) - (pattern > 42 ? 1 : 0))
      }
    }, isTiled: true)

  /// 2 × 4 parts: Unicode 16's U+1CD00 to U+1CDE5 in the order of their patterns, and those that
  /// have characters elsewhere.
  package static let octants: BlockSet = {
    var elsewhere: [UInt32: UInt32] = [
      0x01: 0x1CEA8, 0x02: 0x1CEAB, 0x40: 0x1CEA3, 0x80: 0x1CEA0, 0x14: 0x1FBE6, 0x28: 0x1FBE7,
      0x03: 0x1FB82, 0xC0: 0x2582, 0x3F: 0x1FB85, 0xFC: 0x2586,
    ]
    for (pattern, code) in quadrantCodes.enumerated() {
      let (upper, lower) = (UInt32(pattern) & 3, UInt32(pattern) >> 2)
      elsewhere[upper | upper << 2 | lower << 4 | lower << 6] = code
    }
    var next: UInt32 = 0x1CD00
    let glyphs = (0..<256 as Range<UInt32>).map { pattern -> Glyph in
      if let code = elsewhere[pattern] { return Glyph(code) }
      defer { next += 1 }
      return Glyph(next)
    }
    return BlockSet(parts: PixelSize(width: 2, height: 4), glyphs: glyphs, isTiled: true)
  }()

  /// 2 × 4 dots: U+2800 to U+28FF, whose bits are numbered down the columns but for the last row.
  package static let braille: BlockSet = {
    let dots: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    let glyphs = (0..<256).map { pattern in
      Glyph(dots.indices.reduce(0x2800) { $0 | (pattern >> $1 & 1 == 1 ? dots[$1] : 0) })
    }
    return BlockSet(parts: PixelSize(width: 2, height: 4), glyphs: glyphs, isTiled: false)
  }()
}
