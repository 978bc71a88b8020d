// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws one character a cell, by its ink, for terminals without colour and for plain text.
package struct ASCIIDriver: PictureDriver {
  private let isLightOnDark: Bool
  private var canvas = VeiledCanvas()
  private var shape: PanePlace?
  private var drawn: [UInt8] = []

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameter isLightOnDark: Whether text is lighter than its background, so that ink is light.
  package init(isLightOnDark: Bool = true) { self.isLightOnDark = isLightOnDark }

  /// One sample.
  package func samples(in cell: PixelSize) -> PixelSize { PixelSize(width: 1, height: 1) }

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
      drawn = [UInt8](repeating: 0, count: pane.size.columns * pane.size.rows)
    }
    canvas.lay(
      picture, in: place, samples: samples(in: place.cell), divisor: terms.quality.divisor)
    var writer = SequenceWriter()
    let columns = pane.size.columns
    for row in 0..<pane.size.rows {
      var last = -1
      for column in 0..<columns {
        let index = row * columns + column
        let glyph = character(canvas.colours[index])
        guard glyph != drawn[index] else { continue }
        drawn[index] = glyph
        let gap = column - last - 1
        if last >= 0, gap > 0, gap < SequenceWriter.stepCost(gap) {
          for between in index - gap..<index {
            writer.glyph(.ascii(drawn[between]), into: &output)
          }
        }
        writer.move(row: pane.row + row, column: pane.column + column, into: &output)
        writer.glyph(.ascii(glyph), into: &output)
        last = column
      }
    }
  }

  /// The picture as lines of text, without trailing blanks, for where there is no terminal.
  package mutating func lines(
    of picture: ShownPicture, size: CellSize, cell: PixelSize
  ) -> [String] {
    let rect = CellRect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    let place = PanePlace(rect: rect, cell: cell)
    canvas.lay(picture, in: place, samples: samples(in: cell))
    return (0..<max(0, size.rows)).map { row in
      let from = row * size.columns
      let line = canvas.colours[from..<from + size.columns].map { character($0) }
      let end = line.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0
      return String(decoding: line.prefix(end), as: UTF8.self)
    }
  }

  private func character(_ rgb: UInt32) -> UInt8 {
    let luma = Int(rgb.luma)
    return Self.ramp[isLightOnDark ? luma : 255 - luma]
  }

  /// For each luma the character whose ink is nearest.
  ///
  /// The inks are parts of the darkest character's in DejaVu Sans Mono (`.` 2.6 % of a cell, `@`
  /// 27.6 %). They are compared to luma to the power of 1.5: that of light, 2.2, would leave half
  /// of all lumas two characters, and evenly spaced ones wash the picture out.
  private static let ramp: [UInt8] = {
    let inks: [(Character, Double)] = [
      (" ", 0), (".", 0.095), (":", 0.189), (";", 0.254), ("!", 0.308), ("+", 0.405),
      ("=", 0.445), ("x", 0.542), ("o", 0.630), ("X", 0.711), ("O", 0.814), ("#", 0.876), ("@", 1),
    ]
    return (0..<256).map { luma -> UInt8 in
      let part = Double(luma) / 255
      let wanted = part * part.squareRoot()
      let best = inks.min { abs($0.1 - wanted) < abs($1.1 - wanted) }
      return best?.0.asciiValue ?? 0x20
    }
  }()
}
