// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The top line: program, seat and reviewer, frost and source, the promise, the day's progress.
///
/// Frost and source are never cut: everything else goes first.
struct TopLine {
  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid) {
    let columns = grid.size.columns
    let name = Line("milkglass", .heading)
    let seat = Line("\(state.seat) · \(state.reviewer.text)", .text)
    let promise = Line("nothing leaves but the label", .quiet)
    let count = Line("\(state.committedToday) / \(state.dailyGoal)", .text)
    let candidates = [
      ([name, seat], [frost, promise], progress(barWidth: columns / 7)),
      ([name, seat], [frost], progress(barWidth: columns / 7)),
      ([name, seat], [frost], progress(barWidth: 6)),
      ([name], [frost], progress(barWidth: 6)),
      ([name], [frost], count),
      ([], [frost], count),
    ]
    for (left, middle, right) in candidates
    where place(left, middle.filter { $0.width > 0 }, right, columns, &grid) {
      return
    }
    grid.put(frost, column: 1, row: 0)
  }

  // Even gaps of at least three cells; false, and nothing drawn, where they do not fit.
  private func place(
    _ left: [Line], _ middle: [Line], _ right: Line, _ columns: Int, _ grid: inout CellGrid
  ) -> Bool {
    let head = Line.joined(left, by: Span("  ", .text))
    let parts = (left.isEmpty ? [] : [head]) + middle
    let free = columns - 2 - right.width - parts.reduce(0) { $0 + $1.width }
    let gap = free / max(1, parts.count)
    guard gap >= 3 else { return false }
    var column = 1
    for part in parts {
      grid.put(part, column: column, row: 0)
      column += part.width + gap
    }
    grid.put(right, column: columns - 1 - right.width, row: 0)
    return true
  }

  /// As wide for every frost, so that blanking moves nothing; empty where no clip is shown.
  private var frost: Line {
    guard let clip = state.clip, state.isClipShown else { return Line() }
    let frost = state.shownFrost
    let longest = Frost.allCases.map(\.name.cellCount).max() ?? 0
    let role = clip.isFlagged ? StyleRole.flagged : .frost
    return Line([
      Span("\(Self.glyph(frost)) \(frost.name)", role, .bold),
      Span(" · \(clip.record.source.name)", role),
      Span(String(repeating: " ", count: longest - frost.name.cellCount), .text),
    ])
  }

  private static func glyph(_ frost: Frost) -> Character {
    switch frost {
    case .clear: "□"
    case .soft, .frosted: "░"
    case .strict: "▒"
    case .solid: "▓"
    }
  }

  private func progress(barWidth: Int) -> Line {
    let goal = state.dailyGoal
    guard goal > 0 else { return Line("\(state.committedToday) today", .text) }
    let done = min(barWidth, max(0, state.committedToday) * barWidth / goal)
    return Line([
      Span("\(state.committedToday) / \(goal) ", .text),
      Span(String(repeating: "━", count: done), .progress),
      Span(String(repeating: "─", count: barWidth - done), .quiet),
    ])
  }
}
