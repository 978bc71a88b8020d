// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A clip with two verdicts that differ, as it stands before a lead.
package struct DisputeItem: Hashable, Sendable {
  package let record: ClipRecord
  package let first: Opinion
  package let second: Opinion
  /// What they say differently.
  package let differences: [OpinionDifference]
  /// Why it got a second opinion.
  package let cause: OpinionCause
  /// What was decided on it in this session; nil while nothing was.
  package var decision: OpinionChoice?

  /// Makes one.
  package init(
    record: ClipRecord, first: Opinion, second: Opinion, differences: [OpinionDifference],
    cause: OpinionCause, decision: OpinionChoice? = nil
  ) {
    self.record = record
    self.first = first
    self.second = second
    self.differences = differences
    self.cause = cause
    self.decision = decision
  }

  func isOwn(of person: ReviewerID) -> Bool {
    first.reviewer == person || second.reviewer == person
  }
}

/// The disputed clips, those that were decided in this session among them.
package struct DisputeList: Hashable, Sendable {
  package private(set) var items: [DisputeItem] = []
  package var selection = 0
  /// How many wait for a decision in the store; nil until it told.
  package private(set) var waiting: Int?
  /// The clip whose decision is on its way to the disk; nil where none is.
  package var pending: ClipID?

  var selected: DisputeItem? { items.indices.contains(selection) ? items[selection] : nil }

  /// Takes the list as the store has it; what was decided here keeps its place.
  mutating func load(_ fresh: [DisputeItem], waiting: Int) {
    let held = selected?.record.id
    let ids = Set(fresh.map(\.record.id))
    let byID = Dictionary(fresh.map { ($0.record.id, $0) }) { first, _ in first }
    var merged: [DisputeItem] = []
    for item in items {
      if let now = byID[item.record.id] {
        merged.append(now)
      } else if item.decision != nil {
        merged.append(item)
      }
    }
    let known = Set(merged.map(\.record.id))
    merged += fresh.filter { ids.contains($0.record.id) && !known.contains($0.record.id) }
    items = merged
    self.waiting = waiting
    selection = held.flatMap { id in items.firstIndex { $0.record.id == id } } ?? selection
    clamp()
  }

  mutating func decided(_ clip: ClipID, _ choice: OpinionChoice?) {
    pending = nil
    guard let index = items.firstIndex(where: { $0.record.id == clip }) else { return }
    let was = items[index].decision
    items[index].decision = choice
    if let waiting, (was == nil) != (choice == nil) {
      self.waiting = max(0, waiting + (choice == nil ? 1 : -1))
    }
  }

  mutating func move(by step: Int) {
    selection += step
    clamp()
  }

  private mutating func clamp() { selection = min(max(0, selection), max(0, items.count - 1)) }
}
