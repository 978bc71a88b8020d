// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Draws pictures with a family of characters, a cell at a time, and sends the cells that changed.
///
/// A cell whose samples look as they did when it was drawn stays as it is, so that noise does not
/// make a still scene twinkle.
struct CellDriver<Fit: CellFit>: Sendable {
  private var fit: Fit
  private let threshold: Int
  private var canvas: VeiledCanvas
  private var shape: PanePlace?
  /// Per cell what stands there; nil where nobody knows.
  private var drawn: [FittedCell?] = []
  /// Per cell the samples that it was made of.
  private var sources: [UInt32] = []
  private var cell: [UInt32]

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameters:
  ///   - fit: The family of characters.
  ///   - threshold: How far a colour may be off before it is sent while the picture moves, as the
  ///     eye sees it; 0 is exact. A settling picture is always exact.
  ///   - surround: The colour around the picture, drawn as the nearest of xterm's fixed ones; nil is
  ///     black.
  init(_ fit: Fit, threshold: Int, surround: RGB?) {
    self.fit = fit
    self.threshold = max(0, threshold)
    canvas = VeiledCanvas(
      surround: surround.map(NearestColours.fixed) ?? 0, marking: .lettered)
    cell = [UInt32](repeating: 0, count: fit.parts.area)
  }

  var parts: PixelSize { fit.parts }

  mutating func invalidate() { shape = nil }

  /// Appends the difference to the picture drawn last.
  mutating func encode(
    _ picture: ShownPicture, in place: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8]
  ) {
    let pane = place.rect
    guard !pane.isEmpty else { return }
    if shape != place {
      shape = place
      let count = pane.size.columns * pane.size.rows
      drawn = [FittedCell?](repeating: nil, count: count)
      sources = [UInt32](repeating: 0, count: count * parts.area)
    }
    canvas.lay(picture, in: place, samples: parts, divisor: terms.quality.divisor)
    let allowed = terms.tolerance(threshold, for: picture)
    var writer = SequenceWriter(edge: pane.column + pane.size.columns)
    for row in 0..<pane.size.rows {
      for column in 0..<pane.size.columns {
        let index = row * pane.size.columns + column
        guard let new = change(index, row, column, allowed) else { continue }
        drawn[index] = new
        writer.move(row: pane.row + row, column: pane.column + column, into: &output)
        let sent = sent(new, after: writer)
        writer.embolden(sent.isBold, into: &output)
        writer.paint(foreground: sent.foreground, background: sent.background, into: &output)
        writer.glyph(sent.glyph, into: &output)
      }
    }
  }

  /// The characters of a whole picture, row by row, without any colour.
  mutating func glyphs(of picture: ShownPicture, in place: PanePlace) -> [Glyph] {
    canvas.lay(picture, in: place, samples: parts)
    let writer = SequenceWriter(edge: 0)
    var glyphs: [Glyph] = []
    for row in 0..<place.rect.size.rows {
      for column in 0..<place.rect.size.columns {
        read(row, column)
        let cell =
          marked(row * place.rect.size.columns + column)
          ?? fit.fit(cell, old: nil, isExact: true)
        glyphs.append(sent(cell, after: writer).glyph)
      }
    }
    return glyphs
  }

  /// What a cell of the mark shows; nil where it has none, or none that matters here.
  private func marked(_ index: Int) -> FittedCell? {
    guard let mark = canvas.mark.cell(index), !mark.isGap || fit.needsGaps else { return nil }
    let shades = fit.marked(ground: mark.ground, isDarker: mark.isDarker ?? false)
    return mark.isGap
      ? FittedCell(symbol: 0, foreground: 0, background: shades.background)
      : FittedCell(
        symbol: -Int(mark.letter), foreground: shades.foreground, background: shades.background)
  }

  private func sent(_ cell: FittedCell, after writer: SequenceWriter) -> SentCell {
    guard let letter = cell.letter else { return fit.sent(cell, after: writer) }
    return fit.sent(letter: letter, cell)
  }

  /// What a cell becomes; nil where it stays as it is.
  private mutating func change(
    _ index: Int, _ row: Int, _ column: Int, _ allowed: Int
  ) -> FittedCell? {
    read(row, column)
    let base = index * cell.count
    if let marked = marked(index) {
      for part in cell.indices { sources[base + part] = cell[part] }
      return drawn[index].map { looksSame(marked, $0, allowed) } == true ? nil : marked
    }
    // What fits is not compared with a letter that stood there.
    let old = drawn[index].flatMap { $0.symbol < 0 ? nil : $0 }
    if old != nil {
      let isSame = cell.indices.allSatisfy {
        !VisibleDifference.isSeen(cell[$0], sources[base + $0], threshold: allowed)
      }
      if isSame { return nil }
    }
    for part in cell.indices { sources[base + part] = cell[part] }
    let new = fit.fit(cell, old: old, isExact: allowed == 0)
    return old.map { looksSame(new, $0, allowed) } == true ? nil : new
  }

  /// Whether a cell as fitted anew looks like what is drawn: the means of a cell's parts move less
  /// than its samples do.
  private func looksSame(_ new: FittedCell, _ old: FittedCell, _ allowed: Int) -> Bool {
    if new == old { return true }
    guard fit.hasDirectShades, new.symbol == old.symbol else { return false }
    return !VisibleDifference.isSeen(new.foreground, old.foreground, threshold: allowed)
      && !VisibleDifference.isSeen(new.background, old.background, threshold: allowed)
  }

  private mutating func read(_ row: Int, _ column: Int) {
    let width = parts.width
    let stride = canvas.size.width
    var at = row * parts.height * stride + column * width
    for part in cell.indices {
      if part > 0, part % width == 0 { at += stride - width }
      cell[part] = canvas.colours[at]
      at += 1
    }
  }
}
