// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws pictures with characters that cut a cell into parts: quadrants, sextants, octants, braille.
///
/// Pattern and both colours of a cell are chosen together, by least error.
package struct BlockDriver: PictureDriver {
  private var driver: CellDriver<BlockFit>

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameters:
  ///   - set: The characters.
  ///   - colours: The colours of the terminal.
  ///   - threshold: How far a colour may be off before it is sent while the picture moves, as the
  ///     eye sees it; 0 is exact. A settling picture is always exact.
  ///   - surround: The colour around the picture, drawn as the nearest of xterm's fixed ones; nil is
  ///     black.
  package init(
    set: BlockSet, colours: CellColours, threshold: Int = 3, surround: RGB? = nil
  ) {
    driver = CellDriver(
      BlockFit(set: set, colours: colours), threshold: threshold, surround: surround)
  }

  /// One a part.
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

/// Fits a block set's patterns.
struct BlockFit: ColouredFit {
  private let blocks: BlockSet
  let colours: CellColours
  private var search: TwoColourFit
  private let all: Int
  /// The pattern of `▀`, which many fonts draw with a seam, and `▄` without; -1 where there is none.
  private let upperHalf: Int

  init(set: BlockSet, colours: CellColours) {
    blocks = set
    self.colours = colours
    search = TwoColourFit(count: set.partCount)
    all = 1 << set.partCount - 1
    upperHalf = set.isTiled ? set.glyphs.firstIndex(of: Glyph(0x2580)) ?? -1 : -1
  }

  var parts: PixelSize { blocks.parts }

  mutating func fit(_ samples: [UInt32], old: FittedCell?, isExact: Bool) -> FittedCell {
    search.load(samples)
    let best = search.best()
    var pattern = best.pattern
    if !isExact {
      let least = FitMargin.leastGain * Float(blocks.partCount)
      if best.explained < least { pattern = 0 }
      if let old, old.symbol > 0, old.symbol != pattern,
        best.explained - search.explained(by: old.symbol) < least
      {
        pattern = old.symbol
      }
    }
    let found = search.colours(for: pattern)
    let front = colours.shade(found.foreground)
    let back = colours.shade(found.background)
    if front == back || found.pattern == 0 {
      return FittedCell(symbol: 0, foreground: 0, background: back)
    }
    let cell = FittedCell(symbol: found.pattern, foreground: front, background: back)
    // Dots leave gaps, and are the lighter of the two.
    let isTurned = !blocks.isTiled && colours.luma(shade: front) < colours.luma(shade: back)
    return isTurned ? opposite(cell) : cell
  }

  func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell {
    let background = colours.paint(shade: cell.background)
    guard cell.symbol > 0 else {
      return SentCell(glyph: .space, foreground: nil, background: background)
    }
    let other = opposite(cell)
    let isOther =
      blocks.isTiled && other.symbol != upperHalf
      && (cell.symbol == upperHalf || cost(other, writer) < cost(cell, writer))
    let chosen = isOther ? other : cell
    return SentCell(
      glyph: blocks.glyphs[chosen.symbol], foreground: colours.paint(shade: chosen.foreground),
      background: colours.paint(shade: chosen.background))
  }

  private func cost(_ cell: FittedCell, _ writer: SequenceWriter) -> Int {
    writer.cost(
      foreground: colours.paint(shade: cell.foreground),
      background: colours.paint(shade: cell.background))
  }

  private func opposite(_ cell: FittedCell) -> FittedCell {
    FittedCell(
      symbol: all ^ cell.symbol, foreground: cell.background, background: cell.foreground)
  }
}
