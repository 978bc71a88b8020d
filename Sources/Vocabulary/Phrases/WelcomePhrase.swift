// SPDX-License-Identifier: Apache-2.0

/// The texts of `milkglass` without a command.
package enum WelcomePhrase: String, PhraseKey {
  package static let table = "welcome"

  case what
  case whatMore = "what_more"
  case demo
  case tour
  case own
  case manual
  case offer
}
