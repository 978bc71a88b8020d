// SPDX-License-Identifier: Apache-2.0
import Veil
package import Vocabulary

/// Draws pixels with kitty's graphics commands, the pixels themselves within the commands.
///
/// Each row of cells is an image of its own, so that what changed is sent and nothing else; sent
/// again under its id it takes the old one's place. A row of cells has a whole number of rows of
/// pixels: the terminal, which mixes neighbours when it enlarges, then mixes none across a seam.
/// Grids are sent at the cells' own pixels for the same reason: enlarged there, edges would blur. Rows
/// with letters of the mark are sent at those too, however slow the line is: they must be read.
package struct KittyDriver: PictureDriver {
  private let firstID: Int
  private var canvas: VeiledCanvas
  /// The same picture at the cells' own pixels, where the other has larger ones.
  private var fine: VeiledCanvas
  /// Which rows of cells are of the fine one.
  private var isFine: [Bool] = []
  /// What was sent, as many values a row of cells as the fine one has.
  private var sources: [UInt32] = []
  private var shape: PanePlace?
  private var samples = PixelSize(width: 0, height: 0)
  private var rowArea = 0
  /// How many images the terminal may hold.
  private var placed = 0
  private var encoded: [UInt8] = []

  /// The most bytes of Base64 in a command.
  private static let chunk = 4096
  /// No side of an image is longer, in pixels.
  private static let longestSide = 4096
  private static let threshold = 4

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameters:
  ///   - firstID: The id of the uppermost row's image; the rows below have the next ones.
  ///   - surround: The colour around the picture, drawn as the nearest of xterm's fixed ones, as the
  ///     rest of the screen is; nil is black.
  package init(firstID: Int = 1, surround: RGB? = nil) {
    self.firstID = max(1, firstID)
    let colour = surround.map(NearestColours.fixed) ?? 0
    canvas = VeiledCanvas(surround: colour, marking: .inked)
    fine = VeiledCanvas(surround: colour, marking: .inked)
  }

  /// A cell's own pixels.
  package func samples(in cell: PixelSize) -> PixelSize { cell }

  /// Forgets what was drawn, but not that images may be there.
  package mutating func invalidate() { shape = nil }

  /// Appends what deletes the images.
  package mutating func erase(into output: inout [UInt8]) {
    delete(0..<placed, into: &output)
    placed = 0
    invalidate()
  }

  /// Appends the rows that differ from the picture drawn last, as `PictureDriver` says.
  package mutating func encode(
    _ picture: ShownPicture, in place: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8]
  ) {
    let pane = place.rect
    guard !pane.isEmpty else { return }
    let divisor = terms.quality.divisor
    let widest = min(place.cell.width, Self.longestSide / pane.size.columns)
    let whole = PixelSize(width: max(1, widest), height: place.cell.height)
    let cell = PixelSize(
      width: max(1, widest / divisor), height: max(1, place.cell.height / divisor))
    canvas.lay(picture, in: place, samples: cell)
    if divisor > 1 { fine.lay(picture, in: place, samples: whole, divisor: divisor) }
    let isNew = shape != place || samples != cell
    if isNew {
      (shape, samples) = (place, cell)
      rowArea = pane.size.columns * whole.area
      sources = [UInt32](repeating: 0, count: pane.size.rows * rowArea)
      isFine = [Bool](repeating: false, count: pane.size.rows)
      delete(min(placed, pane.size.rows)..<placed, into: &output)
      placed = pane.size.rows
    }
    let allowed = terms.tolerance(Self.threshold, for: picture)
    for row in 0..<pane.size.rows {
      let needsFine = divisor > 1 && canvas.mark.hasLetters(row: row, columns: pane.size.columns)
      let isOther = isNew || isFine[row] != needsFine
      isFine[row] = needsFine
      if isOther || isChanged(row, allowed) { send(row, pane, into: &output) }
    }
  }

  /// The canvas that a row of cells is sent of.
  private func source(_ row: Int) -> VeiledCanvas { isFine[row] ? fine : canvas }

  /// The pixels of a row of cells on its canvas.
  private func pixels(_ row: Int) -> Range<Int> {
    let count = source(row).colours.count / isFine.count
    return row * count..<(row + 1) * count
  }

  private func isChanged(_ row: Int, _ allowed: Int) -> Bool {
    let canvas = source(row)
    let pixels = pixels(row)
    let base = row * rowArea - pixels.lowerBound
    return pixels.contains { index in
      VisibleDifference.isSeen(canvas.colours[index], sources[base + index], threshold: allowed)
    }
  }

  private mutating func send(_ row: Int, _ pane: CellRect, into output: inout [UInt8]) {
    let canvas = source(row)
    encode(row, canvas)
    output.append(contentsOf: "\u{1B}[\(pane.row + row + 1);\(pane.column + 1)H".utf8)
    let height = canvas.size.height / isFine.count
    let size = "s=\(canvas.size.width),v=\(height),c=\(pane.size.columns),r=1"
    var start = 0
    while start < encoded.count {
      let end = min(start + Self.chunk, encoded.count)
      output.append(contentsOf: "\u{1B}_G".utf8)
      if start == 0 {
        output.append(contentsOf: "a=T,f=24,t=d,i=\(firstID + row),p=1,q=2,C=1,\(size),".utf8)
      }
      output.append(contentsOf: "m=\(end < encoded.count ? 1 : 0);".utf8)
      output.append(contentsOf: encoded[start..<end])
      output.append(contentsOf: "\u{1B}\\".utf8)
      start = end
    }
  }

  /// Makes Base64 of a row's pixels, four characters each, and takes them as drawn.
  private mutating func encode(_ row: Int, _ canvas: VeiledCanvas) {
    let pixels = pixels(row)
    let base = row * rowArea - pixels.lowerBound
    if encoded.count != pixels.count * 4 {
      encoded = [UInt8](repeating: 0, count: pixels.count * 4)
    }
    let letters = Self.alphabet
    var place = 0
    for index in pixels {
      let colour = canvas.colours[index]
      sources[base + index] = colour
      for shift in [18 as UInt32, 12, 6, 0] {
        encoded[place] = letters[Int(colour >> shift & 63)]
        place += 1
      }
    }
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private func delete(_ rows: Range<Int>, into output: inout [UInt8]) {
    for row in rows {
      output.append(contentsOf: "\u{1B}_Ga=d,d=I,i=\(firstID + row),q=2\u{1B}\\".utf8)
    }
  }
}
