// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What a cell shows: a symbol of a family, and two shades as `CellColours.shade` gives them.
struct FittedCell: Hashable, Sendable {
  /// The symbol's place in its family; 0 shows the background alone, a negative one is a letter of the
  /// mark, by its code.
  var symbol: Int
  /// 0 where it is not seen.
  var foreground: UInt32
  /// 0 where there are no colours.
  var background: UInt32

  /// The mark's letter; nil where it has none here.
  var letter: UInt8? { symbol < 0 ? UInt8(exactly: -symbol) : nil }
}

/// What is sent for a cell.
struct SentCell: Equatable {
  var glyph: Glyph
  /// Nil leaves the colour that is set.
  var foreground: SequenceWriter.Paint?
  var background: SequenceWriter.Paint?
  var isBold = false
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

  /// The shades of one of the mark's letters.
  ///
  /// - Parameters:
  ///   - ground: The mean of its cell, `0xRRGGBB`.
  ///   - isDarker: Whether the letter is to be darker, where the colours leave a choice.
  /// - Returns: The letter's and its cell's.
  func marked(ground: UInt32, isDarker: Bool) -> (foreground: UInt32, background: UInt32)

  /// How one of the mark's letters is sent.
  func sent(letter: UInt8, _ cell: FittedCell) -> SentCell

  /// Whether cells beside the mark's words are left empty, since letters would be lost among the
  /// family's own.
  var needsGaps: Bool { get }

  /// How a cell is sent in the fewest bytes, with the colours that the writer has set; never one of the
  /// mark's letters.
  func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell
}

/// A family of characters in any two of a terminal's colours.
protocol ColouredFit: CellFit {
  var colours: CellColours { get }
}

extension ColouredFit {
  var hasDirectShades: Bool { colours == .direct }

  func marked(ground: UInt32, isDarker: Bool) -> (foreground: UInt32, background: UInt32) {
    let back = colours.shade(ground)
    return (colours.ink(on: back, isDarker: isDarker), back)
  }

  func sent(letter: UInt8, _ cell: FittedCell) -> SentCell {
    SentCell(
      glyph: Glyph(UInt32(letter)), foreground: colours.paint(shade: cell.foreground),
      background: colours.paint(shade: cell.background))
  }
}

extension CellFit {
  /// They are not.
  var needsGaps: Bool { false }
}

/// How little a better character may be better before it is noise, in squared steps of a channel a
/// sample.
enum FitMargin {
  static let leastGain: Float = 24
}
