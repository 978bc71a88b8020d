// SPDX-License-Identifier: Apache-2.0

/// The labels beside and under the picture.
package enum PalettePhrase: String, PhraseKey {
  package static let table = "palette"

  case cannotJudge = "cannot_judge"
  /// Takes the reason.
  case cannotJudgeBecause = "cannot_judge_because"
}
