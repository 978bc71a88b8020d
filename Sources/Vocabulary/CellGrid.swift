// SPDX-License-Identifier: Apache-2.0

/// What a piece of the screen means; a theme gives each its colours.
package enum StyleRole: Int, CaseIterable, Sendable, Hashable {
  /// Ordinary words.
  case text
  /// Words that matter less: units, separators, terms not set.
  case quiet
  /// Headings and the program's name.
  case heading
  /// The key to press, in hints and the palette.
  case key
  /// A prediction nobody confirmed.
  case prediction
  /// A label that is set and durable.
  case set
  /// A flagged clip, an error.
  case flagged
  /// The frost's name, and all that speaks of it.
  case frost
  /// A notice in words.
  case notice
  /// The motion sparkline.
  case motion
  /// The playhead.
  case playhead
  /// A segment in its lane.
  case segment
  /// The selected row or segment.
  case selected
  /// The progress bar's done part.
  case progress
  /// The picture pane, whose cells the screen must never write.
  case pane

  /// The name in a theme file.
  package var name: String { String(describing: self) }
}

/// One character place: a glyph one cell wide, its role, and whether it is dim or bold.
package struct Cell: Hashable, Sendable {
  package var glyph: Unicode.Scalar
  package var role: StyleRole
  package var emphasis: Emphasis

  /// How strongly it shows; `dim` also marks what is not on disk yet.
  package enum Emphasis: Sendable, Hashable { case plain, bold, dim }

  /// Makes a cell.
  package init(_ glyph: Unicode.Scalar, _ role: StyleRole, _ emphasis: Emphasis = .plain) {
    self.glyph = glyph
    self.role = role
    self.emphasis = emphasis
  }

  /// A blank.
  package static let blank = Cell(" ", .text)
}

/// A whole screen of cells, row by row.
package struct CellGrid: Hashable, Sendable {
  package let size: CellSize
  /// `columns × rows` cells, row 0 at the top.
  package private(set) var cells: [Cell]

  /// A grid of blanks.
  package init(size: CellSize) {
    self.size = size
    cells = Array(repeating: .blank, count: max(0, size.columns) * max(0, size.rows))
  }

  /// The cell at a place inside the grid; writing outside does nothing, reading gives a blank.
  package subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * size.columns + column] : .blank }
    set { if contains(column, row) { cells[row * size.columns + column] = newValue } }
  }

  /// Writes text from a place, cut at `limit` columns and at the grid's edge.
  ///
  /// Returns the column after the last cell written. Characters that could harm or shift the screen
  /// are replaced.
  @discardableResult
  package mutating func put(
    _ text: String, column: Int, row: Int, role: StyleRole, emphasis: Cell.Emphasis = .plain,
    limit: Int = .max
  ) -> Int {
    var at = column
    for glyph in DisplayText.scalars(text) {
      guard at - column < limit, at < size.columns else { break }
      self[at, row] = Cell(glyph, role, emphasis)
      at += 1
    }
    return at
  }

  /// Fills a rectangle with one cell, clipped to the grid.
  package mutating func fill(_ rect: CellRect, with cell: Cell) {
    for row in rect.row..<rect.row + rect.size.rows {
      for column in rect.column..<rect.column + rect.size.columns { self[column, row] = cell }
    }
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && row >= 0 && column < size.columns && row < size.rows
  }
}
