// SPDX-License-Identifier: Apache-2.0

internal import Veil

/// The reviewer's mark of the minute, made anew when another begins.
struct MarkClock {
  private let seat: String
  private let reviewer: String
  private var minute: Int64
  private var mark: ReviewerMark

  /// Starts at a time of the wall clock.
  init(seat: String, reviewer: String, wallMilliseconds: Int64) {
    self.seat = seat
    self.reviewer = reviewer
    minute = Self.minute(wallMilliseconds)
    mark = ReviewerMark(seat: seat, reviewer: reviewer, wallMilliseconds: wallMilliseconds)
  }

  /// The mark at a time of the wall clock, which may also have been set back.
  mutating func mark(wallMilliseconds: Int64) -> ReviewerMark {
    let now = Self.minute(wallMilliseconds)
    if now != minute {
      minute = now
      mark = ReviewerMark(seat: seat, reviewer: reviewer, wallMilliseconds: wallMilliseconds)
    }
    return mark
  }

  private static func minute(_ wallMilliseconds: Int64) -> Int64 { wallMilliseconds / 60_000 }
}
