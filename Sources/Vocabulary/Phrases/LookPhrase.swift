// SPDX-License-Identifier: Apache-2.0

/// What is said of looks and of more frost.
package enum LookPhrase: String, PhraseKey {
  package static let table = "look"

  case withdrawn
  case flaggedBefore = "flagged_before"
  case clearAlready = "clear_already"
  case solid
  case forbidden
  /// Takes seconds and the frost.
  case clipSpent = "clip_spent"
  /// Takes a key and a time.
  case hourSpent = "hour_spent"
  /// Takes why.
  case refused
  case solidAlready = "solid_already"
  /// Takes the frost.
  case moreFrost = "more_frost"
}
