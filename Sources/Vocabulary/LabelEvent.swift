// SPDX-License-Identifier: Apache-2.0

/// One thing a reviewer did to a clip's labels.
///
/// Append-only: undo and correction are changes too.
package enum LabelChange: Hashable, Sendable, Codable {
  /// A term was set, by hand or by confirming a prediction.
  case set(TermID, isConfirmation: Bool)
  /// A term was taken away.
  case clear(TermID)
  /// The clip cannot be judged, for the reason of that id; excludes terms.
  case cannotJudge(reason: String)
  /// *Cannot judge* was taken away.
  case clearCannotJudge
  /// A segment begins; its id is this event's ordinal.
  case openSegment(TermID, at: Moment)
  /// The segment of that id ends before `at`.
  case closeSegment(Int, at: Moment)
  /// An edge of the segment of that id lies elsewhere from now on.
  case moveSegment(Int, SegmentEdge, at: Moment)
  /// The segment of that id was removed.
  case removeSegment(Int)
  /// A region that has a frost of its own from now on; its id is this event's ordinal.
  case addRegion(Region)
  /// The labels are those of another clip from now on.
  case copy(CopiedLabels)
  /// The clip's note is this one from now on; an empty one takes it away.
  case note(ClipNote)
  /// What is set is now the verdict.
  case commit
  /// The verdict is taken back and its labels are a draft again.
  case reopen
  /// The reviewer passes, for the reason of that id.
  case skip(reason: String)
  /// The clip comes back at a time, in milliseconds since 1970.
  case postpone(untilMilliseconds: Int64)
  /// The clip is sensitive: solid, and withdrawn.
  case flag
  /// Why it is; nothing that `u` takes back by itself.
  case flagReason(FlagReason)
  /// What is committed is the first verdict; another reviewer gives one without seeing it.
  case secondOpinion(OpinionCause)
  /// A lead takes one of two verdicts that differ.
  case adjudicate(OpinionChoice)
  /// The clip was skipped or deferred, and is due again.
  case bringBack
  /// The change of that ordinal counts no more.
  case undo(Int)
  /// The undone change of that ordinal counts again.
  case redo(Int)
}

extension LabelChange {
  /// The reason's id of a skip that nobody was asked about, since the clip was flagged before.
  package static let flaggedBefore = "flagged_before"
}

/// A label change as it is stored: who, when, on which clip, under which taxonomy.
package struct LabelEvent: Hashable, Sendable, Codable {
  package let clip: ClipID
  /// The event's place among the clip's events, from 0 without gaps; the store refuses a second
  /// event of the same ordinal, so that two sessions can never interleave on one clip.
  package let ordinal: Int
  package let reviewer: ReviewerID
  /// Wall clock, milliseconds since 1970.
  package let atMilliseconds: Int64
  package let taxonomyVersion: String
  package let change: LabelChange

  /// Makes an event.
  package init(
    clip: ClipID, ordinal: Int, reviewer: ReviewerID, atMilliseconds: Int64,
    taxonomyVersion: String, change: LabelChange
  ) {
    self.clip = clip
    self.ordinal = ordinal
    self.reviewer = reviewer
    self.atMilliseconds = atMilliseconds
    self.taxonomyVersion = taxonomyVersion
    self.change = change
  }
}
