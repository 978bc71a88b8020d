// SPDX-License-Identifier: Apache-2.0

/// One key as the terminal sent it, already told apart from escape sequences.
package enum KeyPress: Hashable, Sendable {
  /// A printable character.
  case character(Character)
  case enter, escape, tab, backspace, delete, insert
  /// `F1` to `F12`.
  case function(Int)
  case up, down, left, right, pageUp, pageDown, home, end
  /// No key: what was done with a mouse, where mice are listened to.
  case pointer(PointerAct)
  /// `^U` and `^W`, which erase in a line of text.
  case eraseLine, eraseWord
  /// `^L`: the terminal is to be sent everything anew.
  case redraw
  /// The terminal's size changed.
  case resized
  /// Something we have no name for; it does nothing.
  case unknown
}
