// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The reminder of a break.
extension State {
  private static let workMinutes: Int64 = 50
  private static let breakMilliseconds: Int64 = 5 * 60_000
  private static let reminderMilliseconds: Int64 = 60_000

  /// Counts a key as work; after a pause that was a break, work begins anew.
  mutating func noteWork() {
    if isRested { workBeganMilliseconds = nowMilliseconds }
    lastWorkAtMilliseconds = nowMilliseconds
  }

  /// What reminds of a break, for a minute at a time and again and again; nil while nothing does.
  var breakReminder: String? {
    let work = Self.workMinutes * 60_000
    let worked = nowMilliseconds - workBeganMilliseconds
    guard !isRested, worked >= work, worked % work < Self.reminderMilliseconds else { return nil }
    let minutes = worked / work * Self.workMinutes
    return texts(ShutPhrase.breakDue, minutes)
  }

  private var isRested: Bool {
    nowMilliseconds - lastWorkAtMilliseconds >= Self.breakMilliseconds
  }
}
