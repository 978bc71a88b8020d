// SPDX-License-Identifier: Apache-2.0

/// Reads the lines of a signed statement one by one; anything else than what is asked for is damage.
struct StatementLines {
  private let file: String
  private var rest: ArraySlice<Substring>

  /// Takes a text whose every line ends with a line end.
  init(_ text: String, file: String) {
    self.file = file
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // What a text has behind its last line end is empty; if not, `end` sees a line too many.
    rest = lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
  }

  /// The complaint about this file.
  var damaged: TrustDefect { .damaged(file) }

  /// Reads the title.
  mutating func begin(_ title: String) throws(TrustDefect) {
    guard rest.popFirst() == title[...] else { throw damaged }
  }

  /// Reads `WORD VALUE`.
  mutating func value(_ word: String) throws(TrustDefect) -> String {
    guard let line = rest.popFirst(), line.hasPrefix(word + " ") else { throw damaged }
    return String(line.dropFirst(word.count + 1))
  }

  /// Reads the vault's id.
  mutating func vault() throws(TrustDefect) -> VaultID {
    guard let vault = VaultID(text: try value("vault")) else { throw damaged }
    return vault
  }

  /// Reads a whole number from 1.
  mutating func count(_ word: String) throws(TrustDefect) -> Int {
    guard let count = PolicyText.count(try value(word)) else { throw damaged }
    return count
  }

  /// Reads a file's name and digest.
  mutating func digest(_ file: PolicyFileName) throws(TrustDefect) -> String {
    guard let digest = PolicyText.digest(try value(file.rawValue)) else { throw damaged }
    return digest
  }

  /// Sees to it that nothing is left.
  func end() throws(TrustDefect) { guard rest.isEmpty else { throw damaged } }
}
