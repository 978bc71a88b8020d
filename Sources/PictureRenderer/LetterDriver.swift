// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws pictures with coloured letters, chosen by how well their shape fits the cell.
package struct LetterDriver: PictureDriver {
  private var driver: CellDriver<LetterFit>

  /// Makes a driver that has drawn nothing; the parameters are as for `BlockDriver`.
  package init(colours: CellColours, threshold: Int = 3, surround: RGB? = nil) {
    driver = CellDriver(LetterFit(colours: colours), threshold: threshold, surround: surround)
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
}

/// Fits a letter and two colours by linear regression of the samples on each letter's ink: the
/// letter is the one that explains most of the luma, the colours are each channel's own line.
struct LetterFit: ColouredFit {
  let colours: CellColours
  private var shapes = ShapeFit()

  init(colours: CellColours) { self.colours = colours }

  var parts: PixelSize { ShapeFit.parts }
  var needsGaps: Bool { true }

  mutating func fit(_ samples: [UInt32], old: FittedCell?, isExact: Bool) -> FittedCell {
    shapes.load(samples)
    let best = shapes.best()
    var letter = best.letter
    if !isExact {
      let least = FitMargin.leastGain * Float(LetterShapes.partCount)
      if best.explained < least { letter = 0 }
      if let old, old.symbol > 0, old.symbol != letter,
        best.explained - shapes.explained(by: old.symbol) < least
      {
        letter = old.symbol
      }
    }
    let pair = shapes.colours(for: letter, samples)
    let (front, back) = (colours.shade(pair.foreground), colours.shade(pair.background))
    return letter == 0 || front == back
      ? FittedCell(symbol: 0, foreground: 0, background: back)
      : FittedCell(symbol: letter, foreground: front, background: back)
  }

  func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell {
    SentCell(
      glyph: LetterShapes.letters[cell.symbol].glyph,
      foreground: cell.symbol == 0 ? nil : colours.paint(shade: cell.foreground),
      background: colours.paint(shade: cell.background))
  }
}
