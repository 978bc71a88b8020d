// SPDX-License-Identifier: Apache-2.0

/// Names one vault: 128 random bits, made with it.
///
/// Shape: 32 lower-case hexadecimal digits in text, which also name its part of the state folder.
package struct VaultID: Hashable, Sendable, CustomStringConvertible {
  /// 16 bytes.
  package let bytes: [UInt8]

  /// Reads an id from its text; nil unless it is exactly 32 lower-case hexadecimal digits.
  package init?(text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for pair in stride(from: 0, to: 32, by: 2) {
      guard let high = Self.value(digits[pair]), let low = Self.value(digits[pair + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
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
  package var text: String {
    bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
  }

  package var description: String { text }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - 87
    default: nil
    }
  }
}
