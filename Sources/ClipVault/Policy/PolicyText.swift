// SPDX-License-Identifier: Apache-2.0

/// What the policy files and the manifest allow in names.
enum PolicyText {
  /// Whether a text is 1 to `limit` characters, none a control character.
  static func isPlainName(_ text: String, limit: Int = 64) -> Bool {
    let scalars = text.unicodeScalars
    return (1...limit).contains(scalars.count)
      && scalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// Whether a text can be an id: 1 to 64 of lower-case letters, digits and underscores.
  static func isIdentifier(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// Whether a text is so many lower-case hexadecimal digits.
  static func isHexadecimal(_ text: some StringProtocol, digits: Int) -> Bool {
    text.utf8.count == digits
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  /// The 64 digits of `sha256:HEX`; nil for anything else.
  static func digest(_ text: some StringProtocol) -> String? {
    guard text.hasPrefix("sha256:"), isHexadecimal(text.dropFirst(7), digits: 64) else {
      return nil
    }
    return String(text.dropFirst(7))
  }

  /// A whole number from 1 without sign, space or leading zero; nil for anything else.
  static func count(_ text: some StringProtocol) -> Int? {
    guard let number = Int(text), number > 0, String(number) == text else { return nil }
    return number
  }
}
