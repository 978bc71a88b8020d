// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The receipts of erasures, each verified, and the selected one's text.
struct ReceiptView {
  private let state: DeskState
  private var texts: Texts { state.texts }

  init(_ state: DeskState) { self.state = state }

  func draw(on grid: inout CellGrid, in body: CellRect) {
    guard let items = state.receipts.items else { return }
    guard let item = state.receipts.selected else {
      return grid.putQuiet(texts(DeskPhrase.noReceipt), row: body.row)
    }
    let width = body.size.columns - 2
    let rows = min(items.count + 1, max(4, body.size.rows * 2 / 5))
    drawList(
      items, on: &grid, in: CellRect(column: 1, row: body.row, columns: width, rows: rows))
    let start = body.row + rows + 1
    let end = body.row + body.size.rows
    guard let text = state.receipts.text, text.number == item.number else { return }
    let room = max(0, end - start)
    let lines = text.lines.flatMap { line in
      let shown = DisplayText.line(line, limit: .max)
      return shown.cellCount > width ? shown.wrapped(width, rows: .max) : [shown]
    }
    let top = min(state.receipts.top, max(0, lines.count - room))
    for (offset, line) in lines.dropFirst(top).prefix(room).enumerated() {
      grid.put(
        line, column: 1, row: start + offset, role: item.content == nil ? .flagged : .text)
    }
  }

  private func drawList(_ items: [ReceiptItem], on grid: inout CellGrid, in rect: CellRect) {
    let table = DeskTable(
      [
        .init(title: texts(DeskPhrase.columnNumber), width: 6, isNumber: true),
        .init(title: texts(DeskPhrase.columnTime), width: 16),
        .init(title: texts(DeskPhrase.columnClips), width: 6, isNumber: true),
        .init(title: texts(DeskPhrase.columnReason), width: 10),
        .init(title: texts(DeskPhrase.columnOrder), width: 20),
      ], width: rect.size.columns)
    table.draw(items.count, selection: state.receipts.selection, in: rect, on: &grid) { index in
      let item = items[index]
      guard let content = item.content else {
        return DeskTable.Row(
          cells: ["\(item.number)", texts(DeskPhrase.badReceipt)], role: .flagged, emphasis: .bold)
      }
      return DeskTable.Row(cells: [
        "\(item.number)", CivilTime.text(content.atMilliseconds), "\(content.clips)",
        content.reason, content.order,
      ])
    }
  }
}
