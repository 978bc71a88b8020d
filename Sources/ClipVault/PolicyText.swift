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
}
