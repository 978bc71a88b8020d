// SPDX-License-Identifier: Apache-2.0

/// A moment as a clock on the wall shows it.
struct LocalTime {
  private let milliseconds: Int64

  /// Takes milliseconds since 1970 and how far local time is ahead of UTC, in seconds.
  init(_ milliseconds: Int64, utcOffsetSeconds: Int) {
    let (local, isOutOfRange) = milliseconds.addingReportingOverflow(
      Int64(utcOffsetSeconds) * 1000)
    self.milliseconds = isOutOfRange ? milliseconds : local
  }

  private var days: Int64 {
    milliseconds / 86_400_000 - (milliseconds % 86_400_000 < 0 ? 1 : 0)
  }

  private var secondOfDay: Int64 {
    let rest = milliseconds % 86_400_000
    return (rest < 0 ? rest + 86_400_000 : rest) / 1000
  }

  /// `22:15:04`.
  var clock: String {
    [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map(Self.two)
      .joined(separator: ":")
  }

  /// `2026-01-14`, after Howard Hinnant's days-to-civil.
  var date: String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * part + 2) / 5 + 1
    let month = part < 10 ? part + 3 : part - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(Self.two(month))-\(Self.two(day))"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
