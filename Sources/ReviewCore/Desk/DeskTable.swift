// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Rows under one heading, around the selected one.
struct DeskTable {
  struct Column {
    let title: String
    let width: Int
    var isNumber = false
    /// Whether the others have their room before it.
    var isSpare = false
  }

  struct Row {
    let cells: [String]
    var role = StyleRole.text
    var emphasis = Cell.Emphasis.plain
  }

  private let columns: [Column]
  /// The columns that are shown: their places in `columns`, and their widths.
  private let shown: [(place: Int, width: Int)]

  /// Makes columns; where there is no room for all, spare ones are left out from the right, then
  /// others, and the last gets what is left of `width`.
  init(_ columns: [Column], width: Int) {
    self.columns = columns
    var places = Array(columns.indices)
    func left() -> Int { width - places.reduce(0) { $0 + columns[$1].width + 2 } }
    while left() < 0, let out = places.lastIndex(where: { columns[$0].isSpare }) {
      places.remove(at: out)
    }
    while left() < 0, places.count > 1 { places.removeLast() }
    shown = places.map { place in
      let isWidened = place == places.last && !columns[place].isNumber
      return (place, columns[place].width + (isWidened ? left() : 0))
    }
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
      let drawn = row(top + offset)
      let isSelected = top + offset == selection
      if isSelected {
        grid.fill(
          CellRect(column: 0, row: at, columns: grid.size.columns, rows: 1),
          with: Cell(" ", .selected))
        grid.put("›", column: rect.column, row: at, role: .selected)
      }
      put(
        drawn.cells, rect.column, at, isSelected ? .selected : drawn.role, drawn.emphasis, on: &grid
      )
    }
  }

  private func put(
    _ cells: [String], _ start: Int, _ row: Int, _ role: StyleRole, _ emphasis: Cell.Emphasis,
    on grid: inout CellGrid
  ) {
    var column = start + 2
    for (place, width) in shown where place < cells.count {
      let text = DisplayText.line(cells[place], limit: width)
      let indent = columns[place].isNumber ? max(0, width - text.cellCount) : 0
      grid.put(text, column: column + indent, row: row, role: role, emphasis: emphasis)
      column += width + 2
    }
  }
}
