// SPDX-License-Identifier: Apache-2.0

/// The names of the default taxonomy's labels and reasons; the English ones are that file's own.
package enum TaxonomyPhrase: String, PhraseKey {
  package static let table = "taxonomy"

  case person
  case vehicle
  case animal
  case package
  case nothing
  case transit
  case expectedActivity = "expected_activity"
  case loitering
  case intrusion
  case stealingOrDamage = "stealing_or_damage"
  case fightingOrAssault = "fighting_or_assault"
  case level0 = "level_0"
  case level1 = "level_1"
  case level2 = "level_2"
  case level3 = "level_3"
  case level4 = "level_4"
  case cannotDark = "cannot_dark"
  case cannotFrosted = "cannot_frosted"
  case cannotShort = "cannot_short"
  case cannotBroken = "cannot_broken"
  case cannotOther = "cannot_other"
  case skipDisturbing = "skip_disturbing"
  case skipAcquainted = "skip_acquainted"
  case skipUnsure = "skip_unsure"
  case skipTechnical = "skip_technical"
  case skipOther = "skip_other"
}
