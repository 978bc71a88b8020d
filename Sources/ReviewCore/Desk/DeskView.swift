// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Draws a desk at a size; pure, never fails, never writes outside.
///
/// Below 60 × 20 cells it is one sentence.
package func view(_ state: DeskState, _ size: CellSize) -> CellGrid {
  var grid = CellGrid(size: size)
  guard size.columns >= Layout.least.columns, size.rows >= Layout.least.rows else {
    let sentence = state.texts(TopPhrase.tooSmall, Layout.least.columns, Layout.least.rows)
    let rect = CellRect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    grid.putCentred(Line(sentence, .text), in: rect, row: max(0, size.rows / 2))
    return grid
  }
  let frame = DeskFrame(state)
  frame.drawTop(on: &grid)
  let body = CellRect(column: 0, row: 3, columns: size.columns, rows: size.rows - 5)
  if state.isHelpShown {
    frame.drawHelp(on: &grid, in: body)
  } else {
    switch state.tab {
    case .disputed: DisputeView(state).draw(on: &grid, in: body)
    case .flagged: FlagView(state).draw(on: &grid, in: body)
    case .team: TeamView(state).draw(on: &grid, in: body)
    case .log: LogView(state).draw(on: &grid, in: body)
    case .receipts: ReceiptView(state).draw(on: &grid, in: body)
    }
  }
  frame.drawNotice(on: &grid, row: size.rows - 2)
  frame.drawHints(on: &grid, row: size.rows - 1)
  return grid
}
