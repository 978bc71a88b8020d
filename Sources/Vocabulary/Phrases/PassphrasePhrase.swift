// SPDX-License-Identifier: Apache-2.0

/// Why there is no passphrase to try.
package enum PassphrasePhrase: String, PhraseKey {
  package static let table = "passphrase"

  case noTerminal = "no_terminal"
  /// Takes the system's words.
  case lost
  case ended
  /// Takes its number and the system's words.
  case badDescriptor = "bad_descriptor"
  /// Takes its number.
  case terminalDescriptor = "terminal_descriptor"
  /// Takes bytes.
  case tooLong = "too_long"
}
