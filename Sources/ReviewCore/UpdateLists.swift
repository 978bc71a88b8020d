// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The screens that list: what was done to the clip's labels, and what the session had to say.
extension State {
  mutating func openHistory() {
    guard let open = clip else { return }
    if open.closure != nil { return sayWhyShut(open) }
    enterOverlay(.history(ListCursor(lastOf: visibleEvents(open).count)))
  }

  mutating func pressInHistory(_ old: ListCursor, _ key: KeyPress) {
    guard let open = clip else { return leaveOverlay() }
    var cursor = old
    if cursor.press(key, count: visibleEvents(open).count) { return mode = .history(cursor) }
    leaveList(key, .history)
  }

  mutating func openMessages() {
    enterOverlay(.messages(ListCursor(lastOf: messages.entries.count)))
  }

  mutating func pressInMessages(_ old: ListCursor, _ key: KeyPress) {
    var cursor = old
    if cursor.press(key, count: messages.entries.count) { return mode = .messages(cursor) }
    leaveList(key, .messages)
  }

  private mutating func leaveList(_ key: KeyPress, _ opener: Action) {
    let action = keymap.action(key)
    guard key == .escape || key == .enter || action == opener || action == .leave else { return }
    hasHeldKeyActed = true
    leaveOverlay()
  }

  /// The events of a clip that this reviewer may see: the one place where that is decided.
  ///
  /// While a clip's second opinion is open neither reviewer sees the other's round: it is blind.
  func visibleEvents(_ open: OpenClip) -> [LabelEvent] {
    open.history.events(visibleTo: reviewer)
  }
}
