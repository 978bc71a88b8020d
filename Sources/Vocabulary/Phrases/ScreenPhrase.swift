// SPDX-License-Identifier: Apache-2.0

/// Why there is no screen, or no longer one.
package enum ScreenPhrase: String, PhraseKey {
  package static let table = "screen"

  case notATerminal = "not_a_terminal"
  case nameUnset = "name_unset"
  /// Takes its name.
  case nameUnknown = "name_unknown"
  /// Takes its name.
  case cannotMoveCursor = "cannot_move_cursor"
  /// Takes its name.
  case strange
  /// Takes the fault's name in the program.
  case outsideGrammar = "outside_grammar"
  /// Takes a number.
  case lost
}
