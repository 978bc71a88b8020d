// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension CellGrid {
  /// Puts the part of a typed line that is around its cursor, and the cursor.
  mutating func put(_ line: LineEditor, column: Int, row: Int, room: Int) {
    let (text, cursor) = line.window(room)
    put(text, column: column, row: row, role: .text, limit: max(1, room))
    let under = self[column + cursor, row].glyph
    self[column + cursor, row] = Cell(under, .selected, .bold)
  }

  /// Puts a prompt, the line that is typed behind it, and what is said of it where room is left; a long
  /// line leaves a half of the row to that.
  mutating func put(_ prompt: Line, _ line: LineEditor, _ remark: Span?, row: Int) {
    let room = size.columns - 2
    put(prompt, column: 1, row: row, limit: room)
    let start = 1 + prompt.width
    let kept = remark.map { min($0.text.cellCount + 2, room / 2) } ?? 0
    let typed = max(1, min(line.count + 1, room - prompt.width - kept))
    put(line, column: start, row: row, room: typed)
    let end = start + typed
    guard let remark, end + 2 < size.columns - 1 else { return }
    let shown = remark.text.fitted(size.columns - 3 - end)
    put(shown, column: end + 2, row: row, role: remark.role)
  }
}
