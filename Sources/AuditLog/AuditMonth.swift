// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A calendar month in UTC, by which the log is cut into segments.
package struct AuditMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Months since January of the year 0.
  package let index: Int64

  /// Takes the number of months since January of the year 0.
  package init(index: Int64) { self.index = index }

  /// The month of a time, milliseconds since 1970.
  package init(milliseconds: Int64) {
    let day = CalendarDay(daysSince1970: milliseconds.floored(by: 86_400_000))
    index = day.year * 12 + day.month - 1
  }

  /// `2026-11`.
  package var description: String {
    "\(index.floored(by: 12))-\((index.rest(by: 12) + 1).twoDigits)"
  }

  package static func < (left: AuditMonth, right: AuditMonth) -> Bool { left.index < right.index }
}
