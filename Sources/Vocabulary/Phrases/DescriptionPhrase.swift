// SPDX-License-Identifier: Apache-2.0

/// The texts of a clip in words.
package enum DescriptionPhrase: String, PhraseKey {
  package static let table = "description"

  /// Takes a label with its score.
  case alert
  case noAlert = "no_alert"
  /// Takes labels with their scores.
  case predicted
  case nothingPredicted = "nothing_predicted"
  /// Takes a time.
  case length
  case still
  /// Takes when it begins, ends and is strongest, and one of the places below.
  case moves
  /// Takes a number.
  case more
  case upperLeft = "upper_left"
  case upperRight = "upper_right"
  case lowerLeft = "lower_left"
  case lowerRight = "lower_right"
  case upper, lower, left, right, everywhere
}
