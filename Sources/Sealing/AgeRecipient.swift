// SPDX-License-Identifier: Apache-2.0

/// The public half of an X25519 identity (`age1…`).
package struct AgeRecipient: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  static let prefix = "age"

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads `age1…`: 62 characters in lower case.
  ///
  /// - Throws: `key` for any other text.
  package init(text: String) throws(SealingError) {
    var bytes: [UInt8] = []
    let isKey = Bech32.decode(Array(text.utf8).span, prefix: Self.prefix, upperCase: false) {
      bytes.append($0)
    }
    guard isKey else { throw .key }
    self.bytes = bytes
  }

  /// `age1…`, 62 characters.
  package var text: String {
    var text: [UInt8] = []
    Bech32.encode(bytes.span, prefix: Self.prefix, upperCase: false) { text.append($0) }
    return String(decoding: text, as: UTF8.self)
  }
}
