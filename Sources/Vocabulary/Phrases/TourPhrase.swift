// SPDX-License-Identifier: Apache-2.0

/// The texts of the tour.
///
/// Each step has what it asks for, which takes the names of one or two keys or labels, why, and its name in
/// the summary.
package enum TourPhrase: String, PhraseKey {
  package static let table = "tour"

  case pauseAsk = "pause_ask", pauseWhy = "pause_why", pauseName = "pause_name"
  case stepAsk = "step_ask", stepWhy = "step_why", stepName = "step_name"
  case motionAsk = "motion_ask", motionWhy = "motion_why", motionName = "motion_name"
  case movedAsk = "moved_ask", movedWhy = "moved_why", movedName = "moved_name"
  case levelAsk = "level_ask", levelWhy = "level_why", levelName = "level_name"
  case commitAsk = "commit_ask", commitWhy = "commit_why", commitName = "commit_name"
  case confirmAsk = "confirm_ask", confirmWhy = "confirm_why", confirmName = "confirm_name"
  case undoAsk = "undo_ask", undoWhy = "undo_why", undoName = "undo_name"
  case blankAsk = "blank_ask", blankWhy = "blank_why", blankName = "blank_name"
  case unblankAsk = "unblank_ask", unblankWhy = "unblank_why", unblankName = "unblank_name"
  case lookAsk = "look_ask", lookWhy = "look_why", lookName = "look_name"
  case flagAsk = "flag_ask", flagWhy = "flag_why", flagName = "flag_name"
  case unflagAsk = "unflag_ask", unflagWhy = "unflag_why", unflagName = "unflag_name"
  case worklistAsk = "worklist_ask", worklistWhy = "worklist_why", worklistName = "worklist_name"
  case helpAsk = "help_ask", helpWhy = "help_why", helpName = "help_name"
  case leaveAsk = "leave_ask", leaveWhy = "leave_why", leaveName = "leave_name"
  /// Takes the key that leaves.
  case over
  case overWhy = "over_why"
  /// Takes the step's number and how many there are.
  case place
  /// Takes a key.
  case skip
  /// Takes names of steps, as `skipped` does.
  case learned
  case skipped
  case goOn = "go_on"
}
