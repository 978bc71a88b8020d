// SPDX-License-Identifier: Apache-2.0

/// Bech32 (BIP 173) of exactly 32 bytes, as age spells keys: without its limit of 90 characters, which
/// no key here reaches.
///
/// Works byte by byte without a copy in between, since what it spells may be a private key.
enum Bech32 {
  /// The number of characters of 32 bytes behind a prefix.
  static func characterCount(prefix: String) -> Int {
    prefix.utf8.count + 1 + digitCount + checkCount
  }

  private static let digitCount = 52
  private static let checkCount = 6

  /// Hands each character of 32 bytes, in ASCII, to `put`; `prefix` is in lower case.
  static func encode(
    _ bytes: Span<UInt8>, prefix: String, upperCase: Bool, _ put: (UInt8) -> Void
  ) {
    precondition(bytes.count == 32)
    let shift: UInt8 = upperCase ? 0x20 : 0
    func putInCase(_ character: UInt8) {
      put(character >= UInt8(ascii: "a") ? character - shift : character)
    }
    for character in prefix.utf8 { putInCase(character) }
    put(UInt8(ascii: "1"))
    var check = Checksum(prefix: prefix)
    for index in 0..<digitCount {
      let value = fiveBits(of: bytes, at: index)
      check.add(value)
      putInCase(alphabet(value))
    }
    for value in check.digits { putInCase(alphabet(value)) }
  }

  /// Hands each of the 32 bytes that a text of the prefix stands for to `put`; false where it is
  /// none, and then what was put is of no worth.
  static func decode(
    _ text: Span<UInt8>, prefix: String, upperCase: Bool, _ put: (UInt8) -> Void
  ) -> Bool {
    let start = prefix.utf8.count + 1
    guard text.count == start + digitCount + checkCount else { return false }
    var place = 0
    for character in prefix.utf8 {
      guard lowered(text[place], upperCase) == character else { return false }
      place += 1
    }
    guard text[place] == UInt8(ascii: "1") else { return false }
    var check = Checksum(prefix: prefix)
    var bits: UInt32 = 0
    for index in 0..<(digitCount + checkCount) {
      guard let character = lowered(text[start + index], upperCase), let value = value(character)
      else { return false }
      check.add(value)
      guard index < digitCount else { continue }
      bits = (bits << 5 | UInt32(value)) & 0x1FFF
      let pending = (index + 1) * 5 % 8
      if pending < 5 { put(UInt8(bits >> UInt32(pending) & 0xFF)) }
    }
    return check.isWhole && lastDigitIsPadded(text[start + digitCount - 1], upperCase)
  }

  /// 52 digits hold 260 bits: the last four are zero.
  private static func lastDigitIsPadded(_ character: UInt8, _ upperCase: Bool) -> Bool {
    guard let character = lowered(character, upperCase), let value = value(character) else {
      return false
    }
    return value & 15 == 0
  }

  private static func fiveBits(of bytes: Span<UInt8>, at index: Int) -> UInt8 {
    let bit = index * 5
    let first = UInt16(bytes[bit / 8]) << 8
    let second = bit / 8 + 1 < bytes.count ? UInt16(bytes[bit / 8 + 1]) : 0
    return UInt8((first | second) >> UInt16(11 - bit % 8) & 31)
  }

  /// The character in lower case; nil where its case is the other one.
  private static func lowered(_ character: UInt8, _ upperCase: Bool) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): upperCase ? character + 0x20 : nil
    case UInt8(ascii: "a")...UInt8(ascii: "z"): upperCase ? nil : character
    default: character
    }
  }

  private static let characters = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  private static func alphabet(_ value: UInt8) -> UInt8 { characters[Int(value & 31)] }

  private static func value(_ character: UInt8) -> UInt8? {
    characters.firstIndex(of: character).map { UInt8($0) }
  }

  /// The BCH code over prefix and digits.
  private struct Checksum {
    private var state: UInt32 = 1

    init(prefix: String) {
      for character in prefix.utf8 { add(character >> 5) }
      add(0)
      for character in prefix.utf8 { add(character & 31) }
    }

    mutating func add(_ value: UInt8) {
      let top = state >> 25
      state = (state & 0x1FF_FFFF) << 5 ^ UInt32(value)
      let generator: [5 of UInt32] = [
        0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
      ]
      for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { state ^= generator[bit] }
    }

    /// Whether digits and code together are a word of the code.
    var isWhole: Bool { state == 1 }

    /// The six digits that make it whole.
    var digits: [UInt8] {
      var padded = self
      for _ in 0..<6 { padded.add(0) }
      return (0..<6).map { place in
        UInt8((padded.state ^ 1) >> UInt32(5 * (5 - place)) & 31)
      }
    }
  }
}
