// SPDX-License-Identifier: Apache-2.0

/// What may name a consent record or stand for a person in one.
package enum ConsentNames {
  /// No name is longer, in bytes.
  package static let byteLimit = 64

  /// Whether a text can be a record's id: it is also its file name, so 1 to 64 ASCII letters,
  /// digits, dots, underscores and hyphens, none of these leading but letters and digits.
  package static func isRecordID(_ text: String) -> Bool {
    isPseudonym(text) && !text.utf8.contains(UInt8(ascii: ":"))
  }

  /// Whether a text can be a pseudonym: as a record's id, with colons too; never a space, so that
  /// it stands in a notice's line, and never `@`, since an address is none.
  package static func isPseudonym(_ text: String) -> Bool {
    guard (1...byteLimit).contains(text.utf8.count), let first = text.utf8.first,
      isLetterOrDigit(first)
    else { return false }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || "._-:".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
