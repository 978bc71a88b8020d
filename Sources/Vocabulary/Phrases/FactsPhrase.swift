// SPDX-License-Identifier: Apache-2.0

/// The screen without a clip, and what was done, before leaving.
package enum FactsPhrase: String, PhraseKey {
  package static let table = "facts"

  case opening
  case nothingDue = "nothing_due"
  case onlyFlagged = "only_flagged"
  case committedToday = "committed_today"
  case done
  case deferred
  case openElsewhere = "open_elsewhere"
  case flagged
  case skipped
  case unreadable
  /// Takes two keys.
  case opensStrict = "opens_strict"
  /// Takes two keys.
  case looksAgain = "looks_again"
  case thisSession = "this_session"
  case committedHere = "committed_here"
  /// Takes two numbers.
  case ofGoal = "of_goal"
  case time
  case timeAClip = "time_a_clip"
  case seenClear = "seen_clear"
  case looksLeft = "looks_left"
  case stillDue = "still_due"
  case vault
  /// Takes a key.
  case leaving
}
