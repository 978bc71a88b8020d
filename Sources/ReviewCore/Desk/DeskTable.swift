// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Rows under one heading, around the selected one.
struct DeskTable {
  struct Column {
    let title: String
    let width: Int
    var isNumber = false
  }

  struct Row {
    let cells: [String]
    var role = StyleRole.text
    var emphasis = Cell.Emphasis.plain
  }

  let columns: [Column]

  /// Makes columns; the last gets what is left of `width`, and columns that have no room are left
  /// out from the right.
  init(_ columns: [Column], width: Int) {
    var kept: [Column] = []
    var left = width - 2
    for column in columns where column.width <= left {
      kept.append(column)
      left -= column.width + 2
    }
    if left > 0, let last = kept.popLast() {
      kept.append(
        Column(
          title: last.title, width: last.isNumber ? last.width : last.width + left,
          isNumber: last.isNumber))
    }
    self.columns = kept
  }

  /// Draws heading and rows; `selection` is nil for a table in which nothing is chosen, which then
  /// begins at the row `top`.
  func draw(
    _ count: Int, selection: Int?, top wanted: Int = 0, in rect: CellRect,
    on grid: inout CellGrid, _ row: (Int) -> Row
  ) {
    put(columns.map(\.title), rect.column, rect.row, .quiet, .plain, on: &grid)
    let rows = rect.size.rows - 1
    let top =
      selection.map { min(max(0, $0 - rows / 2), max(0, count - rows)) }
      ?? min(max(0, wanted), max(0, count - rows))
    for offset in 0..<max(0, min(rows, count - top)) {
      let at = rect.row + 1 + offset
      let shown = row(top + offset)
      let isSelected = top + offset == selection
      if isSelected {
        grid.fill(
          CellRect(column: 0, row: at, columns: grid.size.columns, rows: 1),
          with: Cell(" ", .selected))
        grid.put("›", column: rect.column, row: at, role: .selected)
      }
      put(
        shown.cells, rect.column, at, isSelected ? .selected : shown.role, shown.emphasis, on: &grid
      )
    }
  }

  private func put(
    _ cells: [String], _ start: Int, _ row: Int, _ role: StyleRole, _ emphasis: Cell.Emphasis,
    on grid: inout CellGrid
  ) {
    var column = start + 2
    for (cell, place) in zip(cells, columns) {
      let text = DisplayText.line(cell, limit: place.width)
      let indent = place.isNumber ? max(0, place.width - text.cellCount) : 0
      grid.put(text, column: column + indent, row: row, role: role, emphasis: emphasis)
      column += place.width + 2
    }
  }
}
