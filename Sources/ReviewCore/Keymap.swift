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
  package static let lockKeys: [(name: String, hint: String)] = [
    ("enter", "unlock"), ("esc", "clear"), ("^D", "end the session"),
  ]

  private static let table: [KeyBinding] = [
    line(.character(" "), .pause, "pause, play", .play),
    line(.character(","), .frameBack, "frame back", .play, joint: "frame back, on"),
    line(.character("."), .frameForward, "frame on", .play),
    line(.left, .back5, "5 s back", .play, joint: "5 s back, on"),
    line(.right, .forward5, "5 s on", .play),
    line(.character("h"), .back1, "1 s back", .play, joint: "1 s back, on"),
    line(.character("l"), .forward1, "1 s on", .play),
    line(.up, .faster, "faster", .play, joint: "faster, slower"),
    line(.down, .slower, "slower", .play),
    line(.character("r"), .normalSpeed, "speed 1×", .play),
    line(.character("e"), .loop, "loop", .play),
    line(.character("w"), .nextMotion, "next motion", .play, joint: "motion on, back"),
    line(.character("W"), .previousMotion, "previous motion", .play),
    line(.enter, .commit, "commit", .walk),
    line(.character("y"), .confirm, "confirm", .walk),
    line(.character("j"), .nextClip, "next clip", .walk, joint: "next, previous"),
    line(.character("k"), .previousClip, "previous", .walk),
    line(.character("g"), .nextDue, "next due", .walk),
    line(.character("/"), .worklist, "worklist", .walk),
    line(.character("-"), .skip, "skip", .walk),
    line(.character("z"), .postpone, "defer", .walk),
    line(.character("u"), .undo, "undo", .label, joint: "undo, redo"),
    line(.character("U"), .redo, "redo", .label),
    line(.character("="), .copyPrevious, "copy previous", .label),
    line(.character(";"), .note, "note", .label),
    line(.character("*"), .secondOpinion, "second opinion", .label),
    line(.character("m"), .segment, "segment in, out", .label),
    line(.tab, .cycleSegments, "next segment", .label),
    line(.delete, .removeSegment, "remove segment", .label),
    line(.character("R"), .region, "frost a region", .label),
    line(.character("H"), .history, "history", .label),
    line(.character("+"), .moreFrost, "more frost", .glass),
    line(.character("!"), .look, "look (logged)", .glass),
    line(.character("X"), .flag, "sensitive", .glass),
    line(.escape, .blank, "blank", .glass),
    line(.character("?"), .help, "all keys", .screen),
    line(.character("E"), .view, "view", .screen),
    line(.character("G"), .contactSheet, "contact sheet", .screen),
    line(.character("M"), .messages, "messages", .screen),
    line(.character("Q"), .lock, "lock", .screen),
    line(.character("q"), .leave, "leave", .screen),
  ]

  private static func line(
    _ key: KeyPress, _ action: Action, _ hint: String, _ group: KeyBinding.Group,
    joint: String? = nil
  ) -> KeyBinding {
    KeyBinding(keys: [key], action: action, hint: hint, jointHint: joint, group: group)
  }
}

extension State {
  /// The key of an action as the screen names it.
  func key(_ action: Action) -> String { keymap.name(action) }
}
