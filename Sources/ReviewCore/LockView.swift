// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The screen of a locked session: who, where and since when, and what opens it; nothing else.
struct LockView {
  private let state: State
  private let lock: SessionLock
  /// Stands in the field for whatever was typed, however long it is.
  private static let typedSign = "••••••••"
  private static let emptySign = "········"
  private static let widestLine = 64

  init(_ state: State, _ lock: SessionLock) {
    self.state = state
    self.lock = lock
  }

  func draw(on grid: inout CellGrid) {
    let size = grid.size
    let rect = CellRect(column: 1, row: 0, columns: size.columns - 2, rows: size.rows)
    let top = max(0, (size.rows - 11) / 2)
    grid.putCentred(Line("milkglass", .heading), in: rect, row: top)
    grid.putCentred(
      Line([Span(state.texts(LockPhrase.locked), .frost, .bold)]), in: rect, row: top + 2)
    let person = DisplayText.line(
      state.texts(LockPhrase.reviewerAtSeat, state.reviewer.text, state.seat), limit: 50)
    grid.putCentred(Line([Span(person, .text), Span(since, .quiet)]), in: rect, row: top + 4)
    grid.putCentred(field, in: rect, row: top + 6)
    let width = min(Self.widestLine, rect.size.columns)
    for (index, text) in (sentence ?? "").wrapped(width, rows: 2).enumerated() {
      grid.putCentred(
        Line(text, lock.failures > 0 ? .flagged : .notice), in: rect, row: top + 8 + index)
    }
    let note = DisplayText.line(state.vaultNote, limit: 40)
    grid.putCentred(Line(note, .prediction), in: rect, row: top + 10)
    HintLine(state).draw(on: &grid, row: size.rows - 1)
  }

  /// Since when and why, in words.
  private var since: String {
    let minutes = max(0, state.nowMilliseconds - lock.sinceMilliseconds) / 60_000
    let texts = state.texts
    let when =
      switch minutes {
      case 0: texts(LockPhrase.lessThanAMinute)
      case 1..<60: texts(LockPhrase.minutes, minutes)
      default: texts(LockPhrase.hours, minutes / 60, minutes % 60)
      }
    return texts(lock.reason == .idle ? LockPhrase.sinceIdle : .since, when)
  }

  private var field: Line {
    if lock.isChecking { return Line(state.texts(LockPhrase.checking), .quiet) }
    if let seconds = state.secondsToNextTry {
      return Line(state.texts(LockPhrase.anotherTry, seconds), .prediction)
    }
    guard state.lockRules.hasPassphrase else {
      return Line(state.texts(LockPhrase.noPassphrase), .prediction)
    }
    return Line([
      Span(state.texts(LockPhrase.passphrase), .quiet),
      lock.hasTyped ? Span(Self.typedSign, .text) : Span(Self.emptySign, .quiet),
    ])
  }

  private var sentence: String? { lock.sentence }
}
