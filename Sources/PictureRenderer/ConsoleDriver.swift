// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws pictures on the Linux console: its 16 colours, of which 8 may be background, and the shades
/// that its fonts have; Debian's lack half blocks.
package struct ConsoleDriver: PictureDriver {
  private var driver: CellDriver<ShadeFit>

  /// Makes a driver that has drawn nothing.
  package init(surround: RGB? = nil) {
    driver = CellDriver(ShadeFit(), threshold: 6, surround: surround)
  }

  /// One: shades have no shape.
  package func samples(in cell: PixelSize) -> PixelSize { driver.parts }

  /// Forgets what was drawn.
  package mutating func invalidate() { driver.invalidate() }

  /// Appends the difference to the picture drawn last, as `PictureDriver` says.
  package mutating func encode(
    _ picture: ShownPicture, in pane: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8]
  ) {
    driver.encode(picture, in: pane, terms, into: &output)
  }
}

/// Fits a shade of two colours to a cell's one sample.
struct ShadeFit: CellFit {
  /// Space, light and medium shade, full block; Debian's fonts lack the dark shade.
  private static let glyphs = [0x20, 0x2591, 0x2592, 0x2588].map { Glyph($0) }
  /// How many quarters of a cell each of them covers with the foreground.
  private static let quarters = [0, 1, 2, 4]

  /// The console's colours as the kernel sets them, `0xRRGGBB`.
  static let palette: [UInt32] = [
    0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
    0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
  ]

  /// The best mixture of each colour that was asked for, by 32 steps a channel; nil before that.
  private var found = [FittedCell?](repeating: nil, count: 32_768)

  var parts: PixelSize { PixelSize(width: 1, height: 1) }
  var hasDirectShades: Bool { false }

  mutating func fit(_ samples: [UInt32], old: FittedCell?, isExact: Bool) -> FittedCell {
    let place = samples[0].stepPlace
    if let cell = found[place] { return cell }
    let cell = Self.search(UInt32(stepPlace: place))
    found[place] = cell
    return cell
  }

  /// On the nearest of the eight colours that a background may have; a grey picture stays grey.
  func marked(ground: UInt32, isDarker: Bool) -> (foreground: UInt32, background: UInt32) {
    let channels = [ground >> 16 & 0xFF, ground >> 8 & 0xFF, ground & 0xFF]
    let isGrey = (channels.max() ?? 0) - (channels.min() ?? 0) <= Self.mostTint
    let back = (isGrey ? [0, 7] : Array(0..<8)).min {
      VisibleDifference.squared(ground, Self.palette[$0])
        < VisibleDifference.squared(ground, Self.palette[$1])
    }
    let shade = back ?? 0
    return (
      CellColours.grey(apartFrom: Self.palette[shade].luma, in: Self.palette), UInt32(shade)
    )
  }

  /// What a picture's grey may be off, of 255, by averaging and by a theme's paper.
  private static let mostTint: UInt32 = 24

  func sent(letter: UInt8, _ cell: FittedCell) -> SentCell {
    SentCell(
      glyph: Glyph(UInt32(letter)), foreground: .named(UInt8(cell.foreground & 15)),
      background: .named(UInt8(cell.background & 7)))
  }

  func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell {
    SentCell(
      glyph: Self.glyphs[cell.symbol],
      foreground: cell.symbol == 0 ? nil : .named(UInt8(cell.foreground & 15)),
      background: .named(UInt8(cell.background & 7)))
  }

  private static func search(_ wanted: UInt32) -> FittedCell {
    var best = (cell: FittedCell(symbol: 0, foreground: 0, background: 0), off: Int.max)
    for background in 0..<8 {
      for foreground in palette.indices where foreground != background {
        for symbol in glyphs.indices {
          let off = difference(wanted, foreground, background, quarters: quarters[symbol])
          if off < best.off {
            best = (
              FittedCell(
                symbol: symbol, foreground: symbol == 0 ? 0 : UInt32(foreground),
                background: UInt32(background)), off
            )
          }
        }
      }
    }
    return best.cell
  }

  /// Squared difference of the mixture, and a tenth of that between its colours: dots of colours far
  /// apart are seen as dots.
  private static func difference(
    _ wanted: UInt32, _ foreground: Int, _ background: Int, quarters: Int
  ) -> Int {
    var sum = 0
    for shift in [16 as UInt32, 8, 0] {
      let front = Int(palette[foreground] >> shift & 0xFF)
      let back = Int(palette[background] >> shift & 0xFF)
      let off = (front * quarters + back * (4 - quarters)) / 4 - Int(wanted >> shift & 0xFF)
      let grain = (front - back) * (front - back) * quarters * (4 - quarters) / 160
      sum += off * off + grain
    }
    return sum
  }
}
