// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The top line: program, seat and reviewer, frost and source, what must be known of the vault, the
/// promise, the day's progress.
///
/// Frost and source are never cut, and the vault's notes never left out. Where there is no room,
/// these go in order: the promise, the pace, most of the bar, the seat, the bar, the program's name, the
/// count, the notes' longer words.
struct TopLine {
  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid) {
    let columns = grid.size.columns
    let name = Line("milkglass", .heading)
    let seat = Line("\(state.seat) · \(state.reviewer.text)", .text)
    let promise = Line(state.texts(TopPhrase.promise), .quiet)
    let count = Line("\(state.committedToday) / \(state.dailyGoal)", .text)
    let notes = notes(isShort: false)
    let short = notes.isEmpty ? [] : self.notes(isShort: true)
    let candidates = [
      ([name, seat], notes + [promise], pace + progress(barWidth: columns / 7)),
      ([name, seat], notes, pace + progress(barWidth: columns / 7)),
      ([name, seat], notes, progress(barWidth: columns / 7)),
      ([name, seat], notes, progress(barWidth: 6)),
      ([name], notes, progress(barWidth: 6)),
      ([name], notes, count),
      ([], notes, count),
      ([], notes, Line()),
      ([], short, count),
      ([], short, Line()),
    ]
    for (left, middle, right) in candidates
    where place(left, ([frost] + middle).filter { $0.width > 0 }, right, columns, &grid) {
      return
    }
    let parts = Line.joined([frost] + short, by: Span("  ", .text))
    grid.put(parts, column: 1, row: 0, limit: columns - 2)
  }

  // Even gaps of at least three cells; false, and nothing drawn, where they do not fit.
  private func place(
    _ left: [Line], _ middle: [Line], _ right: Line, _ columns: Int, _ grid: inout CellGrid
  ) -> Bool {
    let head = Line.joined(left, by: Span("  ", .text))
    let parts = (left.isEmpty ? [] : [head]) + middle
    let gaps = right.width > 0 ? parts.count : parts.count - 1
    let free = columns - 2 - right.width - parts.reduce(0) { $0 + $1.width }
    let gap = free / max(1, gaps)
    guard free >= 0, gap >= 3 || gaps < 1 else { return false }
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
    let name = frost.name(state.texts)
    let longest = Frost.allCases.map { $0.name(state.texts).cellCount }.max() ?? 0
    let role = clip.isWithdrawn ? StyleRole.flagged : .frost
    return Line([
      Span("\(Self.glyph(frost)) \(name)", role, .bold),
      Span(" · \(clip.record.source.name(state.texts))", role),
      Span(String(repeating: " ", count: longest - name.cellCount), .text),
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

  /// What every screen says of the vault and of an offline seat.
  private func notes(isShort: Bool) -> [Line] {
    let note = DisplayText.line(state.vaultNote, limit: 40)
    let head = note.prefix { $0 != ":" }
    return [Line(isShort ? String(head) : note, .prediction), noticesAge(isShort: isShort)]
      .filter { $0.width > 0 }
  }

  /// How old an offline seat's notices are, in words; empty where nothing is said of it.
  var spokenNotices: String { noticesAge(isShort: false).text }

  /// Amber from half of the age that policy allows, red beyond it.
  private func noticesAge(isShort: Bool) -> Line {
    guard let minutes = state.noticesAgeMinutes else { return Line() }
    guard minutes < .max else { return Line(state.texts(TopPhrase.noNotices), .flagged) }
    let limit = min(max(0, state.maxOfflineHours), 1_000_000) * 60
    let age = age(max(0, minutes))
    if minutes > limit {
      return Line(state.texts(isShort ? TopPhrase.notices : .noticesTooOld, age), .flagged)
    }
    return Line(
      state.texts(isShort ? TopPhrase.notices : .noticesOld, age),
      minutes >= limit / 2 ? .prediction : .quiet
    )
  }

  private func age(_ minutes: Int) -> String {
    if minutes < 60 { return state.texts(NamePhrase.minutes, minutes) }
    return minutes < 48 * 60
      ? state.texts(NamePhrase.hours, minutes / 60)
      : state.texts(NamePhrase.days, minutes / (24 * 60))
  }

  /// Empty before two clips are committed.
  private var pace: Line {
    guard let tenths = state.stats.pace.tenthsPerMinute else { return Line() }
    return Line(
      state.texts(SessionPhrase.pace, SessionPhrase.decimal(tenths)) + "   ", .quiet)
  }

  private func progress(barWidth: Int) -> Line {
    let goal = state.dailyGoal
    guard goal > 0 else { return Line(state.texts(TopPhrase.today, state.committedToday), .text) }
    let done = min(barWidth, max(0, state.committedToday) * barWidth / goal)
    return Line([
      Span("\(state.committedToday) / \(goal) ", .text),
      Span(String(repeating: "━", count: done), .progress),
      Span(String(repeating: "─", count: barWidth - done), .quiet),
    ])
  }
}
