// SPDX-License-Identifier: Apache-2.0

import Vocabulary
import Words

@testable import ReviewCore

/// Plays the session's part at a lead's or an auditor's desk.
struct LeadDesk {
  var state: DeskState
  var effects: [DeskEffect] = []
  static let now: Int64 = 1_795_000_000_000

  init(
    _ roles: Set<Role> = [.lead], tabs: [DeskTab]? = nil, language: Language = .english,
    name: String = "ada", note: String = "", taxonomy: Taxonomy = taxonomy
  ) {
    let own: [DeskTab] =
      (roles.contains(.lead) ? [.disputed, .flagged, .team] : [])
      + (roles.contains(.auditor) ? [.log] : []) + [.receipts]
    state = DeskState(
      texts: Words.texts(language), taxonomy: taxonomy,
      person: DeskPerson(
        name: ReviewerID(name), seat: "desk-1", roles: roles, tabs: tabs ?? own), vaultNote: note,
      logKinds: ["open", "flag", "policy_signed"], nowMilliseconds: 0, wallMilliseconds: Self.now)
    effects = state.start()
  }

  static func sheet(_ ids: [String]) -> LabelSheet {
    var sheet = LabelSheet()
    for id in ids {
      sheet.apply(.set(TermID(id), isConfirmation: false), ordinal: 0, taxonomy: taxonomy)
    }
    return sheet
  }

  static func dispute(
    _ number: UInt64, _ first: [String] = ["person", "transit", "level_2"],
    _ second: [String] = ["animal", "transit", "level_0"],
    reviewers: (String, String) = ("r07", "r08"),
    cause: OpinionCause = .asked
  ) -> DisputeItem {
    let sheets = (sheet(first), sheet(second))
    func opinion(_ reviewer: String, _ sheet: LabelSheet) -> Opinion {
      Opinion(
        reviewer: ReviewerID(reviewer), atMilliseconds: now, taxonomyVersion: "2026.1", sheet: sheet
      )
    }
    return DisputeItem(
      record: Desk.record(
        number, predictions: [Prediction(term: TermID("person"), score: 0.91)]),
      first: opinion(reviewers.0, sheets.0), second: opinion(reviewers.1, sheets.1),
      differences: sheets.0.differences(from: sheets.1, taxonomy), cause: cause)
  }

  static func flag(
    _ number: UInt64, by name: String = "r08", hoursLeft: Int64 = 3, reason: FlagReason? = .child,
    held: String? = nil
  ) -> FlagItem {
    FlagItem(
      clip: Desk.id(number), camera: CameraID("porch-2"), recordedAt: "2026-01-14T22:15:30+01:00",
      duration: MediaTime(milliseconds: 10_000), motion: [0, 3, 7], flaggedBy: ReviewerID(name),
      flaggedAtMilliseconds: now - 3_600_000, reason: reason,
      dueAtMilliseconds: now + hoursLeft * 3_600_000, heldReason: held)
  }

  static func entries(_ numbers: ClosedRange<Int64>) -> [LogEntry] {
    numbers.map { number in
      LogEntry(
        number: number, atMilliseconds: now + number, person: number % 3 == 0 ? "" : "r07",
        seat: "seat-3", kind: "first_picture", clip: "1a2b3c4d", details: ["ordinal=\(number)"])
    }
  }

  mutating func send(_ message: DeskMessage) { effects = update(&state, message) }

  /// Types characters; `⏎` is Enter, `⎋` Esc, `⇥` Tab, arrows themselves.
  @discardableResult
  mutating func type(_ keys: String) -> [DeskEffect] {
    let named: [Character: KeyPress] = [
      "⏎": .enter, "⎋": .escape, "⇥": .tab, "←": .left, "→": .right, "↑": .up, "↓": .down,
      "⌫": .backspace,
    ]
    var all: [DeskEffect] = []
    for key in keys {
      send(.key(named[key] ?? .character(key)))
      all += effects
    }
    effects = all
    return all
  }

  /// Answers the newest question for the log as a log of that many events does.
  mutating func answer(of count: Int64) {
    guard case .loadLog(let request)? = effects.last else { return }
    let limit = Int64(request.limit)
    let start: Int64
    switch request.start {
    case .number(let number): start = number
    case .time: start = 1
    }
    let range: Range<Int64>
    if request.isOlder {
      let high = min(start, count)
      range = max(1, high - limit + 1)..<max(1, high + 1)
    } else {
      let low = max(1, start)
      range = low..<max(low, min(count, low + limit - 1) + 1)
    }
    let entries = range.isEmpty ? [] : Self.entries(range.lowerBound...range.upperBound - 1)
    let hasMore = request.isOlder ? range.lowerBound > 1 : range.upperBound <= count
    send(
      .log(
        LogPage(request: request, entries: entries, first: 1, last: count, hasMore: hasMore)))
  }

  func rows(_ columns: Int = 120, _ rows: Int = 36) -> [String] {
    let grid = view(state, CellSize(columns: columns, rows: rows))
    return (0..<rows).map { row in
      var text = ""
      for column in 0..<columns { text.unicodeScalars.append(grid[column, row].glyph) }
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  func screen(_ columns: Int = 120, _ rows: Int = 36) -> String {
    self.rows(columns, rows).joined(separator: "\n")
  }
}
