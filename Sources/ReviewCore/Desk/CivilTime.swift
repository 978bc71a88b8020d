// SPDX-License-Identifier: Apache-2.0

/// Dates and times in UTC, as the log has them, in digits that every language reads.
enum CivilTime {
  /// A time as `2026-11-23 14:28`; with seconds as `2026-11-23 14:28:21`.
  static func text(_ milliseconds: Int64, withSeconds: Bool = false) -> String {
    let time = min(max(0, milliseconds), 253_402_300_799_000)
    let (year, month, day) = date(time / 86_400_000)
    let rest = time % 86_400_000 / 1000
    let clock = "\(two(rest / 3600)):\(two(rest / 60 % 60))"
    return "\(year)-\(two(month))-\(two(day)) \(clock)" + (withSeconds ? ":\(two(rest % 60))" : "")
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
    let day = days(numbers[0], numbers[1], numbers[2])
    return ((day * 24 + hour) * 60 + minute) * 60_000 + second * 1000
  }

  /// The date of an ISO 8601 time in its own zone, as `2026-01-14 22:15`; as it stands where it is
  /// none.
  static func recorded(_ text: String) -> String {
    let head = text.prefix(16)
    return milliseconds(String(head)) == nil ? text : String(head.replacing("T", with: " "))
  }

  // Days and dates after Howard Hinnant's `chrono`-compatible algorithms: years begin in March.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(_ days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
