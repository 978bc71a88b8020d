// SPDX-License-Identifier: Apache-2.0

/// What is said where a clip does not come, or goes away while it is open.
package enum WalkPhrase: String, PhraseKey {
  package static let table = "walk"

  case noOtherDue = "no_other_due"
  case last
  case first
  case nothingToTakeBack = "nothing_to_take_back"
  /// Takes the clip and a key.
  case withdrawn
  /// Takes the clip and a key.
  case held
  /// Takes the clip and a key.
  case erased
  /// Takes the clip and a key.
  case leaseLost = "lease_lost"
  /// Takes why and a key.
  case gone
  /// Takes the clip.
  case erasedAlready = "erased_already"
  /// Takes two grades.
  case seatGrade = "seat_grade"
  /// Takes the clip and why.
  case lostLabels = "lost_labels"
  case storeSilent = "store_silent"
}
