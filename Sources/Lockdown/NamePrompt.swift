// SPDX-License-Identifier: Apache-2.0

/// Asks at the terminal for a name, which shows while it is typed.
package struct NamePrompt: Sendable {
  private let terminal: String

  /// Asks at the terminal of that path; the process's own where none is named.
  package init(terminal: String = "/dev/tty") { self.terminal = terminal }

  /// Asks once, with `prompt` and a colon; blanks and control characters of the answer are left out.
  ///
  /// - Throws: `noTerminal`, `ended` where the input ended first, `tooLong`, `lost`.
  package func read(prompt: String) throws(PassphraseError) -> String {
    let terminal = try QuietTerminal(path: terminal, showsInput: true)
    defer { terminal.restore() }
    // Some type their passphrase here: like one it is kept in secret memory until it is a name.
    let answer = try terminal.ask(prompt)
    return answer.withSpan { bytes in
      var name: [UInt8] = []
      for index in bytes.indices where bytes[index] > 0x20 && bytes[index] != 0x7F {
        name.append(bytes[index])
      }
      return String(decoding: name, as: UTF8.self)
    }
  }
}
