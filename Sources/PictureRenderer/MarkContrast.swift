// SPDX-License-Identifier: Apache-2.0

/// How far a mark's letters stand out of what they lie on.
enum MarkContrast {
  /// The difference in luma, in steps of a channel.
  static let step: UInt32 = 34
  /// The least difference where there are 16 colours, which every terminal has of its own.
  static let stepOfNamed = 64
  /// From this luma on letters are darker than their ground, below it lighter.
  private static let middle: UInt32 = 144
  /// A letter in a moving picture changes sides once its ground is so far beyond the middle.
  private static let margin: UInt32 = 12

  /// Whether letters on a ground are darker than it.
  ///
  /// - Parameters:
  ///   - luma: The ground's luma.
  ///   - before: What they were; nil where that does not count.
  /// - Returns: False where they are lighter.
  static func isDarker(on luma: UInt32, before: Bool?) -> Bool {
    switch before {
    case nil: luma >= middle
    case true?: luma + margin >= middle
    case false?: luma >= middle + margin
    }
  }

  /// A ground's colour `0xRRGGBB` as its letters have it.
  static func ink(on ground: UInt32, isDarker: Bool) -> UInt32 {
    moved(ground, by: step, isDarker: isDarker)
  }

  /// A colour lighter or darker by so many steps in each channel.
  @inline(__always)
  static func moved(_ colour: UInt32, by step: UInt32, isDarker: Bool) -> UInt32 {
    let red = moved(channel: colour >> 16 & 0xFF, step, isDarker)
    let green = moved(channel: colour >> 8 & 0xFF, step, isDarker)
    return red << 16 | green << 8 | moved(channel: colour & 0xFF, step, isDarker)
  }

  @inline(__always)
  private static func moved(channel: UInt32, _ step: UInt32, _ isDarker: Bool) -> UInt32 {
    isDarker ? channel - min(channel, step) : min(255, channel + step)
  }
}

extension CellColours {
  /// The shade of a letter on a ground of another: the nearest that stands out of it enough.
  func ink(on ground: UInt32, isDarker: Bool) -> UInt32 {
    switch self {
    case .direct:
      return MarkContrast.ink(on: ground, isDarker: isDarker)
    case .indexed256:
      let colour = NearestColours.palette[min(max(0, Int(ground) - 16), 239)]
      for step in stride(from: MarkContrast.step, through: 128, by: 6) {
        let ink = shade(MarkContrast.moved(colour, by: step, isDarker: isDarker))
        let off = abs(Int(luma(shade: ink)) - Int(colour.luma))
        if off * 4 >= Int(MarkContrast.step) * 3 { return ink }
      }
      return isDarker ? 16 : 231
    case .named16:
      return Self.grey(apartFrom: luma(shade: ground), in: NamedColours.palette)
    }
  }

  /// The place of the grey of a palette that is nearest to a luma and yet far enough from it.
  static func grey(apartFrom luma: UInt32, in palette: [UInt32]) -> UInt32 {
    let greys = [0, 7, 8, 15].filter {
      abs(Int(palette[$0].luma) - Int(luma)) >= MarkContrast.stepOfNamed
    }
    let nearest = greys.min {
      abs(Int(palette[$0].luma) - Int(luma)) < abs(Int(palette[$1].luma) - Int(luma))
    }
    return UInt32(nearest ?? 0)
  }
}
