// SPDX-License-Identifier: Apache-2.0

/// Why a line of a signed text is wrong.
package struct NoteLineError: Error, Hashable, Sendable {
  /// From 1.
  package let line: Int
  /// What is wrong, without a full stop.
  package let message: String
}

/// Takes a signed text line by line: `KEYWORD REST`.
struct NoteLines {
  private let lines: [Substring]
  /// The number of lines taken.
  private(set) var taken = 0

  /// Takes a text; its last line end closes its last line.
  init(_ text: String) {
    lines = text.dropLast(text.hasSuffix("\n") ? 1 : 0)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The next line, not taken; nil at the end.
  var next: Substring? { taken < lines.count ? lines[taken] : nil }

  /// A complaint about the line taken last.
  func error(_ message: String) -> NoteLineError {
    NoteLineError(line: max(1, taken), message: message)
  }

  /// Takes the next line, which must be this one.
  mutating func expect(_ text: String) throws(NoteLineError) {
    let line = next
    taken += 1
    guard line == text[...] else { throw error("must be \"\(text)\"") }
  }

  /// Takes the next line and gives what follows its keyword, which must be this one.
  mutating func value(_ keyword: String) throws(NoteLineError) -> Substring {
    let line = next
    taken += 1
    guard let line, line.hasPrefix(keyword + " "), line.utf8.count > keyword.utf8.count + 1 else {
      throw error("must begin with \"\(keyword) \"")
    }
    return line.dropFirst(keyword.count + 1)
  }

  /// Takes the next line's value where it has that keyword; nil, and nothing taken, where not.
  mutating func optionalValue(_ keyword: String) throws(NoteLineError) -> Substring? {
    guard let next, next.hasPrefix(keyword + " ") else { return nil }
    return try value(keyword)
  }

  /// Takes a whole number, not negative, without leading zeros.
  mutating func number(_ keyword: String) throws(NoteLineError) -> Int {
    let text = try value(keyword)
    guard let number = Self.number(text) else { throw error("must hold a number after \(keyword)") }
    return number
  }

  static func number(_ text: Substring) -> Int? {
    guard let number = Int(text), number >= 0, String(number) == text else { return nil }
    return number
  }

  /// Takes a date and time with zone, as milliseconds since 1970.
  mutating func time(_ keyword: String) throws(NoteLineError) -> Int64 {
    guard let time = Timestamp.milliseconds(String(try value(keyword))) else {
      throw error("must hold a date and time with zone, as in 2026-01-14T22:15:30+01:00")
    }
    return time
  }

  /// Takes the vault's id.
  mutating func vault() throws(NoteLineError) -> VaultID {
    guard let vault = VaultID(text: String(try value("vault"))) else {
      throw error("must hold a vault's id, 32 digits, 0 to f")
    }
    return vault
  }

  /// Refuses a line that is left.
  mutating func finish() throws(NoteLineError) {
    guard next != nil else { return }
    taken += 1
    throw error("is not expected here")
  }
}
