// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The line above the hints: a question, a notice, or what stands until something changes.
struct NoticeLine {
  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, row: Int) {
    let room = grid.size.columns - 2
    grid.put(line(room), column: 1, row: row, limit: room)
  }

  private func line(_ room: Int) -> Line {
    if let notice = state.notice, notice.kind == .error { return Line(notice.text, .flagged) }
    if case .prompt(let prompt) = state.mode { return question(prompt, room) }
    if let notice = state.notice { return Line(notice.text, .notice) }
    guard state.mode == .review, let clip = state.clip else { return Line() }
    if state.isBlanked { return Line("Blanked: space returns, paused", .frost) }
    return clip.isFlagged ? Line(State.withdrawn, .flagged) : Line()
  }

  // All answers are shown: where they are too long for the room, the longest are cut.
  private func question(_ prompt: Prompt, _ room: Int) -> Line {
    let words =
      switch prompt {
      case .cannotJudge: "Cannot judge, because:"
      case .skip: "Skip, because:"
      }
    let reasons = prompt.reasons(state.taxonomy)
    var line = Line()
    for length in stride(from: reasons.map(\.name.cellCount).max() ?? 0, through: 0, by: -1) {
      let answers = reasons.map { reason in
        Line([
          Span(String(reason.key), .key), Span(" \(reason.name.shortened(length))", .text),
        ])
      }
      line = Line.joined([Line(words, .notice)] + answers, by: Span("   ", .text))
      if line.width <= room { break }
    }
    return line
  }
}
