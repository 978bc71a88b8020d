// SPDX-License-Identifier: Apache-2.0

/// Asks for a passphrase at the terminal, without echo, whatever standard input is.
///
/// While it asks, line editing works as in a shell's plain mode (backspace, `^U`); a signal that ends
/// or stops the program gives the terminal back first, and going on asks again.
package struct PassphrasePrompt: Sendable {
  /// How often a new passphrase is asked for before it is given up.
  package static let mostTries = 3

  private let terminal: String

  /// Asks at the terminal of that path; the process's own where none is named.
  package init(terminal: String = "/dev/tty") { self.terminal = terminal }

  /// Asks once, with `prompt` and a colon; an empty answer is an empty passphrase.
  ///
  /// - Throws: `noTerminal`, `ended` where the input ended first, `tooLong`, `lost`.
  package func read(prompt: String) throws(PassphraseError) -> SecretBytes {
    try withTerminal { terminal throws(PassphraseError) in try terminal.ask(prompt) }
  }

  /// Asks for a new passphrase twice; where it is refused or the two differ, says why and asks
  /// again, `mostTries` times in all.
  ///
  /// - Throws: the last refusal (`empty`, `tooShort`, `tooLong`, `mismatch`), or as `read`.
  package func readTwice(prompt: String) throws(PassphraseError) -> SecretBytes {
    try withTerminal { terminal throws(PassphraseError) in
      for attempt in 1...Self.mostTries {
        do throws(PassphraseError) {
          return try Self.askTwice(prompt, terminal)
        } catch {
          guard error.isAskedAgain, attempt < Self.mostTries else { throw error }
          terminal.say(error.sentence)
        }
      }
      throw .mismatch
    }
  }

  private static func askTwice(
    _ prompt: String, _ terminal: QuietTerminal
  ) throws(PassphraseError) -> SecretBytes {
    let first = try terminal.ask(prompt)
    try Passphrase.checkNew(first)
    let second = try terminal.ask("The same again")
    guard first.equals(second) else { throw .mismatch }
    return first
  }

  private func withTerminal(
    _ body: (QuietTerminal) throws(PassphraseError) -> SecretBytes
  ) throws(PassphraseError) -> SecretBytes {
    let terminal = try QuietTerminal(path: terminal)
    defer { terminal.restore() }
    return try body(terminal)
  }
}

extension PassphraseError {
  /// Whether typing something else helps.
  fileprivate var isAskedAgain: Bool {
    switch self {
    case .tooLong, .empty, .tooShort, .mismatch: true
    case .noTerminal, .lost, .ended, .badDescriptor, .terminalDescriptor: false
    }
  }
}
