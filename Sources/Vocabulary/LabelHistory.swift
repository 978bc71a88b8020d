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
}

/// A clip's label events folded: the draft, the verdict, the state, and what can be undone.
package struct LabelHistory: Hashable, Sendable {
  /// The events in order of their ordinals.
  package private(set) var events: [LabelEvent] = []
  /// What is set now.
  package private(set) var draft = LabelSheet()
  /// What was committed last; nil before the first commit and after a reopening.
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

  private let taxonomy: Taxonomy

  /// Folds a clip's events, given in order of their ordinals.
  package init(_ events: [LabelEvent] = [], taxonomy: Taxonomy) {
    self.taxonomy = taxonomy
    self.events = events
    replay()
  }

  /// The ordinal the next event takes.
  package var nextOrdinal: Int { events.count }

  /// Whether the clip was ever flagged, also where that was taken back.
  package var wasFlagged: Bool { events.contains { $0.change == .flag } }

  /// Whether labels are set that differ from the verdict: a draft waits for `Enter`.
  package var hasDraft: Bool { draft != (verdict ?? LabelSheet()) }

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
    let undone = undoneOrdinals
    draft = LabelSheet()
    verdict = nil
    state = .due
    flagReason = nil
    undoable = []
    undoableAtCommit = []
    redoable = []
    for event in events { fold(event, isUndone: undone.contains(event.ordinal)) }
  }

  /// The ordinals of the changes that were taken back and count no more.
  package var undoneOrdinals: Set<Int> {
    var undone: Set<Int> = []
    for event in events {
      switch event.change {
      case .undo(let ordinal): undone.insert(ordinal)
      case .redo(let ordinal): undone.remove(ordinal)
      default: break
      }
    }
    return undone
  }

  private mutating func fold(_ event: LabelEvent, isUndone: Bool) {
    switch event.change {
    case .undo(let ordinal):
      undoable.removeAll { $0 == ordinal }
      redoable.append(ordinal)
    case .redo(let ordinal):
      redoable.removeAll { $0 == ordinal }
      undoable.append(ordinal)
    case .flagReason(let reason): flagReason = reason
    case .commit:
      verdict = draft
      state = .done
      undoableAtCommit = undoable
      forgetUndo()
    case .reopen:
      verdict = nil
      state = .due
      forgetUndo()
      undoable = undoableAtCommit
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
}
