// SPDX-License-Identifier: Apache-2.0

import StrictTOML

/// Gives one field of `policy.toml` another value and leaves every other character as it is.
enum PolicyFieldEdit {
  /// The text with the field's value replaced, or with the field added at the end.
  ///
  /// `value` is TOML. The outcome is read again: it differs from the old policy in this field alone,
  /// else it is refused.
  static func set(
    _ field: PolicyField, to value: String, in text: String
  ) throws(PolicyFileError) -> String {
    let before = try PolicyFile.parse(text)
    let edited = replaced(field, value, text) ?? appended(field, value, text)
    let after = try PolicyFile.parse(edited)
    let others = PolicyField.allCases.filter { $0 != field }
    let alone = try PolicyFile.parse("\(field.rawValue) = \(value)\n")
    guard others.allSatisfy({ $0.text(in: before) == $0.text(in: after) }),
      field.text(in: after) == field.text(in: alone)
    else {
      throw PolicyFileError(
        file: "policy.toml", message: "cannot be changed from outside as it is written; edit it")
    }
    return edited
  }

  private static func appended(_ field: PolicyField, _ value: String, _ text: String) -> String {
    let gap = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    let comment = field.comment.isEmpty ? "" : "\n# \(field.comment)\n"
    return "\(text)\(gap)\(comment)\(field.rawValue) = \(value)\n"
  }

  /// Nil where the text has no such field.
  private static func replaced(
    _ field: PolicyField, _ value: String, _ text: String
  ) -> String? {
    var scan = Scan(text)
    while !scan.isAtEnd {
      scan.skipBlank()
      let start = scan.at
      while let byte = scan.byte, byte != UInt8(ascii: "="), byte != UInt8(ascii: "\n") {
        scan.at += 1
      }
      let key = scan.word(start..<scan.at)
      guard scan.byte == UInt8(ascii: "=") else { continue }
      scan.at += 1
      scan.skipSpace()
      let from = scan.at
      scan.skipValue()
      guard key == field.rawValue || key == "\"\(field.rawValue)\"" else { continue }
      let to = scan.at - scan.trailingSpace(from..<scan.at)
      let bytes = scan.bytes
      return String(
        decoding: Array(bytes[..<from]) + Array(value.utf8) + Array(bytes[to...]), as: UTF8.self)
    }
    return nil
  }

  /// Walks over a TOML text of keys and values; of a text that is not TOML it may know something
  /// wrong, but it always ends.
  private struct Scan {
    let bytes: [UInt8]
    var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { at >= bytes.count }
    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipSpace() {
      while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { at += 1 }
    }

    mutating func skipBlank() {
      while let byte {
        if byte == UInt8(ascii: "#") {
          skipComment()
        } else if " \t\r\n".utf8.contains(byte) {
          at += 1
        } else {
          return
        }
      }
    }

    func word(_ range: Range<Int>) -> String {
      String(decoding: bytes[range].filter { !" \t".utf8.contains($0) }, as: UTF8.self)
    }

    /// The bytes of space at the end of a range.
    func trailingSpace(_ range: Range<Int>) -> Int {
      bytes[range].reversed().prefix { " \t\r".utf8.contains($0) }.count
    }

    /// Passes a value: to the end of its line, its comment, or its last bracket.
    mutating func skipValue() {
      var depth = 0
      while let byte {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          skipQuoted(byte)
          continue
        case UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "\n"): if depth <= 0 { return }
        case UInt8(ascii: "#"):
          if depth <= 0 { return }
          skipComment()
          continue
        default: break
        }
        at += 1
      }
    }

    private mutating func skipComment() {
      while let byte, byte != UInt8(ascii: "\n") { at += 1 }
    }

    private mutating func skipQuoted(_ quote: UInt8) {
      let isLong = bytes[at...].starts(with: [quote, quote, quote])
      at += isLong ? 3 : 1
      while let byte {
        if byte == quote, !isLong || bytes[at...].starts(with: [quote, quote, quote]) {
          at += isLong ? 3 : 1
          return
        }
        if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") { at += 1 }
        at += 1
      }
    }
  }
}
