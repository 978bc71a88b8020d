// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What a cell shows: a symbol of a family, and two shades as `CellColours.shade` gives them.
struct FittedCell: Hashable, Sendable {
  /// The symbol's place in its family; 0 shows the background alone.
  var symbol: Int
  /// 0 where it is not seen.
  var foreground: UInt32
  /// 0 where there are no colours.
  var background: UInt32
}

/// What is sent for a cell.
struct SentCell: Equatable {
  var glyph: Glyph
  /// Nil leaves the colour that is set.
  var foreground: SequenceWriter.Paint?
  var background: SequenceWriter.Paint?
}

/// Chooses the character and colours of a cell by its samples: what tells one family of characters
/// from another.
protocol CellFit: Sendable {
  /// The samples that a cell has, across and down.
  var parts: PixelSize { get }

  /// Whether shades are colours of 24 bits, of which some look the same.
  var hasDirectShades: Bool { get }

  /// Fits a cell.
  ///
  /// - Parameters:
  ///   - samples: `parts.area` colours `0xRRGGBB`, row by row.
  ///   - old: What the cell shows; nil where that is not known.
  ///   - isExact: Whether what fits best is wanted, or what stands there may stay while it does
  ///     nearly as well.
  /// - Returns: What the cell shows.
  mutating func fit(_ samples: [UInt32], old: FittedCell?, isExact: Bool) -> FittedCell

  /// How a cell is sent in the fewest bytes, with the colours that the writer has set.
  func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell
}

/// How little a better character may be better before it is noise, in squared steps of a channel a
/// sample.
enum FitMargin {
  static let leastGain: Float = 24
}
