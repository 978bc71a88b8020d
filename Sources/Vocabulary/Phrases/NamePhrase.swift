// SPDX-License-Identifier: Apache-2.0

/// What has a word of its own wherever it stands.
package enum NamePhrase: String, PhraseKey {
  package static let table = "names"

  /// The frosts, in at most eight cells.
  case clear
  case soft
  case frosted
  case strict
  case solid
  /// In at most 15 cells.
  case customerClip = "customer_clip"
  /// In at most 15 cells.
  case staffClip = "staff_clip"
  /// The questions.
  case axisMoved = "axis_moved"
  case axisHappened = "axis_happened"
  case axisLevel = "axis_level"
  /// The questions in at most eight cells.
  case shortMoved = "short_moved"
  case shortHappened = "short_happened"
  case shortLevel = "short_level"
  /// What a region hides.
  case face
  case person
  case text
  case screen
  /// Why a clip is sensitive.
  case flagNudity = "flag_nudity"
  case flagIntimacy = "flag_intimacy"
  case flagChild = "flag_child"
  case flagViolence = "flag_violence"
  case flagOther = "flag_other"
  /// Why a strict clip is looked at.
  case lookPerson = "look_person"
  case lookCarried = "look_carried"
  case lookDanger = "look_danger"
  case lookPrediction = "look_prediction"
  case lookOther = "look_other"
  /// Twelve words.
  case months
  /// Takes day, month and time, in at most twelve cells.
  case date
  case noAlert = "no_alert"
  /// Takes a number.
  case seconds
  /// Takes a number.
  case minutes
  /// Takes two numbers.
  case minutesSeconds = "minutes_seconds"
  /// Takes a number.
  case hours
  /// Takes two numbers.
  case hoursMinutes = "hours_minutes"
  /// Takes a number.
  case days
}
