// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a session did, for the lines printed after it.
package struct SessionSummary: Hashable, Sendable {
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
    let pace = seconds > 0 && committed > 0 ? " (\(perMinute) a minute)" : ""
    let perClip = medianKeys.map { ", \(Self.count($0, "key")) a clip in the median" } ?? ""
    let last = tenthsPerMinute.map { "\nThe last ones: \(Self.oneDecimal($0)) a minute." } ?? ""
    let tenths = Int(clearMilliseconds / 100)
    let looks = clearMilliseconds > 0 ? "\nSeen clear in looks: \(Self.oneDecimal(tenths)) s." : ""
    return """
      \(Self.count(committed, "clip")) labelled in \(Self.duration(seconds))\(pace)\(perClip).\(last)\(looks)
      Today \(committedToday) of \(dailyGoal).
      In the vault: \(counts.due) due, \(counts.done) done, \(counts.deferred) deferred, \
      \(counts.skipped) skipped, \(counts.flagged) flagged, \(counts.unreadable) unreadable\(opinions).
      """
  }

  private var opinions: String {
    (counts.secondOpinion > 0 ? ", \(counts.secondOpinion) waiting for a second opinion" : "")
      + (counts.disputed > 0 ? ", \(counts.disputed) disputed" : "")
  }

  private var perMinute: String { Self.oneDecimal(committed * 600 / seconds) }

  private static func oneDecimal(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func duration(_ seconds: Int) -> String {
    seconds < 60 ? count(seconds, "second") : "\(count(seconds / 60, "minute")) \(seconds % 60) s"
  }
}
