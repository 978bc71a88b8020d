// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The log for people: one line an event.
package enum AuditText {
  /// An event as one line: number, time in UTC, kind, who, seat, clip, detail; no control characters.
  ///
  /// A clip is told by the first eight digits of its name in the log.
  package static func line(_ event: AuditEvent) -> String {
    var parts = [
      padded("\(event.seq)", 7), time(event.atMilliseconds),
      DisplayText.line(event.actor.name.isEmpty ? "housekeeping" : event.actor.name, limit: 40),
      event.kind.rawValue.replacing("_", with: " "),
    ]
    if let clip = event.clip { parts.append("clip \(clip.text.prefix(8))") }
    for entry in event.detail.entries {
      switch entry.value {
      case .number(let number): parts.append("\(entry.name)=\(number)")
      case .word(let word): parts.append("\(entry.name)=\(word)")
      }
    }
    if !event.actor.seat.isEmpty {
      parts.append("at \(DisplayText.line(event.actor.seat, limit: 40))")
    }
    return parts.joined(separator: "  ")
  }

  /// A time as `2026-11-23T14:28:21.123Z`.
  package static func time(_ milliseconds: Int64) -> String {
    let month = AuditMonth(milliseconds: milliseconds)
    let day = Swift.max(0, milliseconds) / 86_400_000
    var first = day
    while first > 0, AuditMonth(milliseconds: (first - 1) * 86_400_000) == month { first -= 1 }
    let rest = Swift.max(0, milliseconds) % 86_400_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map(two)
    let fraction = String(String(rest % 1000 + 1000).dropFirst())
    return "\(month)-\(two(day - first + 1))T\(clock.joined(separator: ":")).\(fraction)Z"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
