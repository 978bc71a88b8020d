// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The team's totals: by name, so that nobody stands first for their numbers.
struct TeamView {
  private let state: DeskState
  private var texts: Texts { state.texts }

  init(_ state: DeskState) { self.state = state }

  func draw(on grid: inout CellGrid, in body: CellRect) {
    let width = body.size.columns - 2
    grid.put(windows, column: 1, row: body.row, limit: width)
    guard let rows = state.team.shown else {
      return grid.putQuiet(texts(DeskPhrase.counting), row: body.row + 2)
    }
    let notes =
      texts(DeskPhrase.teamNote).wrapped(width, rows: 4)
      + texts(DeskPhrase.teamMissing).wrapped(width, rows: 2)
    let table = CellRect(
      column: 1, row: body.row + 2, columns: width, rows: body.size.rows - 3 - notes.count)
    if rows.isEmpty {
      grid.putQuiet(texts(DeskPhrase.nobodyYet), row: table.row)
    } else {
      drawTable(rows, on: &grid, in: table)
    }
    for (offset, note) in notes.enumerated() {
      grid.put(
        note, column: 1, row: body.row + body.size.rows - notes.count + offset, role: .quiet)
    }
  }

  private var windows: Line {
    Line.joined(
      TeamBoard.Window.allCases.map { window in
        let isHere = window == state.team.window
        return Line([
          Span(texts(window.title), isHere ? .selected : .text, isHere ? .bold : .plain)
        ])
      }, by: Span("    ", .text))
  }

  private func drawTable(_ rows: [TeamRow], on grid: inout CellGrid, in rect: CellRect) {
    func number(_ title: DeskPhrase, _ width: Int) -> DeskTable.Column {
      .init(title: texts(title), width: width, isNumber: true)
    }
    let table = DeskTable(
      [
        .init(title: texts(DeskPhrase.columnReviewer), width: 12),
        number(.columnCommitted, 9), number(.columnSeconds, 10), number(.columnDisputed, 12),
        number(.columnFlags, 8), number(.columnLooks, 8), number(.columnSeen, 8),
        number(.columnSkipped, 12),
      ], width: rect.size.columns)
    table.draw(rows.count, selection: nil, top: state.team.top, in: rect, on: &grid) { index in
      let row = rows[index]
      return DeskTable.Row(cells: [
        row.reviewer.text, "\(row.committed)", "\(row.secondOpinions)",
        texts(DeskPhrase.disputedOf, row.disputed, row.compared), "\(row.flagged)",
        "\(row.clearSeconds) s", "\(row.seen)", "\(row.skipped)",
      ])
    }
  }
}
