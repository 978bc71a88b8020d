// SPDX-License-Identifier: Apache-2.0

/// Why the label store did not do what was asked.
package enum StorePhrase: String, PhraseKey {
  package static let table = "store"

  case missing
  case movedAway = "moved_away"
  case notWritable = "not_writable"
  case damaged
  case full
  case busy
  case inputOutput = "input_output"
  case unknownClip = "unknown_clip"
  case ordinalTaken = "ordinal_taken"
  case leaseLost = "lease_lost"
  case leasedByOther = "leased_by_other"
  case withdrawn
  case sessionEnded = "session_ended"
  case waitsForAnother = "waits_for_another"
  case disputed
  case settled
  case noVerdict = "no_verdict"
  case asked
  case notDisputed = "not_disputed"
  case ownOpinion = "own_opinion"
  case earlierRound = "earlier_round"
  case unnamedClip = "unnamed_clip"
  case flagSettled = "flag_settled"
  case othersRegion = "others_region"
  case ownFlag = "own_flag"
  case notRestorable = "not_restorable"
  case erasureStands = "erasure_stands"
  case olderPolicy = "older_policy"
  case noLog = "no_log"
  case otherLog = "other_log"
  case notAStore = "not_a_store"
  case newerVersion = "newer_version"
  case duplicateClip = "duplicate_clip"
  case holdIsOver = "hold_is_over"
  case notOrdered = "not_ordered"
  case notLoggable = "not_loggable"
  case noticeApplied = "notice_applied"
}
