// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws letters without colour, by their ink and its shape, for terminals that have no other and for
/// plain text.
package struct ASCIIDriver: PictureDriver {
  private var driver: CellDriver<InkFit>

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameter isLightOnDark: Whether text is lighter than its background, so that ink is light.
  package init(isLightOnDark: Bool = true) {
    driver = CellDriver(InkFit(isLightOnDark: isLightOnDark), threshold: 3, surround: nil)
  }

  /// As many as the letters' shapes were measured in.
  package func samples(in cell: PixelSize) -> PixelSize { driver.parts }

  /// Forgets what was drawn.
  package mutating func invalidate() { driver.invalidate() }

  /// Appends the difference to the picture drawn last, as `PictureDriver` says.
  package mutating func encode(
    _ picture: ShownPicture, in pane: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8]
  ) {
    driver.encode(picture, in: pane, terms, into: &output)
  }

  /// The picture as lines of text, without trailing blanks, for where there is no terminal.
  package mutating func lines(
    of picture: ShownPicture, size: CellSize, cell: PixelSize
  ) -> [String] {
    let rect = CellRect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    let glyphs = driver.glyphs(of: picture, in: PanePlace(rect: rect, cell: cell))
    return (0..<rect.size.rows).map { row in
      let line = glyphs[row * rect.size.columns..<(row + 1) * rect.size.columns]
      let end = line.lastIndex { $0 != .space }.map { $0 + 1 } ?? line.startIndex
      // Each is one byte of ASCII.
      return String(
        decoding: line[..<end].map { UInt8(truncatingIfNeeded: $0.utf8) }, as: UTF8.self)
    }
  }
}

/// Fits a letter's ink to a cell's light.
struct InkFit: CellFit {
  private let inks: [Int32]

  init(isLightOnDark: Bool) {
    inks = (0..<256).map { value in
      let luma = isLightOnDark ? value : 255 - value
      // The darkest letter covers about half of its cell. Light to the power of 1.5: that of the
      // screen, 2.2, would leave half of all lumas two letters, and an even scale washes out.
      let part = Double(luma) / 255
      return Int32((part * part.squareRoot() * Self.mostInk).rounded())
    }
  }

  /// In eighths of the letters' scale.
  private static let mostInk = 56.0
  /// A cell whose ink differs by no more has no shape that could be seen.
  private static let mostFlat: Int32 = 4
  private static let all = ShapeFit.Ramp(LetterShapes.letters.indices)
  /// Those with their ink in the middle of the cell: an even ground of others looks like lines.
  private static let calm = ShapeFit.Ramp(
    " .:-~=+*cvoxsznaeXZSUHO0Q8&%#$@".utf8.map { Int($0) - 0x20 })

  var parts: PixelSize { ShapeFit.parts }
  var hasDirectShades: Bool { false }
  var needsGaps: Bool { true }

  mutating func fit(_ samples: [UInt32], old: FittedCell?, isExact: Bool) -> FittedCell {
    var wanted = SIMD32<Int32>.zero
    for part in 0..<LetterShapes.partCount { wanted[part] = inks[Int(samples[part].luma)] }
    let isFlat = wanted.max() - wanted.min() <= Self.mostFlat
    let best = (isFlat ? Self.calm : Self.all).nearest(to: wanted)
    if !isExact, let old {
      // One step of ink in every other part is no reason for another letter.
      let kept = ShapeFit.difference(wanted, old.symbol)
      if kept - best.off < Int32(LetterShapes.partCount * 32) { return old }
    }
    return FittedCell(symbol: best.letter, foreground: 0, background: 0)
  }

  func marked(ground: UInt32, isDarker: Bool) -> (foreground: UInt32, background: UInt32) {
    (0, 0)
  }

  /// Bold, which tells it from the picture's own letters.
  func sent(letter: UInt8, _ cell: FittedCell) -> SentCell {
    SentCell(
      glyph: Glyph(UInt32(letter)), foreground: nil, background: nil, isBold: true)
  }

  func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell {
    SentCell(glyph: LetterShapes.letters[cell.symbol].glyph, foreground: nil, background: nil)
  }
}
