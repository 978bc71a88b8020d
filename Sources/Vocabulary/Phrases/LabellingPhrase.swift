// SPDX-License-Identifier: Apache-2.0

/// What is said to a key that labels.
package enum LabellingPhrase: String, PhraseKey {
  package static let table = "labelling"

  case tooSoon = "too_soon"
  /// Takes what.
  case oneMissing = "one_missing"
  /// Takes all but the last, and the last.
  case moreMissing = "more_missing"
  /// Takes a key.
  case missingMoved = "missing_moved"
  case missingLevel = "missing_level"
  /// Takes the label and a key.
  case missingEnd = "missing_end"
  /// Takes what it is, and the reviewer.
  case othersRegion = "others_region"
  /// Takes what was done.
  case takenBack = "taken_back"
  case nothingToRedo = "nothing_to_redo"
  /// Takes what was done.
  case doneAgain = "done_again"
  case change
  /// Takes the label.
  case noLabel = "no_label"
  case cannotJudge = "cannot_judge"
  case canBeJudged = "can_be_judged"
  /// Takes the label.
  case beginOf = "begin_of"
  case endOfSegment = "end_of_segment"
  case removal
  /// Takes what it is.
  case region
  case skip
  case postpone = "defer"
  case sensitive
  /// Takes the label and its key.
  case nothingHappens = "nothing_happens"
  /// Takes the label and two keys.
  case segmentSays = "segment_says"
  /// Takes the reason.
  case skipped
  case skippedFlagged = "skipped_flagged"
  /// Takes a key.
  case clipDone = "clip_done"
  /// Takes a time.
  case postponedLooks = "postponed_looks"
  case noMotionAfter = "no_motion_after"
  case noMotionBefore = "no_motion_before"
  // Each of the next five takes the key that helps, the third after the label.
  case oneFrame = "one_frame"
  /// Takes a key.
  case labelFirst = "label_first"
  case segmentBegins = "segment_begins"
  /// Takes a key.
  case noSegment = "no_segment"
  /// Takes a key.
  case selectFirst = "select_first"
  /// Takes a key.
  case reopened
  /// Takes the clip and why.
  case notStoredClip = "not_stored_clip"
  /// Takes why.
  case notStored = "not_stored"
  case openElsewhere = "open_elsewhere"
}
