// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The first minutes on the real screen: one act after the other, each learned by doing it.
package struct Tour: Hashable, Sendable {
  /// How a step ended.
  package enum Outcome: Hashable, Sendable {
    case done
    /// The reviewer asked for the next one.
    case skipped
  }

  /// How the steps so far ended, in their order.
  package private(set) var outcomes: [Outcome] = []

  /// A tour at its first step.
  package init() {}

  /// The number of steps.
  package static var stepCount: Int { TourStep.all.count }

  /// What is asked for now; nil once all of it is over.
  var step: TourStep? {
    TourStep.all.indices.contains(outcomes.count) ? TourStep.all[outcomes.count] : nil
  }

  /// Goes on where the act did what the step asks for, by whatever key.
  mutating func follow(_ act: TourAct) {
    if let step, step.isDone(act) { outcomes.append(.done) }
  }

  /// Goes on without it.
  mutating func skip() {
    if step != nil { outcomes.append(.skipped) }
  }

  /// The key that skips a step: the first of some that neither the keymap nor a label has.
  static func skipKey(_ keymap: Keymap, _ taxonomy: Taxonomy) -> KeyPress? {
    let candidates: [KeyPress] = [.character(">"), .character("]"), .character(")"), .function(12)]
    return candidates.first { key in
      guard keymap.action(key) == nil else { return false }
      guard case .character(let character) = key else { return true }
      return taxonomy.term(key: character) == nil && taxonomy.cannotJudgeKey != character
    }
  }

  /// A few plain lines for after the screen is gone: what was learned, what was left out, how to go on.
  package func summary(_ texts: Texts) -> String {
    func names(_ wanted: Outcome) -> String {
      zip(TourStep.all, outcomes).filter { $1 == wanted }.map { texts($0.0.name) }
        .joined(separator: ", ")
    }
    let (learned, skipped) = (names(.done), names(.skipped))
    return [
      learned.isEmpty ? nil : texts(TourPhrase.learned, learned),
      skipped.isEmpty ? nil : texts(TourPhrase.skipped, skipped), texts(TourPhrase.goOn),
    ].compactMap(\.self).flatMap { $0.wrapped(78, rows: .max) }.joined(separator: "\n")
  }
}

/// Something that happened on the screen, as the tour judges it.
struct TourAct {
  let before: State
  let after: State
  let effects: [Effect]
  let message: Message

  /// Whether the reviewer did it: what a clip does by itself teaches nothing.
  var isReviewers: Bool {
    switch message {
    case .key, .pointer: true
    default: false
    }
  }

  /// Whether it was done to one clip that is seen before and after.
  var isOnClip: Bool {
    isReviewers && before.mode == .review && after.mode == .review && !before.isBlanked
      && !after.isBlanked && before.clip?.id == after.clip?.id && after.clip?.isWithdrawn == false
  }

  /// The label changes that it made.
  var changes: [LabelChange] {
    effects.flatMap { effect -> [LabelChange] in
      if case .append(let events) = effect { events.map(\.change) } else { [] }
    }
  }

  /// Whether it set a label of an axis.
  func hasSet(_ axis: Axis) -> Bool {
    changes.contains { change in
      guard case .set(let id, _) = change else { return false }
      return after.taxonomy.term(id)?.axis == axis
    }
  }
}
