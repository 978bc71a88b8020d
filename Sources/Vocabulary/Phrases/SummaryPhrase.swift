// SPDX-License-Identifier: Apache-2.0

/// The lines printed after a session.
package enum SummaryPhrase: String, PhraseKey {
  package static let table = "summary"

  /// Takes clips, time, pace, and keys a clip.
  case labelled
  /// Takes clips a minute.
  case pace
  /// Takes the median.
  case keys
  /// Takes clips a minute.
  case lastOnes = "last_ones"
  /// Takes seconds.
  case looks
  /// Takes two numbers.
  case today
  /// Takes six numbers, and what second opinions hold up.
  case vault
  /// Takes a number.
  case waiting
  /// Takes a number.
  case disputed
  /// Takes a number.
  case seconds
  /// Takes minutes and seconds.
  case minutes
}
