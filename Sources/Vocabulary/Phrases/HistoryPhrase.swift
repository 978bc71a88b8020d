// SPDX-License-Identifier: Apache-2.0

/// The history of a clip in words.
package enum HistoryPhrase: String, PhraseKey {
  package static let table = "history"

  /// Takes the clip.
  case heading
  case history
  case nothing
  case undone
  /// Takes a number.
  case otherReviewer = "other_reviewer"
  /// Takes the label.
  case set
  /// Takes the label.
  case confirmed
  /// Takes the label.
  case cleared
  /// Takes the reason.
  case cannotJudge = "cannot_judge"
  case canBeJudged = "can_be_judged"
  /// Takes the label and the time.
  case segmentBegins = "segment_begins"
  /// Takes the label and the time.
  case segmentEnds = "segment_ends"
  /// Takes the label and the time.
  case beginMoved = "begin_moved"
  /// Takes the label and the time.
  case endMoved = "end_moved"
  /// Takes the label.
  case segmentRemoved = "segment_removed"
  case segmentMoved = "segment_moved"
  /// Takes what it is.
  case region
  /// Takes the labels.
  case copiedLabels = "copied_labels"
  case copied
  case note
  /// Takes the note.
  case noteText = "note_text"
  case noteRemoved = "note_removed"
  /// Takes the reason.
  case skipped
  /// Takes what was done.
  case takenBack = "taken_back"
  /// Takes what was done.
  case doneAgain = "done_again"
  /// Takes the reason.
  case flagReason = "flag_reason"
  case committed
  case reopened
  case deferred
  case askedForSecond = "asked_for_second"
  case broughtBack = "brought_back"
  case decidedFirst = "decided_first"
  case decidedSecond = "decided_second"
  case flagged
}
