// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A moment as a clock on the wall shows it.
struct LocalTime {
  private let milliseconds: Int64

  /// Takes milliseconds since 1970 and how far local time is ahead of UTC, in seconds.
  init(_ milliseconds: Int64, utcOffsetSeconds: Int) {
    let (local, isOutOfRange) = milliseconds.addingReportingOverflow(
      Int64(utcOffsetSeconds) * 1000)
    self.milliseconds = isOutOfRange ? milliseconds : local
  }

  /// `22:15:04`.
  var clock: String {
    let second = milliseconds.rest(by: 86_400_000) / 1000
    return [second / 3600, second / 60 % 60, second % 60].map(\.twoDigits).joined(separator: ":")
  }

  /// `2026-01-14`.
  var date: String {
    let day = CalendarDay(daysSince1970: milliseconds.floored(by: 86_400_000))
    return "\(day.year)-\(day.month.twoDigits)-\(day.day.twoDigits)"
  }
}
