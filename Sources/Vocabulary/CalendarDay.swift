// SPDX-License-Identifier: Apache-2.0

/// A day of the Gregorian calendar, carried on before it was introduced.
///
/// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that begin with
/// March, so that the leap day comes last.
package struct CalendarDay: Hashable, Sendable {
  package let year: Int64
  /// 1 to 12.
  package let month: Int64
  /// 1 to 31.
  package let day: Int64

  /// Takes a date as it stands; a day that its month has not counts on into the next.
  package init(year: Int64, month: Int64, day: Int64) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day that so many days after 1 January 1970 are.
  package init(daysSince1970 days: Int64) {
    let shifted = days + 719_468
    let era = shifted.floored(by: 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * ofYear + 2) / 153
    month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    day = ofYear - (153 * fromMarch + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days from 1 January 1970.
  package var daysSince1970: Int64 {
    let years = month <= 2 ? year - 1 : year
    let era = years.floored(by: 400)
    let ofEra = years - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}

extension Int64 {
  /// The quotient by a positive divisor, rounded down.
  package func floored(by divisor: Int64) -> Int64 {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }

  /// What is left over of it by a positive divisor: never negative.
  package func rest(by divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }

  /// The number with a nought before it where it is below ten.
  package var twoDigits: String { self < 10 ? "0\(self)" : "\(self)" }
}
