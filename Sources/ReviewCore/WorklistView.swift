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
    if let line = typed {
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
    let top = min(
      max(0, screen.selection - rows.size.rows / 2), max(0, page.total - rows.size.rows))
    for offset in 0..<min(rows.size.rows, page.total - top) {
      guard let row = screen.row(top + offset) else { continue }
      draw(row, isSelected: top + offset == screen.selection, &grid, rows, rows.row + offset)
    }
  }

  /// A row in words, one fact after the other, for those who hear it.
  func spoken(_ row: WorklistRow) -> String {
    let facts = [
      stateWord(row), row.camera.text, Words.date(row.recordedAt, state.texts),
      state.texts(ClipPhrase.alert) + Words.spokenAlert(row.alert, state.texts),
      row.source.name(state.texts), summary(row),
    ]
    return facts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Says that the list is empty, and why.
  var nothingFound: String {
    screen.query.terms.isEmpty ? emptySentence : state.texts(WorklistPhrase.foundNone)
  }

  private var emptySentence: String {
    screen.filter == .all
      ? state.texts(WorklistPhrase.noneHere)
      : state.texts(WorklistPhrase.noneOf, screen.filter.name(state.texts))
  }

  /// What is being typed, with what is wrong in it; or the query that the list is narrowed to.
  private var typed: Line? {
    switch screen.line {
    case .row(let digits):
      return Line([
        Span(state.texts(WorklistPhrase.jumpTo), .quiet), Span(" : ", .key),
        Span("\(digits)▏", .text),
      ])
    case .query(let text):
      let typed = [
        Span("/ ", .key), Span(DisplayText.line(text, limit: WorklistLine.longest), .text),
        Span("▏  ", .text),
      ]
      let error = screen.line?.error.map { [Span($0.sentence(state.texts), .notice)] }
      return Line(typed + (error ?? []))
    case nil:
      guard !screen.query.isEmpty else { return nil }
      let found = screen.page.map { state.texts(WorklistPhrase.found, $0.total) } ?? ""
      return Line([
        Span("/ ", .key),
        Span(DisplayText.line(screen.query.text, limit: WorklistLine.longest), .text),
        Span("   \(found)", .quiet),
      ])
    }
  }

  /// The lists with their counts; where there is no room for all, those that hold nothing go.
  private func tabs(in room: Int) -> Line {
    let all = tabs(WorklistFilter.allCases, gap: "    ")
    if all.width <= room { return all }
    let needed: [WorklistFilter] = [.due, .deferred, .done, .flagged, .all, screen.filter]
    let filled = WorklistFilter.allCases.filter { state.counts[$0] > 0 || needed.contains($0) }
    let some = tabs(filled, gap: "    ")
    return some.width <= room ? some : tabs(filled, gap: "  ")
  }

  private func tabs(_ filters: [WorklistFilter], gap: String) -> Line {
    let lists = filters.map { filter in
      let isHere = filter == screen.filter
      return Line([
        Span(filter.name(state.texts), isHere ? .selected : .text, isHere ? .bold : .plain),
        Span(" \(state.counts[filter])", .quiet),
      ])
    }
    return Line.joined(
      [Line(state.texts(WorklistPhrase.heading), .heading)] + lists, by: Span(gap, .text))
  }

  private func draw(
    _ row: WorklistRow, isSelected: Bool, _ grid: inout CellGrid, _ rect: CellRect, _ at: Int
  ) {
    let wide = rect.size.columns >= 100
    let position = String(row.position)
    let digits = max(4, String(state.counts[.all]).count)
    var cells: [(text: String, width: Int, role: StyleRole)] = [
      (String(repeating: " ", count: max(0, digits - position.count)) + position, digits, .quiet),
      (stateWord(row), wide ? 12 : 9, stateRole(row)),
      (row.camera.text, wide ? 16 : 12, .text),
      (Words.date(row.recordedAt, state.texts), 12, .text),
      (Words.alert(row.alert, state.texts, withModel: false), wide ? 14 : 11, .text),
    ]
    if wide { cells.append((row.source.name(state.texts), 15, .quiet)) }
    let used = cells.reduce(2) { $0 + $1.width + 2 }
    cells.append((summary(row), max(0, rect.size.columns - used), .quiet))
    if isSelected {
      grid.fill(
        CellRect(column: 0, row: at, columns: rect.column + rect.size.columns + 1, rows: 1),
        with: Cell(" ", .selected))
      grid.put("›", column: rect.column, row: at, role: .selected)
    }
    var column = rect.column + 2
    for cell in cells {
      grid.put(
        DisplayText.line(cell.text, limit: cell.width), column: column, row: at,
        role: isSelected ? .selected : cell.role)
      column += cell.width + 2
    }
  }

  private func summary(_ row: WorklistRow) -> String {
    if let reason = row.unreadableReason { return reason }
    return row.isLeasedByOther ? state.texts(WorklistPhrase.openElsewhere) : row.summary
  }

  private func stateWord(_ row: WorklistRow) -> String {
    if row.unreadableReason != nil { return words(.columnUnreadable) }
    switch row.state {
    case .due: return words(row.summary.isEmpty ? .columnNew : .columnDraft)
    case .deferred: return words(.columnDeferred)
    case .skipped: return words(.columnSkipped)
    case .secondOpinion:
      return state.texts(row.isBarred ? OpinionPhrase.columnWaiting : .columnSecond)
    case .disputed: return state.texts(OpinionPhrase.columnDisputed)
    case .done: return words(.columnDone)
    case .flagged: return words(.columnFlagged)
    }
  }

  private func words(_ phrase: WorklistPhrase) -> String { state.texts(phrase) }

  private func stateRole(_ row: WorklistRow) -> StyleRole {
    if row.unreadableReason != nil { return .flagged }
    switch row.state {
    case .due: return row.summary.isEmpty ? .text : .prediction
    case .deferred, .skipped, .disputed: return .prediction
    case .secondOpinion: return row.isBarred ? .quiet : .text
    case .done: return .set
    case .flagged: return .flagged
    }
  }
}
