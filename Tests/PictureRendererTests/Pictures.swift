// SPDX-License-Identifier: Apache-2.0
import PtySupport
import Vocabulary

@testable import PictureRenderer
@testable import Veil

/// SplitMix64, so that a failing run can be had again.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Frames made up for the tests.
enum Pictures {
  static func grid(_ width: Int, _ height: Int, _ greys: [UInt8]) -> VeiledFrame {
    VeiledFrame(
      frost: .frosted, content: .grid(size: PixelSize(width: width, height: height), greys: greys))
  }

  static func colour(_ size: PixelSize, _ rgb: [UInt8]) -> VeiledFrame {
    VeiledFrame(frost: .clear, content: .colour(size: size, rgb: rgb))
  }

  /// Noise of few values, so that equal cells and runs occur.
  static func random(
    _ size: PixelSize, values: [UInt8], using random: inout SeededRandom
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
