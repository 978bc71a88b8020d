// SPDX-License-Identifier: Apache-2.0

/// Standard base64 (RFC 4648 §4) in its one canonical form: every other spelling is refused.
///
/// Digits are computed and not looked up, so that a key's bytes choose no address in memory.
enum Base64 {
  /// The number of digits for so many bytes, with padding or without.
  static func digitCount(_ byteCount: Int, padded: Bool) -> Int {
    padded ? (byteCount + 2) / 3 * 4 : (byteCount * 4 + 2) / 3
  }

  /// Hands each digit of the bytes, in ASCII, to `put`.
  static func encode(_ bytes: Span<UInt8>, padded: Bool, _ put: (UInt8) -> Void) {
    var start = 0
    while start < bytes.count {
      let present = min(3, bytes.count - start)
      var group: UInt32 = 0
      for place in 0..<3 {
        group = group << 8 | (place < present ? UInt32(bytes[start + place]) : 0)
      }
      for place in 0...present { put(digit(UInt8(group >> UInt32(18 - 6 * place) & 63))) }
      if padded { for _ in present..<3 { put(UInt8(ascii: "=")) } }
      start += 3
    }
  }

  /// The bytes' digits in ASCII.
  static func encode(_ bytes: Span<UInt8>, padded: Bool = false) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(digitCount(bytes.count, padded: padded))
    encode(bytes, padded: padded) { digits.append($0) }
    return digits
  }

  /// Hands each byte that the digits stand for to `put`; false where they are not canonical, and
  /// then what was put is of no worth.
  static func decode(_ digits: Span<UInt8>, padded: Bool, _ put: (UInt8) -> Void) -> Bool {
    var count = digits.count
    if padded {
      guard count % 4 == 0 else { return false }
      for _ in 0..<2 where count > 0 && digits[count - 1] == UInt8(ascii: "=") { count -= 1 }
    }
    guard count % 4 != 1 else { return false }
    var group: UInt32 = 0
    for index in 0..<count {
      guard let value = value(digits[index]) else { return false }
      group = (group << 6 | UInt32(value)) & 0xFFFF
      switch index % 4 {
      case 1: put(UInt8(truncatingIfNeeded: group >> 4))
      case 2: put(UInt8(truncatingIfNeeded: group >> 2))
      case 3: put(UInt8(truncatingIfNeeded: group))
      default: break
      }
    }
    return switch count % 4 {
    case 2: group & 15 == 0
    case 3: group & 3 == 0
    default: true
    }
  }

  /// The bytes that the digits stand for; nil where they are not canonical.
  static func decode(_ digits: Span<UInt8>, padded: Bool = false) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    return decode(digits, padded: padded) { bytes.append($0) } ? bytes : nil
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + (value - 26)
    case 52..<62: UInt8(ascii: "0") + (value - 52)
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
