// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The view menu in the place of the label palette; one row of it in the notice line where the
/// palette has one row only.
struct ViewMenuView {
  private let setting: PictureSetting
  private let menu: ViewMenu
  private static let nameWidth = 11

  init(_ state: State, _ menu: ViewMenu) {
    setting = state.setting
    self.menu = menu
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let rect = layout.paletteRect
    switch layout.palette {
    case .side:
      grid.put("View", column: rect.column, row: rect.row, role: .heading)
      for (index, row) in ViewMenu.Row.allCases.enumerated() where index + 1 < rect.size.rows {
        grid.put(
          line(row), column: rect.column + 1, row: rect.row + 1 + index,
          limit: rect.size.columns - 1)
      }
    case .threeRows:
      let width = rect.size.columns / 2
      for (index, row) in ViewMenu.Row.allCases.enumerated() {
        grid.put(
          line(row), column: rect.column + index % 2 * width, row: rect.row + index / 2,
          limit: width)
      }
    case .oneRow:
      grid.put(
        Line("View  ", .heading) + line(menu.row), column: rect.column, row: rect.row,
        limit: rect.size.columns)
    }
  }

  private func line(_ row: ViewMenu.Row) -> Line {
    let isSelected = row == menu.row
    let name = row.name.fitted(Self.nameWidth)
    guard isSelected else {
      return Line([Span("  \(name)", .quiet), Span("  \(setting.value(row))", .text)])
    }
    return Line([
      Span("› ", .key), Span(name, .text, .bold), Span("← ", .key),
      Span(setting.value(row), .text, .bold), Span(" →", .key),
    ])
  }
}
