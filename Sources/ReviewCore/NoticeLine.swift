// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The line above the hints: a notice, or what stands until something changes.
struct NoticeLine {
  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, row: Int) {
    let room = grid.size.columns - 2
    if case .note(let line) = state.mode, state.secondsToLock == nil {
      return NoteLine(state.texts, line).draw(on: &grid, row: row)
    }
    grid.put(line(room), column: 1, row: row, limit: room)
  }

  private func line(_ room: Int) -> Line {
    if let seconds = state.secondsToLock {
      return Line(state.texts(ShutPhrase.idle, seconds).fitted(room), .notice)
    }
    if let notice = state.notice, notice.kind == .error {
      return Line(notice.text.fitted(room), .flagged)
    }
    if case .prompt = state.mode { return Line() }
    if let notice = state.notice {
      return Line(DisplayText.line(notice.text, limit: room), .notice)
    }
    return standing(room) ?? state.breakReminder.map { Line($0.fitted(room), .notice) } ?? Line()
  }

  /// What stands until something changes; nil where nothing does.
  private func standing(_ room: Int) -> Line? {
    guard state.mode == .review, let clip = state.clip else { return nil }
    if let closure = clip.closure {
      return Line(DisplayText.line(closure.text, limit: room), .flagged)
    }
    if state.isBlanked { return Line(state.texts(ShutPhrase.blanked), .frost) }
    return clip.isFlagged ? Line(state.flaggedSentence(clip).fitted(room), .flagged) : nil
  }
}
