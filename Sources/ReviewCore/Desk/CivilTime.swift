// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Dates and times in UTC, as the log has them, in digits that every language reads.
enum CivilTime {
  /// A time as `2026-11-23 14:28`; with seconds as `2026-11-23 14:28:21`.
  static func text(_ milliseconds: Int64, withSeconds: Bool = false) -> String {
    let time = LocalTime(min(max(0, milliseconds), 253_402_300_799_000), utcOffsetSeconds: 0)
    return "\(time.date) \(withSeconds ? time.clock : String(time.clock.dropLast(3)))"
  }

  /// Milliseconds since 1970 of `2026-11-23`, `2026-11-23 14:28` or `2026-11-23T14:28:21`; nil
  /// where it is none of these.
  static func milliseconds(_ text: String) -> Int64? {
    let parts = text.split { "-T: ".contains($0) }
    let numbers = parts.compactMap { Int64($0) }
    guard [3, 5, 6].contains(parts.count), numbers.count == parts.count,
      parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count <= 2 }),
      (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[0] >= 1970
    else { return nil }
    let clock = numbers.dropFirst(3) + [0, 0, 0]
    let (hour, minute, second) = (clock[3], clock[4], clock[5])
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let day = CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2]).daysSince1970
    return ((day * 24 + hour) * 60 + minute) * 60_000 + second * 1000
  }

  /// The date of an ISO 8601 time in its own zone, as `2026-01-14 22:15`; as it stands where it is
  /// none.
  static func recorded(_ text: String) -> String {
    let head = text.prefix(16)
    return milliseconds(String(head)) == nil ? text : String(head.replacing("T", with: " "))
  }
}
