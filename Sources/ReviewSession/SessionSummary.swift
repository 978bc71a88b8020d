// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a session did, for the lines printed after it.
package struct SessionSummary: Hashable, Sendable {
  /// The texts that it is told in.
  package var texts: Texts
  /// Verdicts committed and durable.
  package var committed: Int
  package var keys: Int
  package var seconds: Int
  package var counts: WorklistCounts
  package var dailyGoal: Int
  package var committedToday: Int
  /// For how long clips were seen clear in looks, in milliseconds.
  package var clearMilliseconds: Int64 = 0
  /// How many keys the clip in the middle took; nil where none was committed.
  package var medianKeys: Int?
  /// Clips a minute over the last 20 commits, in tenths; nil where there were not two.
  package var tenthsPerMinute: Int?
  /// What the tour taught, in a few plain lines; nil without one.
  package var lessons: String?
  /// What did not reach the disk at the very end, in sentences; empty where everything did.
  package var lost: [String] = []

  /// A few plain lines for the terminal after the screen is gone.
  package var text: String {
    let median = medianKeys.map { texts(SummaryPhrase.keys, $0) } ?? ""
    let pace =
      seconds > 0 && committed > 0
      ? texts(SummaryPhrase.pace, SessionPhrase.decimal(committed * 600 / seconds)) : ""
    let last = tenthsPerMinute.map { texts(SummaryPhrase.lastOnes, SessionPhrase.decimal($0)) }
    let tenths = Int(clearMilliseconds / 100)
    let looks =
      clearMilliseconds > 0
      ? texts(SummaryPhrase.looks, SessionPhrase.decimal(tenths)) : nil
    let lines = [
      texts(SummaryPhrase.labelled, committed, duration, pace, median), last, looks,
      texts(SummaryPhrase.today, committedToday, dailyGoal),
      texts(
        SummaryPhrase.vault, counts.due, counts.done, counts.deferred, counts.skipped,
        counts.flagged, counts.unreadable, opinions),
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private var opinions: String {
    (counts.secondOpinion > 0 ? texts(SummaryPhrase.waiting, counts.secondOpinion) : "")
      + (counts.disputed > 0 ? texts(SummaryPhrase.disputed, counts.disputed) : "")
  }

  private var duration: String {
    seconds < 60
      ? texts(SummaryPhrase.seconds, seconds)
      : texts(SummaryPhrase.minutes, seconds / 60, seconds % 60)
  }
}
