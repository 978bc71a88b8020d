// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Draws the state at a size; pure, never fails, never writes outside.
///
/// Below 60 × 20 cells it is one sentence. Sizes of zero or less give an empty grid.
package func view(_ state: State, _ size: CellSize) -> ScreenView {
  // The key list needs every row; its hint says how to come back.
  guard let tour = state.tour, state.lock == nil, !state.mode.isHelp else {
    return wholeView(state, size)
  }
  var view = wholeView(state, state.room(size), coachRows: state.coachRows)
  view.grid = view.grid.grown(by: size.rows - view.grid.size.rows)
  TourView(state, tour).draw(on: &view.grid)
  return view
}

private func wholeView(_ state: State, _ size: CellSize, coachRows: Int = 0) -> ScreenView {
  var view = ScreenView(grid: CellGrid(size: size), pane: nil, picture: .none)
  if let lock = state.lock {
    LockView(state, lock).draw(on: &view.grid)
    return view
  }
  guard let layout = Layout(size, state.taxonomy, coachRows: coachRows) else {
    let sentence = state.texts(
      TopPhrase.tooSmall, Layout.least.columns, Layout.least.rows + coachRows)
    let rect = CellRect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    view.grid.putCentred(Line(sentence, .text), in: rect, row: max(0, size.rows / 2))
    return view
  }
  TopLine(state).draw(on: &view.grid)
  switch state.mode {
  case .review, .prompt, .view, .pan, .region, .note: drawReview(state, layout, &view)
  case .contactSheet(let sheet):
    if let clip = state.clip { ContactSheetView(clip, sheet, state.texts).draw(on: &view, layout) }
  case .history(let cursor):
    if let clip = state.clip { HistoryView(state, clip, cursor).draw(on: &view.grid, layout) }
  case .messages(let cursor): MessagesView(state, cursor).draw(on: &view.grid, layout)
  case .worklist(let screen): WorklistView(state, screen).draw(on: &view, layout)
  case .help(let page): HelpView(state).draw(page, on: &view.grid, layout)
  case .summary: SummaryView(state).draw(on: &view.grid, layout)
  }
  NoticeLine(state).draw(on: &view.grid, row: layout.noticeRow)
  HintLine(state).draw(on: &view.grid, row: layout.hintRow)
  return view
}

/// Where a clip's picture goes on a screen of that size, whatever is on it now; nil where there is no
/// room for one.
package func picturePane(_ state: State, _ size: CellSize) -> CellRect? {
  Layout(state.room(size), state.taxonomy, coachRows: state.coachRows)?.pane
}

extension State {
  /// The rows that the tour takes from the screen.
  fileprivate var coachRows: Int { tour == nil ? 0 : TourView.rows }

  /// What the tour leaves of a screen.
  fileprivate func room(_ size: CellSize) -> CellSize {
    CellSize(columns: size.columns, rows: max(0, size.rows - coachRows))
  }
}

private func drawReview(_ state: State, _ layout: Layout, _ view: inout ScreenView) {
  guard let clip = state.clip else {
    EmptyView(state).draw(on: &view.grid, layout)
    return
  }
  let question = PromptView(state)
  if let question {
    question.draw(on: &view.grid, layout)
  } else if case .view(let menu) = state.mode {
    ViewMenuView(state, menu).draw(on: &view.grid, layout)
  } else {
    view.targets = PaletteView(state, clip).draw(on: &view.grid, layout)
  }
  let timeline = state.hasLooks(clip) ? layout.withLookBar() : layout
  TimelineView(state, clip).draw(on: &view.grid, timeline)
  var bar = timeline.sparkline
  bar.size.rows = 2
  view.targets.append(ClickTarget(rect: bar, kind: .timeline(clip.timeline.duration)))
  // Where there is one row for the labels, a question takes the facts' too.
  if question == nil || layout.palette != .oneRow {
    InfoLine(state, clip).draw(on: &view.grid, row: layout.infoRow)
  }
  if let failure = clip.failure {
    FailureView(failure, isRefusal: clip.isRefused, state.texts).draw(on: &view.grid, layout.pane)
  } else {
    view.picture = state.picture
    view.pane = layout.pane
    view.grid.fill(layout.pane, with: Cell(" ", .pane))
  }
}
