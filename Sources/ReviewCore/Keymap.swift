// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The one table of keys that are built: what is not here is neither bound nor shown.
package enum Keymap {
  /// Every binding, in the order of the key list.
  package static let bindings: [KeyBinding] = [
    line(.character(" "), "space", .pause, "pause, play", .play),
    line(.character(","), ",", .frameBack, "frame back", .play, joint: "frame back, on"),
    line(.character("."), ".", .frameForward, "frame on", .play),
    line(.left, "←", .back5, "5 s back", .play, joint: "5 s back, on"),
    line(.right, "→", .forward5, "5 s on", .play),
    line(.character("h"), "h", .back1, "1 s back", .play, joint: "1 s back, on"),
    line(.character("l"), "l", .forward1, "1 s on", .play),
    line(.up, "↑", .faster, "faster", .play, joint: "faster, slower"),
    line(.down, "↓", .slower, "slower", .play),
    line(.character("r"), "r", .normalSpeed, "speed 1×", .play),
    line(.character("e"), "e", .loop, "loop", .play),
    line(.character("w"), "w", .nextMotion, "next motion", .play, joint: "motion on, back"),
    line(.character("W"), "W", .previousMotion, "previous motion", .play),
    line(.enter, "enter", .commit, "commit", .walk),
    line(.character("y"), "y", .confirm, "confirm", .walk),
    line(.character("j"), "j", .nextClip, "next clip", .walk, joint: "next, previous"),
    line(.character("k"), "k", .previousClip, "previous", .walk),
    line(.character("g"), "g", .nextDue, "next due", .walk),
    line(.character("/"), "/", .worklist, "worklist", .walk),
    line(.character("-"), "-", .skip, "skip", .walk),
    line(.character("z"), "z", .postpone, "defer", .walk),
    line(.character("u"), "u", .undo, "undo", .label, joint: "undo, redo"),
    line(.character("U"), "U", .redo, "redo", .label),
    line(.character("*"), "*", .secondOpinion, "second opinion", .label),
    line(.character("m"), "m", .segment, "segment in, out", .label),
    line(.tab, "tab", .cycleSegments, "next segment", .label),
    line(.delete, "del", .removeSegment, "remove segment", .label),
    line(.character("R"), "R", .region, "frost a region", .label),
    line(.character("+"), "+", .moreFrost, "more frost", .glass),
    line(.character("!"), "!", .look, "look (logged)", .glass),
    line(.character("X"), "X", .flag, "sensitive", .glass),
    line(.escape, "esc", .blank, "blank", .glass),
    line(.character("?"), "?", .help, "all keys", .screen),
    line(.character("E"), "E", .view, "view", .screen),
    line(.character("G"), "G", .contactSheet, "contact sheet", .screen),
    line(.character("Q"), "Q", .lock, "lock", .screen),
    line(.character("q"), "q", .leave, "leave", .screen),
  ]

  /// The keys of a locked session, which has no others; all else that is typed is the passphrase's.
  package static let lockKeys: [(name: String, hint: String)] = [
    ("enter", "unlock"), ("esc", "clear"), ("^D", "end the session"),
  ]

  /// The action of a key; nil where it has none, which may leave it to a label.
  package static func action(_ key: KeyPress) -> Action? { actions[key] }

  /// The binding of an action.
  package static func binding(_ action: Action) -> KeyBinding? {
    bindings.first { $0.action == action }
  }

  private static let actions = Dictionary(
    bindings.map { ($0.key, $0.action) }, uniquingKeysWith: { first, _ in first })

  private static func line(
    _ key: KeyPress, _ name: String, _ action: Action, _ hint: String, _ group: KeyBinding.Group,
    joint: String? = nil
  ) -> KeyBinding {
    KeyBinding(
      key: key, name: name, action: action, hint: hint, jointHint: joint, group: group)
  }
}
