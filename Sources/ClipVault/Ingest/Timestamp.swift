// SPDX-License-Identifier: Apache-2.0

import Foundation
import Vocabulary

/// Times as files hold them: ISO 8601 with a zone, as RFC 3339 narrows it.
package enum Timestamp {
  /// Whether a text is a date and time with a zone (`2026-01-14T22:15:30+01:00`).
  static func isValid(_ text: String) -> Bool { milliseconds(text) != nil }

  /// Milliseconds since 1970 of such a text, finer parts cut off; nil where it is none.
  package static func milliseconds(_ text: String) -> Int64? {
    var rest = Substring(text).utf8
    guard text.utf8.count <= 40,
      let year = number(4, &rest), accept("-", &rest), let month = number(2, &rest),
      accept("-", &rest), let day = number(2, &rest), accept("Tt", &rest),
      (1...12).contains(month), (1...days(inMonth: month, of: year)).contains(day),
      let hour = number(2, &rest), accept(":", &rest), let minute = number(2, &rest),
      accept(":", &rest), let second = number(2, &rest), hour < 24, minute < 60, second <= 60
    else { return nil }
    var thousandths = 0
    if accept(".", &rest) {
      guard let first = number(1, &rest) else { return nil }
      var weight = 100
      thousandths = first * weight
      while let digit = number(1, &rest) {
        weight /= 10
        thousandths += digit * weight
      }
    }
    guard let east = zoneMinutes(&rest), rest.isEmpty else { return nil }
    let days = CalendarDay(year: Int64(year), month: Int64(month), day: Int64(day)).daysSince1970
    let minutes = (days * 24 + Int64(hour)) * 60 + Int64(minute - east)
    return (minutes * 60 + Int64(second)) * 1000 + Int64(thousandths)
  }

  /// Takes `Z` or an offset; gives the minutes east of UTC.
  private static func zoneMinutes(_ rest: inout Substring.UTF8View) -> Int? {
    if accept("Zz", &rest) { return 0 }
    let isWest = rest.first == UInt8(ascii: "-")
    guard accept("+-", &rest), let hours = number(2, &rest), accept(":", &rest),
      let minutes = number(2, &rest), hours < 24, minutes < 60
    else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// The day in UTC for a sentence (`14 Jan 2026`); bounded as `text(milliseconds:)` is.
  package static func day(milliseconds: Int64) -> String {
    let parts = text(milliseconds: milliseconds).prefix(10).split(separator: "-")
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, months.indices.contains(numbers[1] - 1) else {
      return parts.joined(separator: "-")
    }
    return "\(numbers[2]) \(months[numbers[1] - 1]) \(numbers[0])"
  }

  /// Takes a number of exactly that many digits.
  private static func number(_ digits: Int, _ rest: inout Substring.UTF8View) -> Int? {
    var number = 0
    let word = rest.prefix(digits)
    guard word.count == digits else { return nil }
    for byte in word {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    rest = rest.dropFirst(digits)
    return number
  }

  /// Takes one of the characters.
  private static func accept(_ characters: String, _ rest: inout Substring.UTF8View) -> Bool {
    guard let first = rest.first, characters.utf8.contains(first) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Milliseconds since 1970 in UTC (`2026-01-14T21:15:30.250Z`); times outside the years 1970 to
  /// 9999 become the nearest inside.
  package static func text(milliseconds: Int64) -> String {
    let inside = min(max(0, milliseconds), lastSecond * 1000 + 999)
    let fraction = String(1000 + inside % 1000).dropFirst()
    return text(seconds: Int(inside / 1000)).dropLast() + ".\(fraction)Z"
  }

  /// Seconds since 1970 in UTC, without a fraction; bounded in the same way.
  static func text(seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(min(max(0, seconds), Int(lastSecond)))).formatted(.iso8601)
  }

  /// The last second of the year 9999.
  private static let lastSecond: Int64 = 253_402_300_799
}
