// SPDX-License-Identifier: Apache-2.0

/// Asks at the terminal for one key, without echo and without `Enter`.
package struct KeyPrompt: Sendable {
  private let terminal: String

  /// Asks at the terminal of that path; the process's own where none is named.
  package init(terminal: String = "/dev/tty") { self.terminal = terminal }

  /// Writes `prompt` and waits for a key; nil for one that is no plain ASCII character.
  ///
  /// What an escape sequence sends behind its first byte is dropped, so that no shell gets it.
  ///
  /// - Throws: `noTerminal`, `ended` where the input ended first, `lost`.
  package func read(prompt: String) throws(PassphraseError) -> Character? {
    let terminal = try QuietTerminal(path: terminal, takesKeys: true)
    defer { terminal.restore() }
    let byte = try terminal.key(prompt)
    return (0x20...0x7E).contains(byte) ? Character(Unicode.Scalar(byte)) : nil
  }
}
