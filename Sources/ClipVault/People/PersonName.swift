// SPDX-License-Identifier: Apache-2.0

/// What a person or an intake key may be called: the name stands in signatures, logs and file names.
package enum PersonName {
  /// No name is longer, in bytes.
  package static let byteLimit = 40

  /// Names that the audit log and receipts use for themselves.
  static let reserved: Set<String> = ["log", "housekeeping"]

  /// Whether a text is 1 to 40 of lower-case letters, digits, `.`, `_` and `-`, begins with a letter
  /// or a digit, and is none of the names that Milkglass uses itself.
  package static func isValid(_ text: String) -> Bool {
    (1...byteLimit).contains(text.utf8.count) && !reserved.contains(text)
      && text.utf8.allSatisfy { isPlain($0) || ".-_".utf8.contains($0) }
      && text.utf8.first.map(isPlain) == true
  }

  /// The rule as complaints say it.
  static let rule =
    "a name must be 1 to 40 of a to z, 0 to 9, \".\", \"_\" and \"-\", begin with a letter or digit, "
    + "and not be \"log\" or \"housekeeping\""

  private static func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
