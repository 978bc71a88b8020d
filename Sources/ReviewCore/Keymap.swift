// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Which key does what: every action has a key, and no key two actions; what is not here is neither
/// bound nor shown.
package struct Keymap: Hashable, Sendable {
  /// Every binding, in the order of the key list.
  package let bindings: [KeyBinding]
  private let actions: [KeyPress: Action]

  /// The keys that Milkglass comes with.
  package static let standard = Keymap([:])

  /// The keys that do what they do in every keymap: what hides a picture, withdraws a clip or leaves
  /// must not be looked for.
  ///
  /// `space` is the way back from a blanked glass as well.
  package static let fixed: [(key: KeyPress, action: Action)] = [
    (.escape, .blank), (.character("X"), .flag), (.character(" "), .pause),
    (.character("Q"), .lock), (.character("q"), .leave),
  ]

  /// Takes the keys of some actions; the others have those that they come with.
  ///
  /// Where a key would do two things, it does the one that is first in the key list.
  package init(_ keys: [Action: [KeyPress]]) {
    bindings = Self.table.map { line in
      let own = keys[line.action] ?? []
      return KeyBinding(
        keys: own.isEmpty ? line.keys : own, action: line.action, hint: line.hint,
        jointHint: line.jointHint, group: line.group)
    }
    actions = Dictionary(
      bindings.flatMap { binding in binding.keys.map { ($0, binding.action) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The action of a key; nil where it has none, which may leave it to a label.
  package func action(_ key: KeyPress) -> Action? { actions[key] }

  /// The keys of an action.
  package func keys(_ action: Action) -> [KeyPress] {
    bindings.first { $0.action == action }?.keys ?? []
  }

  /// The key of an action as the screen names it.
  package func name(_ action: Action) -> String { keys(action).first?.label ?? "" }

  /// The keys of a locked session, which has no others; all else that is typed is the passphrase's.
  package static let lockKeys: [(name: String, hint: HintPhrase)] = [
    ("enter", .unlock), ("esc", .clearLine), ("^D", .endSession),
  ]

  private static let table: [KeyBinding] = [
    line(.character(" "), .pause, .pause, .play),
    line(.character(","), .frameBack, .frameBack, .play, joint: .frameBoth),
    line(.character("."), .frameForward, .frameForward, .play),
    line(.left, .back5, .back5s, .play, joint: .both5s),
    line(.right, .forward5, .forward5s, .play),
    line(.character("h"), .back1, .back1s, .play, joint: .both1s),
    line(.character("l"), .forward1, .forward1s, .play),
    line(.up, .faster, .faster, .play, joint: .speedBoth),
    line(.down, .slower, .slower, .play),
    line(.character("r"), .normalSpeed, .normalSpeed, .play),
    line(.character("e"), .loop, .loop, .play),
    line(.character("w"), .nextMotion, .nextMotion, .play, joint: .motionBoth),
    line(.character("W"), .previousMotion, .previousMotion, .play),
    line(.enter, .commit, .commit, .walk),
    line(.character("y"), .confirm, .confirm, .walk),
    line(.character("j"), .nextClip, .nextClip, .walk, joint: .clipBoth),
    line(.character("k"), .previousClip, .previousClip, .walk),
    line(.character("g"), .nextDue, .nextDue, .walk),
    line(.character("/"), .worklist, .worklist, .walk),
    line(.character("-"), .skip, .skip, .walk),
    line(.character("z"), .postpone, .postpone, .walk),
    line(.character("u"), .undo, .undo, .label, joint: .undoBoth),
    line(.character("U"), .redo, .redo, .label),
    line(.character("="), .copyPrevious, .copyPrevious, .label),
    line(.character(";"), .note, .note, .label),
    line(.character("*"), .secondOpinion, .secondOpinion, .label),
    line(.character("m"), .segment, .segment, .label),
    line(.tab, .cycleSegments, .nextSegment, .label),
    line(.delete, .removeSegment, .removeSegment, .label),
    line(.character("R"), .region, .region, .label),
    line(.character("H"), .history, .history, .label),
    line(.character("+"), .moreFrost, .moreFrost, .glass),
    line(.character("!"), .look, .look, .glass),
    line(.character("X"), .flag, .sensitive, .glass),
    line(.escape, .blank, .blank, .glass),
    line(.character("?"), .help, .help, .screen),
    line(.character("E"), .view, .view, .screen),
    line(.character("G"), .contactSheet, .contactSheet, .screen),
    line(.character("M"), .messages, .messages, .screen),
    line(.character("Q"), .lock, .lock, .screen),
    line(.character("q"), .leave, .leave, .screen),
  ]

  private static func line(
    _ key: KeyPress, _ action: Action, _ hint: KeyListPhrase, _ group: KeyBinding.Group,
    joint: KeyListPhrase? = nil
  ) -> KeyBinding {
    KeyBinding(keys: [key], action: action, hint: hint, jointHint: joint, group: group)
  }
}

extension State {
  /// The key of an action as the screen names it.
  func key(_ action: Action) -> String { keymap.name(action) }
}
