// SPDX-License-Identifier: Apache-2.0

/// The questions.
package enum PromptPhrase: String, PhraseKey {
  package static let table = "prompt"

  case frostRegion = "frost_region"
  case sensitive
  case cannotJudge = "cannot_judge"
  case skip
  case look
  /// Takes what it is and its frost.
  case regionAnswer = "region_answer"
}
