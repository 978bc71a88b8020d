// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The view menu in the place of the label palette; one row of it in the notice line where the
/// palette has one row only.
struct ViewMenuView {
  private let setting: PictureSetting
  private let themes: [String]
  private let texts: Texts
  private let menu: ViewMenu
  private static let nameWidth = 11

  init(_ state: State, _ menu: ViewMenu) {
    setting = state.setting
    themes = state.themes
    texts = state.texts
    self.menu = menu
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let rect = layout.paletteRect
    switch layout.palette {
    case .side:
      grid.put(texts(ViewPhrase.heading), column: rect.column, row: rect.row, role: .heading)
      for (index, row) in ViewMenu.Row.allCases.enumerated() where index + 1 < rect.size.rows {
        grid.put(
          line(row, room: rect.size.columns - 1), column: rect.column + 1,
          row: rect.row + 1 + index,
          limit: rect.size.columns - 1)
      }
    case .threeRows:
      // Column by column, each as wide as what stands in it.
      var column = rect.column
      for rows in ViewMenu.Row.allCases.chunks(of: rect.size.rows) {
        let nameWidth = rows.map { $0.name(texts).cellCount }.max() ?? 0
        let lines = rows.map { line($0, name: $0.name(texts).fitted(nameWidth + 1)) }
        for (index, line) in lines.enumerated() {
          grid.put(
            line, column: column, row: rect.row + index,
            limit: rect.column + rect.size.columns - column)
        }
        // Whichever row is chosen, its arrows have room.
        let arrows = rows.contains(menu.row) ? 0 : 2
        column += (lines.map(\.width).max() ?? 0) + arrows + 1
      }
    case .oneRow:
      grid.put(
        Line(texts(ViewPhrase.heading) + "  ", .heading) + line(menu.row, room: .max),
        column: rect.column, row: rect.row, limit: rect.size.columns)
    }
  }

  /// A row of the menu; its name is only as wide as it must be where it would else not fit.
  private func line(_ row: ViewMenu.Row, room: Int) -> Line {
    let aligned = line(row, name: row.name(texts).fitted(Self.nameWidth))
    return aligned.width <= room ? aligned : line(row, name: row.name(texts) + " ")
  }

  private func line(_ row: ViewMenu.Row, name: String) -> Line {
    let value = setting.value(row, themes: themes, texts)
    guard row == menu.row else {
      return Line([Span("  \(name)", .quiet), Span("  \(value)", .text)])
    }
    return Line([
      Span("› ", .key), Span(name, .text, .bold), Span("← ", .key), Span(value, .text, .bold),
      Span(" →", .key),
    ])
  }
}

extension Array {
  /// The elements in order, so many together; the last may be fewer.
  fileprivate func chunks(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: Swift.max(1, count)).map {
      Array(self[$0..<Swift.min($0 + Swift.max(1, count), self.count)])
    }
  }
}
