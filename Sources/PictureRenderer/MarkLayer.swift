// SPDX-License-Identifier: Apache-2.0
import Veil
import Vocabulary

/// A mark laid over a canvas: which cells it has, and how its letters stand out of them.
///
/// It is laid out anew when the mark or the picture's place changes; a frame costs a look at the cells
/// that have letters, some 200.
struct MarkLayer: Sendable {
  /// A cell that belongs to a mark.
  struct Cell: Sendable {
    let letter: UInt8
    /// Its first sample on the canvas.
    let start: Int
    /// The mean of its samples, `0xRRGGBB`.
    var ground: UInt32 = 0
    /// Whether the letter is darker than that; nil before the first picture.
    var isDarker: Bool?

    /// Whether it only keeps others' letters apart.
    var isGap: Bool { letter == UInt8(ascii: " ") }
  }

  /// What the layout depends on.
  private struct Key: Hashable {
    let mark: ReviewerMark
    let pane: PanePlace
    let picture: MarkLayout.Picture
    let samples: PixelSize
  }

  private var key: Key?
  private var font = MarkFont(cell: PixelSize(width: 0, height: 0))
  private(set) var cells: [Cell] = []
  /// Whether it also lies on what surrounds the picture.
  private(set) var coversSurround = false
  /// Per cell of the pane its place in `cells`; -1 where it has none.
  private var places: [Int32] = []

  /// The cell of the pane at an index, row by row, if the mark has it.
  @inline(__always)
  func cell(_ index: Int) -> Cell? {
    guard index < places.count, places[index] >= 0 else { return nil }
    return cells[Int(places[index])]
  }

  /// Whether any cell of a row of the pane has a letter.
  func hasLetters(row: Int, columns: Int) -> Bool {
    guard (row + 1) * columns <= places.count else { return false }
    return places[row * columns..<(row + 1) * columns].contains { $0 >= 0 }
  }

  /// Takes all letters away.
  mutating func clear() {
    guard key != nil else { return }
    key = nil
    coversSurround = false
    cells.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  /// Lays a picture's mark on its pane, of cells with so many samples.
  mutating func lay(_ picture: ShownPicture, in pane: PanePlace, samples: PixelSize) {
    let fine = PicturePlacement(
      pane: pane, samples: pane.cell, displayAspect: picture.displayAspect,
      adjustment: picture.adjustment)
    let new = Key(
      mark: picture.mark, pane: pane,
      picture: MarkLayout.Picture(left: fine.left, top: fine.top, size: fine.size),
      samples: samples)
    guard new != key else { return }
    key = new
    let size = pane.rect.size
    let layout = MarkLayout(new.mark, over: new.picture, pane: size, cell: pane.cell)
    coversSurround = layout.coversPane
    cells = layout.letters.map { letter in
      Cell(
        letter: letter.letter,
        start: letter.row * samples.height * size.columns * samples.width
          + letter.column * samples.width)
    }
    places = [Int32](repeating: -1, count: size.columns * size.rows)
    // Letters last: two copies side by side share a gap.
    for isGap in [true, false] {
      for (place, letter) in layout.letters.enumerated() where cells[place].isGap == isGap {
        places[letter.row * size.columns + letter.column] = Int32(truncatingIfNeeded: place)
      }
    }
  }

  /// Judges each cell's ground, a canvas of `stride` samples a row.
  ///
  /// A grid's letters are a function of the grid alone; of a clear picture, which has noise, a letter
  /// does not change sides for a little.
  mutating func judge(_ colours: [UInt32], stride: Int, isGrid: Bool) {
    guard let samples = key?.samples else { return }
    let count = UInt32(max(1, samples.area))
    for place in cells.indices {
      var sum = SIMD4<UInt32>.zero
      for row in 0..<samples.height {
        let base = cells[place].start + row * stride
        for index in base..<base + samples.width {
          let colour = colours[index]
          sum &+= SIMD4(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, 0)
        }
      }
      let mean = (sum &+ count / 2) / count
      let ground = mean[0] << 16 | mean[1] << 8 | mean[2]
      cells[place].ground = ground
      cells[place].isDarker = MarkContrast.isDarker(
        on: ground.luma, before: isGrid ? nil : cells[place].isDarker)
    }
  }

  /// The colours of the letters' ink on a canvas of `stride` samples a row.
  func inkColours(_ colours: [UInt32], stride: Int) -> [UInt32] {
    guard let samples = key?.samples else { return [] }
    return cells.lazy.filter { !$0.isGap }.flatMap { cell in
      font.ink(of: cell.letter).map { pixel in
        let (row, column) = Int(pixel).quotientAndRemainder(dividingBy: samples.width)
        return colours[cell.start + row * stride + column]
      }
    }
  }

  /// Puts the letters' ink on a canvas of `stride` samples a row that was judged.
  mutating func ink(_ colours: inout [UInt32], stride: Int) {
    guard let samples = key?.samples else { return }
    if font.cell != samples { font = MarkFont(cell: samples) }
    for cell in cells where !cell.isGap {
      let isDarker = cell.isDarker ?? false
      for pixel in font.ink(of: cell.letter) {
        let (row, column) = Int(pixel).quotientAndRemainder(dividingBy: samples.width)
        let place = cell.start + row * stride + column
        colours[place] = MarkContrast.ink(on: colours[place], isDarker: isDarker)
      }
    }
  }
}
