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
  static func shown(_ screen: TerminalModel, _ pane: CellRect) -> [RGB?] {
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
