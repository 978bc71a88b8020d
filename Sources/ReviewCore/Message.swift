// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Something that happened and that the state must follow.
///
/// `nowMilliseconds` is always the monotonic clock, `wallMilliseconds` milliseconds since 1970.
package enum Message: Hashable, Sendable {
  case key(KeyPress, nowMilliseconds: Int64, wallMilliseconds: Int64)
  /// Something was done with a mouse.
  case pointer(PointerTarget, nowMilliseconds: Int64, wallMilliseconds: Int64)
  /// The screen has this size; sent before the first clip, and whenever it changes.
  case resized(CellSize)
  /// Time passed; wanted for every frame, and at least every 250 ms, while a clip plays.
  case tick(nowMilliseconds: Int64)
  /// Answers an effect that opens a clip.
  case clipOpened(OpenedClip)
  /// Answers `.openNextDue` where nothing is due.
  case nothingDue(WorklistCounts)
  /// Answers `.openNextCalm` where all that are due were flagged before: none opens by itself.
  case onlyFlaggedDue(WorklistCounts)
  /// Answers an effect that opens a clip where the one on screen stays, and says why.
  case stays(Notice)
  /// The clip cannot be played, or no further; the sentence says why.
  case clipFailed(ClipID, sentence: String)
  /// The clip may not be shown at all (its consent does not allow it); the sentence says why.
  case clipRefused(ClipID, sentence: String)
  /// The clip was withdrawn, erased or taken by another session while it was open: its lease is
  /// gone, and no label of it can be stored any more. The notice says why and stays.
  case clipClosed(ClipID, Notice)
  case timeline(ClipID, TimelineFrame)
  case timelineComplete(ClipID, duration: MediaTime)
  /// The clip's first picture has been written to the terminal.
  case firstPictureShown(ClipID, nowMilliseconds: Int64)
  /// All the clip's events up to that ordinal are durable.
  case stored(ClipID, throughOrdinal: Int)
  /// The clip's last `lostCount` events are not on disk and never will be.
  case storeFailed(ClipID, sentence: String, lostCount: Int)
  case counts(WorklistCounts, committedToday: Int)
  /// The age of the last notices of withdrawal and erasure; nil where the seat is not an offline
  /// one, `.max` where none was applied yet.
  case noticesAge(minutes: Int?)
  case rows(WorklistPage)
  /// The next clip has a picture of its own now; nil where there is none, or not yet.
  case decodedAhead(ClipID?)
  case notice(Notice)
  /// What this reviewer committed last before the session.
  case lastVerdict(ClipID, LabelSheet)
  case look(LookEvent)
  /// Something about the lock; of no effect on a session that is not locked.
  case lock(LockEvent)
}

/// What happens to a locked session; what is typed never comes here.
package enum LockEvent: Hashable, Sendable {
  /// Whether anything stands in the field now.
  case typed(isAnything: Bool)
  /// `Enter`: what was typed is to be tried.
  case entered
  /// The try failed, for the reason of the sentence; `isWrong` where it was the passphrase's fault,
  /// so that the next try has to wait.
  case refused(String, isWrong: Bool)
  case unlocked
  /// The session is to end locked as it is.
  case left
}
