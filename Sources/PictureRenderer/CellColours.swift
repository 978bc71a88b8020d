// SPDX-License-Identifier: Apache-2.0

/// The colours that characters can have, and how a sample's colour becomes one of them.
package enum CellColours: Hashable, Sendable {
  /// 24 bits.
  case direct
  /// xterm's fixed colours 16…255.
  case indexed256
  /// The 16 that have names, as xterm shows them where nobody changed them.
  case named16

  /// A sample's colour as the terminal will show it: as `0xRRGGBB` for `direct`, else as an index, so
  /// that colours it cannot tell apart are one.
  func shade(_ rgb: UInt32) -> UInt32 {
    switch self {
    case .direct: rgb
    case .indexed256: UInt32(NearestColours.shared.index(of: rgb))
    case .named16: UInt32(NamedColours.shared.index(of: rgb))
    }
  }

  /// A shade as SGR names it.
  func paint(shade: UInt32) -> SequenceWriter.Paint {
    switch self {
    case .direct: .direct(shade)
    case .indexed256: .indexed(UInt8(truncatingIfNeeded: shade))
    case .named16: .named(UInt8(truncatingIfNeeded: shade & 15))
    }
  }

  /// A shade's luma, 0 to 255.
  func luma(shade: UInt32) -> UInt32 {
    switch self {
    case .direct: shade.luma
    case .indexed256: NearestColours.palette[min(max(0, Int(shade) - 16), 239)].luma
    case .named16: NamedColours.palette[Int(shade & 15)].luma
    }
  }
}

/// The nearest of the 16 named colours to any colour, by a table over 32 steps a channel.
struct NamedColours: Sendable {
  /// The one table; 32 KiB, made at first use.
  static let shared = NamedColours()

  /// The colours as xterm has them, `0xRRGGBB`.
  static let palette: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  private let table: [UInt8]

  private init() {
    table = (0..<32_768).map { Self.search(UInt32(stepPlace: $0)) }
  }

  /// The index of the nearest colour to the middle of its step.
  func index(of rgb: UInt32) -> UInt8 { table[rgb.stepPlace] }

  /// The nearest by luma first, then by colour: with so few, a wrong hue hurts less than a wrong
  /// brightness.
  static func search(_ rgb: UInt32) -> UInt8 {
    func distance(_ other: UInt32) -> Int {
      let light = Int(rgb.luma) - Int(other.luma)
      let red = Int(rgb >> 16 & 0xFF) - Int(other >> 16 & 0xFF)
      let green = Int(rgb >> 8 & 0xFF) - Int(other >> 8 & 0xFF)
      let blue = Int(rgb & 0xFF) - Int(other & 0xFF)
      return 6 * light * light + red * red + green * green + blue * blue
    }
    let order = palette.indices.min { distance(palette[$0]) < distance(palette[$1]) }
    return UInt8(order ?? 0)
  }
}
