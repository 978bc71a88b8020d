// SPDX-License-Identifier: Apache-2.0

/// What is said of a clip that is blanked, flagged, or does not open.
package enum ShutPhrase: String, PhraseKey {
  package static let table = "shut"

  /// Takes seconds.
  case idle
  /// Takes minutes.
  case breakDue = "break_due"
  case blanked
  case paused
  /// Takes a key.
  case undoGoesBack = "undo_goes_back"
  /// Ends with a blank.
  case sayWhy = "say_why"
  case leadRestores = "lead_restores"
  /// Takes a key.
  case undoRestores = "undo_restores"
  /// Takes two of the above and a key.
  case flagged
  /// Takes a key.
  case doesNotOpen = "does_not_open"
  /// Takes a key.
  case cannotBePlayed = "cannot_be_played"
  /// Takes hours.
  case onlyLead = "only_lead"
  case refusedHeading = "refused_heading"
  case failedHeading = "failed_heading"
}
