// SPDX-License-Identifier: Apache-2.0

/// Where a clip stands in the worklist.
package enum ClipState: Hashable, Sendable {
  case due
  /// It comes back at that time, milliseconds since 1970.
  case deferred(untilMilliseconds: Int64)
  /// Passed over, with the reason's id.
  case skipped(reason: String)
  case done
  case flagged
  /// It has one verdict, and waits for another reviewer's.
  case secondOpinion
  /// It has two verdicts that differ, and waits for a lead.
  case disputed
}

/// A clip's label events folded: the draft, the verdict, the state, and what can be undone.
///
/// A clip has one round of labelling, or two. The second begins with an empty sheet, on which the
/// first round's labels do not show; only its regions stay, since they raise the frost.
package struct LabelHistory: Hashable, Sendable {
  /// The events in order of their ordinals.
  package private(set) var events: [LabelEvent] = []
  /// What is set now, in this round.
  package private(set) var draft = LabelSheet()
  /// What was committed last in this round; nil before its first commit and after a reopening.
  ///
  /// After an adjudication it is what the lead took.
  package private(set) var verdict: LabelSheet?
  package private(set) var state = ClipState.due
  /// Why the clip was flagged last; nil where nobody said.
  package private(set) var flagReason: FlagReason?
  /// Ordinals that `u` takes back, the last one first in line.
  package private(set) var undoable: [Int] = []
  /// What could be undone when the verdict was committed: reopening it gives that back.
  private var undoableAtCommit: [Int] = []
  /// Ordinals that `U` brings back, the last one first in line.
  package private(set) var redoable: [Int] = []
  /// The first of two verdicts; nil where no second opinion was asked for.
  package private(set) var first: Opinion?
  /// Why there is a second round; nil where there is none.
  package private(set) var cause: OpinionCause?
  /// What a lead decided on two verdicts that differ; nil where nobody did.
  package private(set) var adjudication: Adjudication?
  /// The verdict that stands in this round.
  private var committed: Opinion?
  /// The ordinal of the round's first event.
  private(set) var roundStart = 0
  /// The round's sheet before anybody labels.
  private var blank = LabelSheet()

  package let taxonomy: Taxonomy

  /// Folds a clip's events, given in order of their ordinals.
  package init(_ events: [LabelEvent] = [], taxonomy: Taxonomy) {
    self.taxonomy = taxonomy
    guard !events.isEmpty else { return }
    self.events = events
    replay()
  }

  /// The ordinal the next event takes.
  package var nextOrdinal: Int { events.count }

  /// Whether the clip was ever flagged, also where that was taken back.
  package var wasFlagged: Bool { events.contains { $0.change == .flag } }

  /// Whether labels are set that differ from the verdict: a draft waits for `Enter`.
  package var hasDraft: Bool { draft != (verdict ?? blank) }

  /// The second verdict as it was committed; nil while there is none.
  package var second: Opinion? { first == nil ? nil : committed }

  /// What two verdicts say differently; empty where there are not two.
  package var differences: [OpinionDifference] {
    guard let first, let second else { return [] }
    return first.sheet.differences(from: second.sheet, taxonomy)
  }

  /// The verdict that counts: the only one, the later of two that agree, or the one a lead took; nil
  /// where there is none yet.
  package var standing: Opinion? {
    guard let first else { return committed }
    if let adjudication { return adjudication.choice == .first ? first : committed }
    return differences.contains(where: \.isDispute) ? nil : committed
  }

  /// Adds one event and folds it in.
  package mutating func append(_ event: LabelEvent) {
    events.append(event)
    switch event.change {
    case .undo, .redo: replay()
    default: fold(event, isUndone: false)
    }
  }

  /// Forgets the last `count` events, which the store refused.
  package mutating func dropLast(_ count: Int) {
    events.removeLast(min(count, events.count))
    replay()
  }

  private mutating func replay() {
    var fresh = LabelHistory(taxonomy: taxonomy)
    let undone = undoneOrdinals
    for event in events {
      fresh.events.append(event)
      fresh.fold(event, isUndone: undone.contains(event.ordinal))
    }
    self = fresh
  }

  /// The ordinals that count no more.
  ///
  /// What belongs to an earlier round is never taken back.
  package var undoneOrdinals: Set<Int> {
    var undone: Set<Int> = []
    var rounds = LabelRounds()
    for event in events {
      switch event.change {
      case .undo(let ordinal) where ordinal >= rounds.start: undone.insert(ordinal)
      case .redo(let ordinal) where ordinal >= rounds.start: undone.remove(ordinal)
      default: rounds.follow(event)
      }
    }
    return undone
  }

  private mutating func fold(_ event: LabelEvent, isUndone: Bool) {
    switch event.change {
    case .undo(let ordinal):
      undoable.removeAll { $0 == ordinal }
      // A decision that was taken back is made anew, or not at all.
      if !isDecision(ordinal) { redoable.append(ordinal) }
    case .redo(let ordinal):
      redoable.removeAll { $0 == ordinal }
      undoable.append(ordinal)
    case .flagReason(let reason): flagReason = reason
    case .commit: commit(event)
    case .reopen: reopen(event)
    case .secondOpinion(let cause): beginSecondRound(event, cause)
    case .adjudicate(let choice): if !isUndone { adjudicate(choice, event) }
    case .bringBack: bringBack()
    default:
      redoable = []
      undoable.append(event.ordinal)
      if event.change == .flag { flagReason = nil }
      if !isUndone { apply(event) }
    }
  }

  private mutating func apply(_ event: LabelEvent) {
    switch event.change {
    case .skip(let reason): state = .skipped(reason: reason)
    case .postpone(let until): state = .deferred(untilMilliseconds: until)
    case .flag: state = .flagged
    default: draft.apply(event.change, ordinal: event.ordinal, taxonomy: taxonomy)
    }
  }

  private mutating func forgetUndo() {
    undoable = []
    redoable = []
  }

  // MARK: - Rounds

  private mutating func commit(_ event: LabelEvent) {
    guard adjudication == nil else { return }
    verdict = draft
    committed = Opinion(
      reviewer: event.reviewer, atMilliseconds: event.atMilliseconds,
      taxonomyVersion: event.taxonomyVersion, sheet: draft)
    state = settledState
    undoableAtCommit = undoable
    forgetUndo()
  }

  /// Takes the verdict back; right after a second opinion was asked for, that too.
  private mutating func reopen(_ event: LabelEvent) {
    guard adjudication == nil else { return }
    if let first, committed == nil, event.ordinal == roundStart {
      draft = first.sheet.adding(draft.regions)
      blank = LabelSheet()
      self.first = nil
      cause = nil
      roundStart = 0
    }
    verdict = nil
    committed = nil
    state = waitingState
    forgetUndo()
    undoable = undoableAtCommit
  }

  private mutating func beginSecondRound(_ event: LabelEvent, _ cause: OpinionCause) {
    guard first == nil, let committed else { return }
    first = committed
    self.cause = cause
    self.committed = nil
    blank = LabelSheet(regions: draft.regions)
    draft = blank
    verdict = nil
    state = .secondOpinion
    roundStart = event.ordinal + 1
    forgetUndo()
  }

  private mutating func adjudicate(_ choice: OpinionChoice, _ event: LabelEvent) {
    guard state == .disputed, let first, let second else { return }
    adjudication = Adjudication(
      choice: choice, by: event.reviewer, atMilliseconds: event.atMilliseconds)
    draft = (choice == .first ? first : second).sheet.adding(draft.regions)
    verdict = draft
    state = .done
    forgetUndo()
  }

  private mutating func bringBack() {
    switch state {
    case .skipped, .deferred: state = verdict == nil ? waitingState : settledState
    case .due, .done, .flagged, .secondOpinion, .disputed: break
    }
  }

  /// Where a clip stands that has a verdict in this round.
  private var settledState: ClipState { standing == nil ? .disputed : .done }

  /// Where a clip stands that has none.
  private var waitingState: ClipState { first == nil ? .due : .secondOpinion }
}

/// Where a clip's rounds begin, told by its events alone: what is taken back changes no round.
struct LabelRounds {
  /// The ordinal of the round's first event.
  private(set) var start = 0
  private var isSecond = false
  private var hasVerdict = false

  /// Follows an event; only those that begin or end a round count.
  mutating func follow(_ event: LabelEvent) {
    switch event.change {
    case .commit: hasVerdict = true
    case .reopen:
      if isSecond, !hasVerdict, event.ordinal == start { (isSecond, start) = (false, 0) }
      hasVerdict = false
    case .secondOpinion where hasVerdict && !isSecond:
      (isSecond, hasVerdict, start) = (true, false, event.ordinal + 1)
    default: break
    }
  }
}
