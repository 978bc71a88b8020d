// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws two samples a cell, one above the other, with half blocks.
///
/// A cell is a space on its colour or `▄`, whichever needs the fewest bytes with the colours that are
/// set; never `▀` or `█`, which many fonts draw a line short of the cell. Where the mark has a letter,
/// it is that, on the cell's mean.
package struct HalfBlockDriver: PictureDriver {
  private let colours: CellColours
  private let threshold: Int
  private var canvas: VeiledCanvas
  private var shape: PanePlace?
  /// Per cell the upper sample in the high, the lower in the low half, or a letter in the uppermost
  /// byte with its ground and its own shade; `nothing` where unknown.
  private var drawn: [UInt64] = []

  private static let nothing = UInt64.max

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameters:
  ///   - colours: The colours of the terminal.
  ///   - threshold: How far a colour may be off before it is sent while the picture moves, as the
  ///     eye sees it; 0 is exact. A settling picture is always exact.
  ///   - surround: The colour around the picture, drawn as the nearest of xterm's fixed ones, as the
  ///     rest of the screen is; nil is black.
  package init(colours: CellColours, threshold: Int = 3, surround: RGB? = nil) {
    canvas = VeiledCanvas(
      surround: surround.map(NearestColours.fixed) ?? 0, marking: .lettered)
    self.colours = colours
    self.threshold = max(0, threshold)
  }

  /// Two samples, one above the other.
  package func samples(in cell: PixelSize) -> PixelSize { PixelSize(width: 1, height: 2) }

  /// Forgets what was drawn.
  package mutating func invalidate() { shape = nil }

  /// Appends the difference to the picture drawn last, as `PictureDriver` says.
  package mutating func encode(
    _ picture: ShownPicture, in place: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8]
  ) {
    let pane = place.rect
    guard !pane.isEmpty else { return }
    if shape != place {
      shape = place
      drawn = [UInt64](repeating: Self.nothing, count: pane.size.columns * pane.size.rows)
    }
    canvas.lay(
      picture, in: place, samples: samples(in: place.cell), divisor: terms.quality.divisor)
    let allowed = colours == .direct ? terms.tolerance(threshold, for: picture) : 0
    var writer = SequenceWriter(edge: pane.column + pane.size.columns)
    for row in 0..<pane.size.rows { encodeRow(row, pane, allowed, &writer, &output) }
  }

  private mutating func encodeRow(
    _ row: Int, _ pane: CellRect, _ allowed: Int, _ writer: inout SequenceWriter,
    _ output: inout [UInt8]
  ) {
    let columns = pane.size.columns
    var last = -1
    for column in 0..<columns {
      let index = row * columns + column
      let cell = target(row, column, columns)
      guard !looksSame(drawn[index], cell, allowed) else { continue }
      drawn[index] = cell
      if last >= 0, column - last > 1 {
        bridge(last + 1..<column, row, pane, &writer, &output)
      }
      writer.move(row: pane.row + row, column: pane.column + column, into: &output)
      put(cell, &writer, &output)
      last = column
    }
  }

  /// Writes the cells between two changed ones again where that is shorter than stepping over them.
  private func bridge(
    _ gap: Range<Int>, _ row: Int, _ pane: CellRect, _ writer: inout SequenceWriter,
    _ output: inout [UInt8]
  ) {
    let cells = drawn[
      row * pane.size.columns + gap.lowerBound..<row * pane.size.columns
        + gap.upperBound]
    guard gap.count < SequenceWriter.stepCost(gap.count) else { return }
    let isFree = cells.allSatisfy { cell in
      Self.letter(cell) == 0 && Self.isUniform(cell) && writer.background == paint(Self.lower(cell))
    }
    guard isFree else { return }
    for cell in cells { put(cell, &writer, &output) }
  }

  private func target(_ row: Int, _ column: Int, _ columns: Int) -> UInt64 {
    if let mark = canvas.mark.cell(row * columns + column), !mark.isGap {
      let ground = colours.shade(mark.ground)
      let ink = colours.ink(on: ground, isDarker: mark.isDarker ?? false)
      return UInt64(mark.letter) << Self.letterShift | UInt64(ground) << 32 | UInt64(ink)
    }
    let upper = canvas.colours[row * 2 * columns + column]
    let lower = canvas.colours[(row * 2 + 1) * columns + column]
    return UInt64(colours.shade(upper)) << 32 | UInt64(colours.shade(lower))
  }

  private func looksSame(_ old: UInt64, _ new: UInt64, _ allowed: Int) -> Bool {
    if old == new { return true }
    guard allowed > 0, old != Self.nothing, Self.letter(old) == Self.letter(new) else {
      return false
    }
    return !VisibleDifference.isSeen(Self.upper(old), Self.upper(new), threshold: allowed)
      && !VisibleDifference.isSeen(Self.lower(old), Self.lower(new), threshold: allowed)
  }

  private func put(
    _ cell: UInt64, _ writer: inout SequenceWriter, _ output: inout [UInt8]
  ) {
    let upper = paint(Self.upper(cell))
    let lower = paint(Self.lower(cell))
    let letter = Self.letter(cell)
    if letter > 0 {
      writer.paint(foreground: lower, background: upper, into: &output)
      writer.glyph(Glyph(UInt32(letter)), into: &output)
      return
    }
    if upper == lower {
      writer.paint(foreground: nil, background: upper, into: &output)
      writer.glyph(.space, into: &output)
      return
    }
    writer.paint(foreground: lower, background: upper, into: &output)
    writer.glyph(.lowerHalf, into: &output)
  }

  private func paint(_ shade: UInt32) -> SequenceWriter.Paint { colours.paint(shade: shade) }

  private static let letterShift: UInt64 = 56

  /// The mark's letter; 0 where it has none.
  private static func letter(_ cell: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: cell >> letterShift)
  }

  private static func upper(_ cell: UInt64) -> UInt32 { UInt32(cell >> 32 & 0xFF_FFFF) }

  private static func lower(_ cell: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: cell) }

  private static func isUniform(_ cell: UInt64) -> Bool { upper(cell) == lower(cell) }
}
