// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Vocabulary

@testable import PictureRenderer
@testable import Veil

/// Frames made up for the tests.
enum Pictures {
  static func grid(_ width: Int, _ height: Int, _ greys: [UInt8]) -> VeiledFrame {
    VeiledFrame(
      frost: .frosted, content: .grid(size: PixelSize(width: width, height: height), greys: greys))
  }

  static func colour(_ size: PixelSize, _ rgb: [UInt8]) -> VeiledFrame {
    VeiledFrame(frost: .clear, content: .colour(size: size, rgb: rgb))
  }

  /// 29 November 2026, 06:45 UTC.
  static let mark = ReviewerMark(
    seat: "seat-3", reviewer: "r07", wallMilliseconds: 1_795_934_700_000)

  /// A frame with the tests' mark.
  static func shown(
    _ frame: VeiledFrame, displayAspect: Ratio, adjustment: PictureAdjustment = .none
  ) -> ShownPicture {
    ShownPicture(frame, mark: mark, displayAspect: displayAspect, adjustment: adjustment)
  }

  /// The letters that a picture's mark has on a pane, by the cell's index.
  static func letters(_ picture: ShownPicture, _ place: PanePlace) -> [Int: Character] {
    var layer = MarkLayer()
    layer.lay(picture, in: place, samples: PixelSize(width: 1, height: 2))
    let count = place.rect.size.columns * place.rect.size.rows
    return Dictionary(
      uniqueKeysWithValues: (0..<count).compactMap { index in
        guard let cell = layer.cell(index), !cell.isGap else { return nil }
        return (index, Character(Unicode.Scalar(cell.letter)))
      })
  }

  /// A pane of cells twice as high as wide.
  static func place(_ rect: CellRect) -> PanePlace {
    PanePlace(rect: rect, cell: PixelSize(width: 1, height: 2))
  }

  /// Noise of few values, so that equal cells and runs occur.
  static func random(
    _ size: PixelSize, values: [UInt8], using random: inout SeededGenerator
  ) -> [UInt8] {
    (0..<size.area * 3).map { _ in values.randomElement(using: &random) ?? 0 }
  }

  /// The two samples that a shown cell has, however it is drawn.
  static func samples(_ cell: TerminalModel.ShownCell) -> [RGB?] {
    switch cell.glyph {
    case "▄": [cell.background, cell.foreground]
    case " ": [cell.background, cell.background]
    default: [nil, nil]
    }
  }

  /// The pane's samples on a screen, row by row.
  static func samples(_ screen: TerminalModel, _ pane: CellRect) -> [RGB?] {
    (0..<pane.size.rows * 2).flatMap { row in
      (0..<pane.size.columns).map { column in
        samples(screen.cell(column: pane.column + column, row: pane.row + row / 2))[row % 2]
      }
    }
  }

  static func rgb(_ colour: UInt32) -> RGB {
    RGB(UInt8(colour >> 16 & 0xFF), UInt8(colour >> 8 & 0xFF), UInt8(colour & 0xFF))
  }
}
