// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// What stands around every tab of a desk: who sits there, the tabs, one sentence, the keys.
struct DeskFrame {
  private let state: DeskState
  private var texts: Texts { state.texts }

  init(_ state: DeskState) { self.state = state }

  // MARK: - Top

  func drawTop(on grid: inout CellGrid) {
    let columns = grid.size.columns
    let person = state.person
    let roles = person.roles.sorted().map { texts(Self.phrase($0)) }.joined(separator: ", ")
    let left = Line([
      Span("milkglass", .heading), Span("  \(person.seat) · \(person.name.text)", .text),
      Span("  \(roles)", .quiet),
    ])
    grid.put(left, column: 1, row: 0, limit: columns - 2)
    let note = Line(DisplayText.line(state.vaultNote, limit: 40), .prediction)
    if note.width > 0, left.width + note.width + 5 <= columns {
      grid.put(note, column: columns - 1 - note.width, row: 0)
    } else if note.width > 0 {
      // It is never left out.
      grid.put(Line(" " + state.vaultNote, .prediction), column: columns - 2 - note.width, row: 0)
    }
    let tabs = person.tabs.map { tab in
      let isHere = tab == state.tab
      return Line([
        Span(texts(tab.title), isHere ? .selected : .text, isHere ? .bold : .plain),
        Span(count(tab).map { " \($0)" } ?? "", .quiet),
      ])
    }
    grid.put(
      Line.joined(tabs, by: Span("    ", .text)), column: 1, row: 1, limit: columns - 2)
  }

  private func count(_ tab: DeskTab) -> Int? {
    switch tab {
    case .disputed: state.disputes.waiting
    case .flagged: state.flags.items?.count
    case .team, .log, .receipts: nil
    }
  }

  private static func phrase(_ role: Role) -> DeskPhrase {
    switch role {
    case .reviewer: .roleReviewer
    case .lead: .roleLead
    case .auditor: .roleAuditor
    }
  }

  // MARK: - Foot

  func drawNotice(on grid: inout CellGrid, row: Int) {
    let room = grid.size.columns - 2
    if let prompt = state.prompt {
      let isFilter = prompt.kind == .filter
      let help =
        prompt.isWrong
        ? Span(texts(isFilter ? DeskPhrase.noFilter : .noPlace), .flagged)
        : Span(texts(isFilter ? DeskPhrase.promptFilter : .promptJump), .quiet)
      grid.put(Line(isFilter ? "/ " : ": ", .key), prompt.line, help, row: row)
    } else if let clip = state.flags.asking {
      grid.put(
        texts(DeskPhrase.askErase, clip.short).fitted(room), column: 1, row: row, role: .flagged)
    } else if let notice = state.notice {
      let role: StyleRole = notice.kind == .error ? .flagged : .notice
      grid.put(notice.text.fitted(room), column: 1, row: row, role: role)
    }
  }

  func drawHints(on grid: inout CellGrid, row: Int) {
    let room = grid.size.columns - 2
    var hints = DeskKeys.hints(state)
    func line() -> Line {
      Line.joined(
        hints.map { Line([Span($0.name, .key), Span(" \(texts($0.hint))", .quiet)]) },
        by: Span("   ", .text))
    }
    // How to move everybody guesses; the last one, which leads to all keys, stays.
    while line().width > room, hints.count > 1 {
      hints.remove(at: hints.firstIndex { $0.hint == .keyMove } ?? hints.count - 2)
    }
    grid.put(line(), column: 1, row: row, limit: room)
  }

  // MARK: - Help

  /// In one column where all keys fit into it, else in two, with fewer words.
  func drawHelp(on grid: inout CellGrid, in body: CellRect) {
    let groups = DeskKeys.groups(state.person.tabs)
    let width = body.size.columns - 2
    let long = groups.flatMap { lines($0) { $0.meaning } }
    if long.count <= body.size.rows {
      return put(long, column: 1, row: body.row, width, on: &grid)
    }
    let half = groups.map { lines($0) { $0.hint } }
    let left = half.dropLast().reduce([]) { $0 + $1 }
    put(left, column: 1, row: body.row, width / 2 - 1, on: &grid)
    put(half.last ?? [], column: 1 + width / 2, row: body.row, width / 2, on: &grid)
  }

  private func lines(
    _ group: DeskKeys.Group, _ words: (DeskKeys.Key) -> DeskPhrase
  ) -> [Line] {
    [Line(texts(group.title), .heading)]
      + group.keys.map { Line([Span($0.name.fitted(12), .key), Span(texts(words($0)), .text)]) }
  }

  private func put(
    _ lines: [Line], column: Int, row: Int, _ width: Int, on grid: inout CellGrid
  ) {
    for (offset, line) in lines.enumerated() {
      grid.put(line, column: column, row: row + offset, limit: width)
    }
  }
}
