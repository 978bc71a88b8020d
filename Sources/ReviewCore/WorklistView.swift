// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The worklist: its lists with their counts, the rows around the selected one, and small pictures
/// of those clips in it that are decoded.
struct WorklistView {
  private let state: State
  private let screen: WorklistScreen

  init(_ state: State, _ screen: WorklistScreen) {
    self.state = state
    self.screen = screen
  }

  func draw(on view: inout ScreenView, _ layout: Layout) {
    let body = layout.body
    view.grid.put(
      tabs(in: body.size.columns - 2), column: 1, row: body.row + 1, limit: body.size.columns - 2)
    if let line = screen.line {
      let error = line.error.map { Span($0.sentence(state.texts), .notice) }
      view.grid.put(prompt(line.kind), line.editor, error, row: body.row + 2)
    } else if let line = narrowed {
      view.grid.put(line, column: 1, row: body.row + 2, limit: body.size.columns - 2)
    }
    let room = CellRect(
      column: 1, row: body.row + 3, columns: body.size.columns - 2, rows: body.size.rows - 4)
    let pictures = WorklistPictures(state, screen, in: room)
    pictures.draw(on: &view)
    draw(on: &view.grid, pictures.rows)
  }

  private func draw(on grid: inout CellGrid, _ rows: CellRect) {
    guard let page = screen.page else { return }
    if page.total == 0 {
      grid.put(nothingFound, column: 1, row: rows.row, role: .quiet)
      return
    }
    let table = WorklistTable(state, screen.query, width: rows.size.columns)
    table.drawHeadings(on: &grid, rows)
    let room = max(0, rows.size.rows - 1)
    let top = min(max(0, screen.selection - room / 2), max(0, page.total - room))
    for offset in 0..<min(room, page.total - top) {
      guard let row = screen.row(top + offset) else { continue }
      table.draw(
        row, number: top + offset + 1, isSelected: top + offset == screen.selection, on: &grid,
        rows, rows.row + 1 + offset)
    }
  }

  /// Says that the list is empty, and why.
  var nothingFound: String {
    screen.query.terms.isEmpty ? emptySentence : state.texts(WorklistPhrase.foundNone)
  }

  private var emptySentence: String {
    switch screen.filter {
    case .all: state.texts(WorklistPhrase.noneHere)
    case .second: state.texts(WorklistPhrase.noneSecond)
    default: state.texts(WorklistPhrase.noneOf, screen.filter.name(state.texts))
    }
  }

  private func prompt(_ kind: WorklistLine.Kind) -> Line {
    switch kind {
    case .row: Line([Span(state.texts(WorklistPhrase.jumpTo), .quiet), Span(" : ", .key)])
    case .query: Line("/ ", .key)
    }
  }

  /// The query that the list is narrowed to, and how many clips it leaves.
  private var narrowed: Line? {
    let unsettled =
      screen.page?.isUnsettled == true
      ? [Span(state.texts(WorklistPhrase.unsettled), .notice)] : []
    guard !screen.query.isEmpty else { return unsettled.isEmpty ? nil : Line(unsettled) }
    let found = screen.page.map { state.texts(WorklistPhrase.found, $0.total) }
    let text = found ?? state.texts(WorklistPhrase.searching)
    return Line(
      [
        Span("/ ", .key),
        Span(DisplayText.line(screen.query.text, limit: WorklistLine.longest), .text),
        Span("   \(text)   ", .quiet),
      ] + unsettled)
  }

  /// The lists with their counts; where there is no room for all, those that hold nothing go, then
  /// the heading, then those that are farthest from the chosen one.
  private func tabs(in room: Int) -> Line {
    let all = tabs(WorklistFilter.allCases, gap: "    ")
    if all.width <= room { return all }
    let needed: [WorklistFilter] = [.due, .deferred, .done, .flagged, .all, screen.filter]
    let filled = WorklistFilter.allCases.filter { state.counts[$0] > 0 || needed.contains($0) }
    for gap in ["    ", "  "] {
      let some = tabs(filled, gap: gap)
      if some.width <= room { return some }
    }
    var shown = filled[...]
    while shown.count > 1 {
      var lists = lines(of: Array(shown))
      if shown.startIndex > filled.startIndex { lists.insert(Line("…", .quiet), at: 0) }
      if shown.endIndex < filled.endIndex { lists.append(Line("…", .quiet)) }
      let line = Line.joined(lists, by: Span("  ", .text))
      if line.width <= room { return line }
      let here = shown.firstIndex(of: screen.filter) ?? shown.startIndex
      if shown.endIndex - here > here - shown.startIndex {
        shown.removeLast()
      } else {
        shown.removeFirst()
      }
    }
    return Line.joined(lines(of: Array(shown)), by: Span("  ", .text))
  }

  private func tabs(_ filters: [WorklistFilter], gap: String) -> Line {
    Line.joined(
      [Line(state.texts(WorklistPhrase.heading), .heading)] + lines(of: filters),
      by: Span(gap, .text))
  }

  private func lines(of filters: [WorklistFilter]) -> [Line] {
    filters.map { filter in
      let isHere = filter == screen.filter
      return Line([
        Span(filter.name(state.texts), isHere ? .selected : .text, isHere ? .bold : .plain),
        Span(" \(state.counts[filter])", .quiet),
      ])
    }
  }
}
