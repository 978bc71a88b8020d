// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A list that fills the screen: a heading, the rows around the selected one, and the whole text of
/// that one below them.
struct ListView {
  /// One row: what stands in its columns, and its whole text.
  struct Row {
    var line: Line
    var whole: String
  }

  let heading: String
  /// Stands where there are no rows.
  let empty: String
  let count: Int
  let cursor: ListCursor
  /// The row at an index; asked for those on the screen alone.
  let row: (Int) -> Row

  /// Rows that the selected one's whole text may take.
  private static let wholeRows = 3

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let body = layout.body
    let width = body.size.columns - 2
    let place = count > 0 ? "  \(cursor.row + 1) / \(count)" : ""
    grid.put(
      Line(heading, .heading) + Line(place, .quiet), column: 1, row: body.row + 1, limit: width)
    guard count > 0 else {
      grid.put(empty, column: 1, row: body.row + 3, role: .quiet, limit: width)
      return
    }
    let rows = max(1, body.size.rows - 4 - Self.wholeRows - 1)
    let top = min(max(0, cursor.row - rows / 2), max(0, count - rows))
    for index in top..<min(count, top + rows) {
      draw(index, &grid, body, row: body.row + 3 + index - top)
    }
    let whole = row(min(cursor.row, count - 1)).whole.wrapped(width - 2, rows: Self.wholeRows)
    for (offset, text) in whole.enumerated() {
      grid.put(
        text, column: 3, row: body.row + body.size.rows - Self.wholeRows + offset, role: .quiet)
    }
  }

  private func draw(_ index: Int, _ grid: inout CellGrid, _ body: CellRect, row at: Int) {
    let line = row(index).line
    let width = body.size.columns - 4
    guard index == cursor.row else {
      grid.put(line, column: 3, row: at, limit: width)
      if line.width > width { grid.put("…", column: 2 + width, row: at, role: .quiet) }
      return
    }
    grid.fill(
      CellRect(column: 0, row: at, columns: body.size.columns, rows: 1), with: Cell(" ", .selected))
    grid.put("›", column: 1, row: at, role: .selected)
    grid.put(
      DisplayText.line(line.spans.map(\.text).joined(), limit: width), column: 3, row: at,
      role: .selected)
  }
}
