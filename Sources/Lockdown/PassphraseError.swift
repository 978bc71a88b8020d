// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why there is no passphrase.
package enum PassphraseError: Error, Hashable, Sendable {
  /// There is no terminal to ask at.
  case noTerminal
  /// The terminal went away, or a call on it failed.
  case lost(SystemError)
  /// The end of the input came before anything was typed.
  case ended
  /// The descriptor of that number is not open for reading; `code` is the errno value.
  case badDescriptor(Int, code: Int32)
  /// The descriptor of that number is a terminal, which would show what is typed.
  case terminalDescriptor(Int)
  /// It is longer than `Passphrase.mostBytes`.
  case tooLong
  /// A new passphrase is empty.
  case empty
  /// A new passphrase has fewer characters than `Passphrase.leastCharacters`.
  case tooShort
  /// The two times it was typed differ.
  case mismatch

  /// One sentence for a person, with what to do about it.
  package var sentence: String {
    switch self {
    case .noTerminal:
      "There is no terminal to ask for the passphrase at; give it with --passphrase-fd N."
    case .lost(let error): "The passphrase could not be read (\(error.sentence)); try again."
    case .ended: "No passphrase was given; try again."
    case .badDescriptor(let number, let code):
      "Descriptor \(number) of --passphrase-fd cannot be read "
        + "(\(SystemError(call: "read", code: code).sentence)); name one that is open."
    case .terminalDescriptor(let number):
      "Descriptor \(number) of --passphrase-fd is a terminal, which would show what is typed; "
        + "leave --passphrase-fd out to be asked."
    case .tooLong:
      "A passphrase has at most \(Passphrase.mostBytes) bytes; choose a shorter one."
    case .empty:
      "A new passphrase may not be empty; choose one of \(Passphrase.leastCharacters) characters "
        + "or more."
    case .tooShort:
      "A new passphrase has at least \(Passphrase.leastCharacters) characters; choose a longer one."
    case .mismatch: "The two passphrases differ; type the same twice."
    }
  }
}
