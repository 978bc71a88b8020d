// SPDX-License-Identifier: Apache-2.0
package import PictureRenderer
import TerminalModels
package import Veil
package import Vocabulary

/// A terminal's screen in pixels, with a picture drawn by one of the ways to draw.
package enum MarkScreen: String, CaseIterable, Sendable {
  case half
  case quadrant
  case sixel

  /// Why there is no screen.
  package enum Fault: Error {
    case noModel
    case character(Character)
  }

  /// A cell's pixels.
  package static let cell = PixelSize(width: 8, height: 16)
  /// What letters look like, on pixels and in cells.
  package static let font = MarkFont(cell: cell)

  /// The screen with a picture that has settled.
  package func image(
    _ frame: VeiledFrame, _ mark: ReviewerMark, size: CellSize
  ) throws -> GreyImage {
    let rect = CellRect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    let place = PanePlace(rect: rect, cell: Self.cell)
    let picture = ShownPicture(frame, mark: mark, displayAspect: Ratio(16, 9))
    var driver: any PictureDriver =
      switch self {
      case .half: HalfBlockDriver(colours: .direct)
      case .quadrant: BlockDriver(set: .quadrants, colours: .direct)
      case .sixel:
        SixelDriver(
          delta: .changedPixels, registers: 256, largest: PixelSize(width: 4096, height: 4096))
      }
    var bytes: [UInt8] = []
    driver.encode(picture, in: place, DrawingTerms(isSettling: true), into: &bytes)
    if self == .sixel {
      var screen = SixelScreen(size: size, cell: Self.cell)
      _ = try screen.write(bytes)
      var image = GreyImage(size: screen.size)
      for (index, pixel) in screen.pixels.enumerated() {
        image.values[index] = Self.luma(pixel ?? 0)
      }
      return image
    }
    guard let screen = TerminalModel(size: size) else { throw Fault.noModel }
    screen.write(bytes)
    return try Self.image(screen)
  }

  /// A screen of cells in pixels: quadrants by their parts, letters by the font.
  private static func image(_ screen: TerminalModel) throws -> GreyImage {
    let columns = screen.size.columns
    var image = GreyImage(
      size: PixelSize(width: columns * cell.width, height: screen.size.rows * cell.height))
    for row in 0..<screen.size.rows {
      for column in 0..<columns {
        let shown = screen.cell(column: column, row: row)
        let (front, back) = (luma(shown.foreground), luma(shown.background))
        let isInked = try ink(shown.glyph)
        for pixel in 0..<cell.area {
          let x = column * cell.width + pixel % cell.width
          let y = row * cell.height + pixel / cell.width
          image.values[y * image.size.width + x] = isInked(pixel) ? front : back
        }
      }
    }
    return image
  }

  /// Which pixels of a cell a character covers.
  private static func ink(_ glyph: Character) throws -> (Int) -> Bool {
    if let pattern = patterns.firstIndex(of: glyph) {
      return { pixel in
        let part = pixel / cell.width * 2 / cell.height * 2 + pixel % cell.width * 2 / cell.width
        return pattern >> part & 1 == 1
      }
    }
    guard let letter = glyph.asciiValue, ReviewerMark.isLetter(letter) else {
      throw Fault.character(glyph)
    }
    let ink = Set(font.ink(of: letter).map(Int.init))
    return { ink.contains($0) }
  }

  /// The characters of all patterns of quarters, the upper left one's bit first.
  private static let patterns: [Character] = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")

  private static func luma(_ colour: RGB?) -> Float {
    guard let colour else { return 0 }
    return 0.2126 * Float(colour.red) + 0.7152 * Float(colour.green) + 0.0722 * Float(colour.blue)
  }

  private static func luma(_ rgb: UInt32) -> Float {
    luma(RGB(UInt8(rgb >> 16 & 0xFF), UInt8(rgb >> 8 & 0xFF), UInt8(rgb & 0xFF)))
  }
}
