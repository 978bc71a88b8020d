// SPDX-License-Identifier: Apache-2.0

/// What is said of the terminal; of each only what a sentence goes on with.
package enum TerminalPhrase: String, PhraseKey {
  package static let table = "terminal"

  /// Takes subject and what.
  case allowed
  /// Takes subject and what.
  case notice
  /// Takes subject, what and advice.
  case refused
  case thisOutput = "this_output"
  case thisTerminal = "this_terminal"
  case console
  /// Takes the program.
  case terminal
  case login
  /// Takes the program.
  case assistive
  case pipe
  case unknown
  /// Takes the program.
  case other
  /// Takes the program.
  case multiplexer
  /// Takes the program.
  case recorder
  /// Takes the program.
  case adviceLeave = "advice_leave"
  /// Takes the program.
  case adviceEnd = "advice_end"
  case adviceUnknown = "advice_unknown"
  case adviceList = "advice_list"
}
