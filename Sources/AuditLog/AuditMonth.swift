// SPDX-License-Identifier: Apache-2.0

/// A calendar month in UTC, by which the log is cut into segments.
package struct AuditMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Months since January of the year 0.
  package let index: Int64

  /// Takes the number of months since January of the year 0.
  package init(index: Int64) { self.index = index }

  /// The month of a time, milliseconds since 1970.
  package init(milliseconds: Int64) {
    // Days since 1 March of the year 0, in eras of 400 years (Hinnant's civil-from-days).
    let days = Self.floor(milliseconds, 86_400_000) + 719_468
    let era = Self.floor(days, 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    index = (era * 400 + yearOfEra) * 12 + marchMonth + 2
  }

  /// `2026-11`.
  package var description: String {
    let month = Self.modulo(index, 12) + 1
    return "\(Self.floor(index, 12))-\(month < 10 ? "0" : "")\(month)"
  }

  package static func < (left: AuditMonth, right: AuditMonth) -> Bool { left.index < right.index }

  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    (value - modulo(value, divisor)) / divisor
  }

  private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
