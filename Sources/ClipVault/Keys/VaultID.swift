// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// Names one vault: 128 random bits, made with it.
///
/// Shape: 32 lower-case hexadecimal digits in text, which also name its part of the state folder.
package struct VaultID: Hashable, Sendable, CustomStringConvertible {
  /// 16 bytes.
  package let bytes: [UInt8]

  /// Reads an id from its text; nil unless it is exactly 32 lower-case hexadecimal digits.
  package init?(text: String) {
    guard let bytes = Hexadecimal.bytes(text, count: 16) else { return nil }
    self.bytes = bytes
  }

  /// Takes 16 bytes; nil for another number.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  private init(high: UInt64, low: UInt64) {
    bytes = BigEndian.bytes(high) + BigEndian.bytes(low)
  }

  /// Makes an id by the system's random numbers.
  package static func random() -> VaultID {
    VaultID(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
  }

  /// The id as 32 lower-case hexadecimal digits.
  package var text: String { Hexadecimal.text(bytes) }

  package var description: String { text }
}
