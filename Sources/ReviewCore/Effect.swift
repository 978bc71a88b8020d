// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Something the session must do.
///
/// Each effect that opens a clip is answered by exactly one of the messages `.clipOpened`,
/// `.nothingDue`, `.onlyFlaggedDue` and `.stays`; until then keys do nothing but blank or leave.
package enum Effect: Hashable, Sendable {
  /// Makes the events durable in one transaction, then reports `.stored` or `.storeFailed`.
  case append([LabelEvent])
  /// The regions that reviewers added to that clip are these from now on: no picture of it that was
  /// made before is shown any more.
  case cover(ClipID, [Region])
  /// Opens the next due clip after that one, from the start where none is left behind it.
  case openNextDue(after: ClipID?)
  /// Opens a due clip after that one, which was flagged, that is harmless as far as anyone knows; answered
  /// by `.onlyFlaggedDue` where all that are due were flagged before.
  case openNextCalm(after: ClipID)
  /// Opens the next or previous clip in the worklist's order, due or not; nil means from its end.
  case openNext(of: ClipID?)
  case openPrevious(of: ClipID?)
  case open(ClipID)
  /// Opens the clip this reviewer committed last, with `isReopening`.
  case reopenLastCommitted
  /// Sends `.rows` for that stretch of what the query leaves.
  case loadRows(
    WorklistFilter, matching: WorklistQuery = WorklistQuery(), offset: Int, limit: Int)
  /// Sends `.counts`.
  case refreshCounts
  /// Keeps the speed for the reviewer's next session.
  case saveSpeed(Speed)
  /// Keeps where the worklist was left for the reviewer's next session.
  case saveWorklistPlace(WorklistPlace)
  /// Draws the picture another way from now on.
  case usePicture(PictureKind)
  /// Draws the screen in that theme of `State.themes` from now on, and keeps it for the reviewer's next
  /// session.
  case useTheme(Int)
  /// Clears the screen, forgets every picture, clip and key, and logs why; the clip's lease is kept
  /// as long as it lasts.
  case lock(LockReason)
  /// Tries what was typed, then sends `.lock(.refused)` or `.lock(.unlocked)`; `attempt` counts from 1.
  case tryToUnlock(attempt: Int)
  /// Opens the clip of a session that was locked, paused at that time; answered as the others, or
  /// by `.clipClosed` and `.stays` where it opens no more.
  case openAgain(ClipID, at: MediaTime)
  /// Has a look logged durably, then sends `.look` with `.granted`, `.spent` or `.refused`.
  case startLook(LookAsk)
  /// Has the clip on the screen shown clear: the look's time began then, by the monotonic clock.
  case showLook(LookReceipt, beganAtMilliseconds: Int64)
  /// Takes every clear picture away at once, here, in the decoder and on the screen.
  case hideLook
  /// Has the end of a look logged, then sends `.look` with `.standing`.
  case recordLook(LookShown)
  /// Shows the clip at that frost at least from now on, and keeps it for this reviewer.
  case raiseFrost(ClipID, Frost)
  /// Ends the session, once what was appended is durable.
  case quit
}
