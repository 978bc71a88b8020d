// SPDX-License-Identifier: Apache-2.0

package import Lockdown

/// Base64 of secrets: from locked memory into locked memory, never by way of a `String`.
extension SecretBytes {
  /// Standard base64 with padding (RFC 4648 §4).
  package var base64: SecretBytes {
    SecretBytes(count: Base64.digitCount(count, padded: true)) { target in
      var offset = 0
      withSpan { bytes in
        Base64.encode(bytes, padded: true) { digit in
          target.storeBytes(of: digit, toByteOffset: offset, as: UInt8.self)
          offset += 1
        }
      }
    }
  }

  /// Reads `count` bytes from their base64.
  ///
  /// - Throws: `key` for any other text.
  package convenience init(base64 text: Span<UInt8>, count: Int) throws(SealingError) {
    guard text.count == Base64.digitCount(count, padded: true) else { throw .key }
    try self.init(count: count) { (target) throws(SealingError) in
      var offset = 0
      let isCanonical = Base64.decode(text, padded: true) { byte in
        if offset < count { target.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self) }
        offset += 1
      }
      guard isCanonical, offset == count else { throw .key }
    }
  }
}
