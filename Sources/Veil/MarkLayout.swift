// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// A letter of a mark and the cell that it stands in.
package struct MarkLetter: Hashable, Sendable {
  /// The cell's column in its pane.
  package let column: Int
  /// The cell's row in its pane.
  package let row: Int
  /// The letter in ASCII; a space for a cell that is best left empty, between words and beside them.
  package let letter: UInt8
}

/// Where the copies of a mark lie on a pane.
///
/// It counts in cells, and depends on nothing but the mark and the picture's rectangle, so that all
/// ways to draw agree. Each ninth of the picture has a whole copy, in one to four lines. Where a ninth
/// is too small, names are shortened; where that does not suffice, there are as many copies as cover a
/// quarter of the cells, or one; and where a picture is too small for one, the pane's own ninths count.
package struct MarkLayout: Hashable, Sendable {
  /// A picture's rectangle in its pane, in pixels of cells.
  package struct Picture: Hashable, Sendable {
    /// The first column of pixels.
    package var left: Int
    /// The first row of pixels.
    package var top: Int
    /// The picture's pixels.
    package var size: PixelSize

    /// Makes one.
    package init(left: Int, top: Int, size: PixelSize) {
      self.left = left
      self.top = top
      self.size = size
    }
  }

  /// All copies' letters, copy by copy; none where not even the pane has room.
  package let letters: [MarkLetter]
  /// How many copies there are.
  package let copies: Int
  /// Whether they are spread over the pane, since the picture is too small for one.
  package let coversPane: Bool

  /// Lays a mark out.
  ///
  /// - Parameters:
  ///   - mark: What is written.
  ///   - picture: Where the picture lies.
  ///   - pane: The pane in cells.
  ///   - cell: A cell's pixels.
  package init(_ mark: ReviewerMark, over picture: Picture, pane: CellSize, cell: PixelSize) {
    let whole = Picture(
      left: 0, top: 0,
      size: PixelSize(width: pane.columns * cell.width, height: pane.rows * cell.height))
    for area in [picture, whole] {
      guard let (block, tiles) = Self.choose(mark, area, cell) else { continue }
      letters = tiles.flatMap { Self.letters(block, in: $0, pane) }
      copies = tiles.count
      coversPane = area != picture
      return
    }
    (letters, copies, coversPane) = ([], 0, false)
  }

  /// How many copies there are across and down, those that are wanted first.
  private static let tilings = [
    (3, 3), (2, 3), (3, 2), (2, 2), (1, 3), (3, 1), (1, 2), (2, 1), (1, 1),
  ]

  private static func choose(
    _ mark: ReviewerMark, _ area: Picture, _ cell: PixelSize
  ) -> (MarkBlock, [CellRect])? {
    let cells = area.size.area / max(1, cell.area)
    // Full names in all ninths; short ones there; full ones in fewer; short ones in fewer.
    for (some, isShortened) in [
      (tilings.prefix(1), false), (tilings.prefix(1), true), (tilings.dropFirst(), false),
      (tilings.dropFirst(), true),
    ] {
      for (across, down) in some {
        let tiles = tiles(area, cell, across, down)
        // What stands side by side needs a gap.
        let columns = (tiles.map(\.size.columns).min() ?? 0) - (across > 1 ? 1 : 0)
        let room = CellSize(columns: columns, rows: tiles.map(\.size.rows).min() ?? 0)
        let block =
          isShortened ? MarkBlock(shortening: mark, to: room) : MarkBlock(mark, fitting: room)
        guard let block else { continue }
        // A small picture must still be seen.
        let isCrowded = some.count > 1 && tiles.count > 1 && tiles.count * block.cells * 4 > cells
        if !isCrowded { return (block, tiles) }
      }
    }
    return nil
  }

  /// The cells that lie within each part of an area, row by row.
  private static func tiles(
    _ area: Picture, _ cell: PixelSize, _ across: Int, _ down: Int
  ) -> [CellRect] {
    let columns = (0..<across).map { within(area.left, area.size.width, cell.width, $0, across) }
    let rows = (0..<down).map { within(area.top, area.size.height, cell.height, $0, down) }
    return rows.flatMap { rows in
      columns.map { columns in
        CellRect(
          column: columns.lowerBound, row: rows.lowerBound, columns: columns.count,
          rows: rows.count)
      }
    }
  }

  /// The cells wholly within part `index` of `count` of a length of pixels.
  private static func within(
    _ start: Int, _ length: Int, _ cell: Int, _ index: Int, _ count: Int
  ) -> Range<Int> {
    let (low, high) = (start * count + length * index, start * count + length * (index + 1))
    let unit = max(1, cell * count)
    let first = (low + unit - 1) / unit
    return first..<max(first, high / unit)
  }

  private static func letters(
    _ block: MarkBlock, in tile: CellRect, _ pane: CellSize
  ) -> [MarkLetter] {
    let top = tile.row + (tile.size.rows - block.lines.count) / 2
    return block.lines.enumerated().flatMap { index, line in
      let left = tile.column + (tile.size.columns - line.count) / 2
      let row = top + index
      let beside = [left - 1, left + line.count].filter { (0..<pane.columns).contains($0) }
      return line.enumerated().map { MarkLetter(column: left + $0, row: row, letter: $1) }
        + beside.map { MarkLetter(column: $0, row: row, letter: UInt8(ascii: " ")) }
    }
  }
}
