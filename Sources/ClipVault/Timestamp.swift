// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Times as files hold them: ISO 8601 with a zone, as RFC 3339 narrows it.
enum Timestamp {
  /// Whether a text is a date and time with a zone (`2026-01-14T22:15:30+01:00`).
  static func isValid(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    guard text.utf8.count <= 40,
      let year = number(4, &rest), accept("-", &rest), let month = number(2, &rest),
      accept("-", &rest), let day = number(2, &rest), accept("Tt", &rest),
      (1...12).contains(month), (1...days(inMonth: month, of: year)).contains(day),
      let hour = number(2, &rest), accept(":", &rest), let minute = number(2, &rest),
      accept(":", &rest), let second = number(2, &rest), hour < 24, minute < 60, second <= 60
    else { return false }
    if accept(".", &rest) {
      guard number(1, &rest) != nil else { return false }
      while number(1, &rest) != nil {}
    }
    if accept("Zz", &rest) { return rest.isEmpty }
    guard accept("+-", &rest), let hours = number(2, &rest), accept(":", &rest),
      let minutes = number(2, &rest)
    else { return false }
    return hours < 24 && minutes < 60 && rest.isEmpty
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
  static func text(milliseconds: Int64) -> String {
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
