// SPDX-License-Identifier: Apache-2.0

internal import Lockdown
internal import Sealing

/// Base64 of secrets: from locked memory into locked memory, never by way of a `String`.
enum SecretBase64 {
  /// Standard base64 with padding (RFC 4648 §4).
  static func encode(_ secret: SecretBytes) -> SecretBytes {
    SecretBytes(count: (secret.count + 2) / 3 * 4) { span in
      secret.withSpan { bytes in
        for group in 0..<((bytes.count + 2) / 3) {
          let rest = min(3, bytes.count - group * 3)
          var word: UInt32 = 0
          for offset in 0..<rest {
            word |= UInt32(bytes[group * 3 + offset]) << UInt32(16 - 8 * offset)
          }
          for place in 0..<4 {
            let letter = place <= rest ? letter(word >> UInt32(18 - 6 * place) & 63) : padding
            span.storeBytes(of: letter, toByteOffset: group * 4 + place, as: UInt8.self)
          }
        }
      }
    }
  }

  /// Reads 32 bytes from the 44 letters that `encode` gives for them; `key` for anything else.
  static func decode(_ text: Span<UInt8>) throws(SealingError) -> SecretBytes {
    guard text.count == 44, text[43] == padding else { throw .key }
    return try SecretBytes(count: 32) { (span) throws(SealingError) in
      var word: UInt32 = 0
      var bits: UInt32 = 0
      var at = 0
      for index in 0..<43 {
        guard let value = value(text[index]) else { throw .key }
        word = (word << 6 | value) & 0xFFFF
        bits += 6
        guard bits >= 8 else { continue }
        bits -= 8
        span.storeBytes(of: UInt8(word >> bits & 0xFF), toByteOffset: at, as: UInt8.self)
        at += 1
      }
      // Two bits are left over; they are zero in the one text that `encode` gives.
      guard word & 3 == 0 else { throw .key }
    }
  }

  private static let padding = UInt8(ascii: "=")

  private static func letter(_ value: UInt32) -> UInt8 {
    let value = UInt8(value)
    return switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + value - 26
    case 52..<62: UInt8(ascii: "0") + value - 52
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }

  private static func value(_ letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
