// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The screen without a clip: nothing is due, or the next one is being opened.
struct EmptyView {
  private let state: State
  private var texts: Texts { state.texts }

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    guard state.isNothingDue else {
      let row = layout.body.row + layout.body.size.rows / 2
      grid.putCentred(Line(texts(FactsPhrase.opening), .quiet), in: layout.body, row: row)
      return
    }
    facts.draw(on: &grid, layout)
  }

  /// Why there is no clip, and what there is instead.
  var facts: Facts {
    let counts = state.counts
    let isFlaggedLeft = state.isOnlyFlaggedDue
    return Facts(
      heading: texts(isFlaggedLeft ? FactsPhrase.onlyFlagged : .nothingDue),
      facts: [
        (FactsPhrase.committedToday, state.committedToday), (.done, counts.done),
        (.deferred, counts.deferred), (.openElsewhere, counts.leasedByOthers),
        (.flagged, counts.flagged), (.skipped, counts.skipped), (.unreadable, counts.unreadable),
      ].map { (texts($0.0), String($0.1)) } + opinionFacts,
      closing: texts(
        isFlaggedLeft ? FactsPhrase.opensStrict : .looksAgain, state.key(.nextDue),
        state.key(.worklist)))
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

  init(_ sentence: String, isRefusal: Bool, _ texts: Texts) {
    self.sentence = sentence
    heading = Line(
      texts(isRefusal ? ShutPhrase.refusedHeading : .failedHeading), .flagged)
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
  private var texts: Texts { state.texts }

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, _ layout: Layout) { facts.draw(on: &grid, layout) }

  /// What was done in the session.
  var facts: Facts {
    let stats = state.stats
    let seconds = max(0, state.nowMilliseconds - stats.startedMilliseconds) / 1000
    var facts = [
      (texts(FactsPhrase.committedHere), String(stats.committed)),
      (
        texts(FactsPhrase.committedToday),
        texts(FactsPhrase.ofGoal, state.committedToday, state.dailyGoal)
      ),
      (texts(FactsPhrase.time), duration(seconds)),
    ]
    if stats.committed > 0 {
      facts.append((texts(FactsPhrase.timeAClip), duration(seconds / Int64(stats.committed))))
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
        (texts(FactsPhrase.seenClear), self.seconds(stats.clearMilliseconds)),
        (texts(FactsPhrase.looksLeft), self.seconds(state.hourLookRest)),
      ]
    }
    facts += [
      (texts(FactsPhrase.stillDue), String(state.counts.toJudge)),
      (texts(FactsPhrase.deferred), String(state.counts.deferred)),
      (texts(FactsPhrase.vault), state.vault),
    ]
    return Facts(
      heading: texts(FactsPhrase.thisSession), facts: facts,
      closing: texts(FactsPhrase.leaving, state.key(.leave)))
  }

  private func seconds(_ milliseconds: Int64) -> String {
    texts(NamePhrase.seconds, SessionPhrase.decimal(Int(max(0, milliseconds) / 100)))
  }

  private func duration(_ seconds: Int64) -> String {
    if seconds < 60 { return texts(NamePhrase.seconds, seconds) }
    if seconds < 3600 { return texts(NamePhrase.minutesSeconds, seconds / 60, seconds % 60) }
    return texts(NamePhrase.hoursMinutes, seconds / 3600, seconds / 60 % 60)
  }
}

/// A heading, aligned facts and a closing line in the middle of the screen.
struct Facts {
  let heading: String
  let facts: [(name: String, value: String)]
  let closing: String

  /// The same in lines, for those who hear them.
  func spoken(_ texts: Texts) -> [String] {
    [heading] + facts.map { texts(PlainPhrase.item, $0.name, $0.value) } + [closing]
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let body = layout.body
    let nameWidth = facts.map(\.name.cellCount).max() ?? 0
    let width = nameWidth + 3 + (facts.map(\.value.cellCount).max() ?? 0)
    let column = max(1, (body.size.columns - width) / 2)
    var row = body.row + max(0, (body.size.rows - facts.count - 4) / 2)
    // In line with the facts, where it is not too long for that.
    if column + heading.cellCount < body.size.columns {
      grid.put(heading, column: column, row: row, role: .heading)
    } else {
      grid.putCentred(Line(heading, .heading), in: body, row: row)
    }
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
