// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// Who looks, where and when: what stands over every picture, so that a photograph of it can be
/// attributed.
///
/// Seat and reviewer are written as the top line has them, the time as month, day, hour and minute in
/// UTC, as the audit log counts it. It holds nothing of the clip.
package struct ReviewerMark: Hashable, Sendable {
  /// The seat; one letter at least, of those that `isLetter` allows.
  package let seat: String
  /// The reviewer; one letter at least, of those that `isLetter` allows.
  package let reviewer: String
  /// Month and day, `11-29`.
  package let day: String
  /// Hour and minute, `06:45`.
  package let time: String

  /// Makes the mark of a minute.
  ///
  /// - Parameters:
  ///   - seat: The seat's name; what the mark's letters lack is spelt with them, see `spelt`.
  ///   - reviewer: The reviewer's name; the same.
  ///   - wallMilliseconds: Milliseconds since 1970; any value gives some minute.
  package init(seat: String, reviewer: String, wallMilliseconds: Int64) {
    self.seat = Self.spelt(seat)
    self.reviewer = Self.spelt(reviewer)
    let minutes = wallMilliseconds.floored(by: 60_000)
    let minute = minutes.rest(by: 24 * 60)
    let date = CalendarDay(daysSince1970: minutes.floored(by: 24 * 60))
    day = "\(date.month.twoDigits)-\(date.day.twoDigits)"
    time = "\((minute / 60).twoDigits):\((minute % 60).twoDigits)"
  }

  /// Whether a byte of ASCII is one of the mark's letters: digits, small letters, `-`, `.`, `:`.
  package static func isLetter(_ byte: UInt8) -> Bool { letters.contains(byte) }

  /// All of the mark's letters, in ASCII.
  package static let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz-.:".utf8)

  /// A name in the mark's letters: capitals as small ones, other ASCII as `-`, anything else by its
  /// number in hexadecimal digits, so that names in any script stay different; `-` for no name.
  static func spelt(_ name: String) -> String {
    let text = name.unicodeScalars.map { scalar in
      guard let byte = UInt8(exactly: scalar.value), byte < 0x80 else {
        return String(scalar.value, radix: 16)
      }
      let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      let isKept = isLetter(small) && small != UInt8(ascii: ":")
      return isKept ? String(Character(Unicode.Scalar(small))) : "-"
    }.joined()
    return text.isEmpty ? "-" : text
  }
}
