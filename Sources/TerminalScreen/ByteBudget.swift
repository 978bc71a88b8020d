// SPDX-License-Identifier: Apache-2.0

/// How many bytes a second may go to the terminal.
///
/// A picture may begin while nothing is owed; what it takes is owed then, and so is what chrome takes,
/// which never waits.
struct ByteBudget {
  /// Bytes a second; nil for no limit.
  let limit: Int?
  private var owed: Double = 0
  private var since: Int64 = 0

  /// A budget of which nothing is spent; at least one byte a second.
  init(_ limit: Int?) { self.limit = limit.map { max(1, $0) } }

  /// Notes that bytes went out.
  mutating func spend(_ bytes: Int, nowMilliseconds now: Int64) {
    guard let limit else { return }
    owed = remaining(limit, now) + Double(bytes)
    since = now
  }

  /// Whether a picture may begin.
  func allows(nowMilliseconds now: Int64) -> Bool {
    guard let limit else { return true }
    return remaining(limit, now) <= 0
  }

  /// When a picture may begin if nothing else goes out; nil for at once.
  func deadlineMilliseconds(nowMilliseconds now: Int64) -> Int64? {
    guard let limit, !allows(nowMilliseconds: now) else { return nil }
    return since + Int64((owed * 1000 / Double(limit)).rounded(.up))
  }

  private func remaining(_ limit: Int, _ now: Int64) -> Double {
    max(0, owed - Double(max(0, now - since)) * Double(limit) / 1000)
  }
}
