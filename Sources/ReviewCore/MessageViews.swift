// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The screen without a clip: nothing is due, or the next one is being opened.
struct EmptyView {
  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    guard state.isNothingDue else {
      let row = layout.body.row + layout.body.size.rows / 2
      grid.putCentred(Line("Opening the next clip…", .quiet), in: layout.body, row: row)
      return
    }
    let counts = state.counts
    let isFlaggedLeft = state.isOnlyFlaggedDue
    Facts.draw(
      isFlaggedLeft ? "Only clips that were flagged before are due" : "Nothing is due",
      [
        ("committed today", state.committedToday), ("done", counts.done),
        ("deferred", counts.deferred), ("open in other sessions", counts.leasedByOthers),
        ("flagged", counts.flagged), ("skipped", counts.skipped),
        ("unreadable", counts.unreadable),
      ].map { ($0.0, String($0.1)) } + opinionFacts,
      closing: isFlaggedLeft
        ? "\(state.key(.nextDue)) opens the next, strict; \(state.key(.worklist)) opens the worklist"
        : "\(state.key(.nextDue)) looks again, \(state.key(.worklist)) opens the worklist",
      &grid, layout)
  }
}

extension EmptyView {
  /// What second opinions hold up; nothing where they hold up nothing.
  private var opinionFacts: [(name: String, value: String)] {
    [
      (OpinionPhrase.factWaiting, state.counts.secondOpinion),
      (.factDisputed, state.counts.disputed),
    ].filter { $0.1 > 0 }.map { (state.texts($0.0), String($0.1)) }
  }
}

/// Why there is no picture, in the middle of the pane, on as many rows as the sentence takes.
struct FailureView {
  private let sentence: String
  private let heading: Line
  /// Longer lines than this are hard to read.
  private static let widestLine = 64

  init(_ sentence: String, isRefusal: Bool) {
    self.sentence = sentence
    heading = Line(
      isRefusal ? "This clip does not open" : "This clip cannot be played", .flagged)
  }

  func draw(on grid: inout CellGrid, _ pane: CellRect) {
    let rows = sentence.wrapped(
      min(Self.widestLine, pane.size.columns - 4), rows: max(1, pane.size.rows - 2))
    let width = rows.map(\.cellCount).max() ?? 0
    let top = pane.row + max(0, (pane.size.rows - rows.count - 2) / 2)
    grid.putCentred(heading, in: pane, row: top)
    let column = pane.column + max(0, (pane.size.columns - width) / 2)
    for (index, row) in rows.enumerated() {
      grid.put(row, column: column, row: top + 2 + index, role: .text)
    }
  }
}

/// What was done, before leaving.
struct SummaryView {
  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let stats = state.stats
    let seconds = max(0, state.nowMilliseconds - stats.startedMilliseconds) / 1000
    var facts = [
      ("committed in this session", String(stats.committed)),
      ("committed today", "\(state.committedToday) of \(state.dailyGoal)"),
      ("time", Self.duration(seconds)),
    ]
    if stats.committed > 0 {
      facts.append(("time a clip", Self.duration(seconds / Int64(stats.committed))))
    }
    if let tenths = stats.pace.tenthsPerMinute {
      facts.append(
        (state.texts(SessionPhrase.perMinute, SessionPace.window), SessionPhrase.decimal(tenths)))
    }
    if let keys = stats.pace.medianKeys {
      facts.append((state.texts(SessionPhrase.keysPerClip), String(keys)))
    }
    if state.lookRules.allowsLooks {
      facts += [
        ("seen clear in looks", Self.seconds(stats.clearMilliseconds)),
        ("looks left this hour", Self.seconds(state.hourLookRest)),
      ]
    }
    facts += [
      ("still due", String(state.counts.toJudge)), ("deferred", String(state.counts.deferred)),
      ("vault", state.vault),
    ]
    Facts.draw(
      "This session", facts,
      closing: "\(state.key(.leave)) leaves; drafts are kept, any other key goes back", &grid,
      layout)
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    let tenths = max(0, milliseconds) / 100
    return "\(tenths / 10).\(tenths % 10) s"
  }

  private static func duration(_ seconds: Int64) -> String {
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }
}

/// A heading, aligned facts and a closing line in the middle of the screen.
enum Facts {
  static func draw(
    _ heading: String, _ facts: [(name: String, value: String)], closing: String,
    _ grid: inout CellGrid, _ layout: Layout
  ) {
    let body = layout.body
    let nameWidth = facts.map(\.name.cellCount).max() ?? 0
    let width = nameWidth + 3 + (facts.map(\.value.cellCount).max() ?? 0)
    let column = max(1, (body.size.columns - width) / 2)
    var row = body.row + max(0, (body.size.rows - facts.count - 4) / 2)
    grid.put(heading, column: column, row: row, role: .heading)
    row += 2
    for fact in facts {
      grid.put(
        fact.name, column: column + nameWidth - fact.name.cellCount, row: row, role: .quiet)
      grid.put(
        DisplayText.line(fact.value, limit: body.size.columns - nameWidth - 4),
        column: column + nameWidth + 3, row: row, role: .text)
      row += 1
    }
    grid.putCentred(Line(closing, .quiet), in: body, row: row + 1)
  }
}
