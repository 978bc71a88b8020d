// SPDX-License-Identifier: Apache-2.0

/// Names one clip in a vault: 128 random bits, unrelated to the clip's content or origin.
///
/// Shape: 32 lower-case hexadecimal digits in text, which is also the file name in the vault.
package struct ClipID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number of hexadecimal digits of an id in text.
  package static let digitCount = 32

  private let high: UInt64
  private let low: UInt64

  /// Makes an id of two random words.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads an id from its text; nil unless it is exactly 32 lower-case hexadecimal digits.
  package init?(text: String) {
    let digits = Array(text.utf8)
    guard digits.count == Self.digitCount,
      let high = Self.word(digits[..<16]), let low = Self.word(digits[16...])
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The id as 32 lower-case hexadecimal digits.
  package var text: String { Self.digits(high) + Self.digits(low) }

  /// The id as 16 bytes, most significant first.
  package var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
  }

  /// The first eight digits, for a person to tell clips apart on screen.
  package var short: String { String(text.prefix(8)) }

  package var description: String { text }

  /// What a clip's lot is drawn for; each has random bits of its own.
  package enum Lot: Int, Sendable {
    /// The share of clips that come before their turn.
    case audit = 0
    case secondOpinion = 16
  }

  /// A number from 0 below `count`, at most 65,536, that is the clip's own for good.
  ///
  /// It comes of random bits of the id that no screen shows.
  package func lot(_ lot: Lot, in count: Int) -> Int {
    Int(low >> UInt64(lot.rawValue) & 0xffff) * count / 0x1_0000
  }

  package static func < (left: ClipID, right: ClipID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  private static func digits(_ word: UInt64) -> String {
    let short = String(word, radix: 16)
    return String(repeating: "0", count: 16 - short.utf8.count) + short
  }

  private static func word(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var word: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(digit - 87)
      default: return nil
      }
    }
    return word
  }
}

extension ClipID: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = ClipID(text: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a clip id"))
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
