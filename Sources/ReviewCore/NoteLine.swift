// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The line above the hints while a note is typed: as much of it as fits around the cursor.
struct NoteLine {
  private let texts: Texts
  private let line: LineEditor

  init(_ texts: Texts, _ line: LineEditor) { (self.texts, self.line) = (texts, line) }

  func draw(on grid: inout CellGrid, row: Int) {
    let columns = grid.size.columns
    let title = texts(NotePhrase.title) + " "
    let count = "\(line.count)/\(line.limit)"
    let start = grid.put(title, column: 1, row: row, role: .notice)
    let room = columns - 2 - start - count.cellCount
    grid.put(line, column: start, row: row, room: room)
    grid.put(count, column: columns - 1 - count.cellCount, row: row, role: .quiet)
  }
}
