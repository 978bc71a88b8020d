// SPDX-License-Identifier: Apache-2.0

/// The texts about second opinions.
package enum OpinionPhrase: String, PhraseKey {
  package static let table = "opinion"

  /// The key's hint.
  case key
  case asked
  case askedAlready = "asked_already"
  case waitsForAnother = "waits_for_another"
  case disputed
  case settled
  case earlierRound = "earlier_round"
  // Where a clip stands, in a word or two.
  case stateSecond = "state_second"
  case stateSecondDraft = "state_second_draft"
  case stateWaiting = "state_waiting"
  case stateDisputed = "state_disputed"
  case stateDecided = "state_decided"
  // The worklist's column has nine cells.
  case columnSecond = "column_second"
  case columnWaiting = "column_waiting"
  case columnDisputed = "column_disputed"
  /// The facts of the screen without a clip.
  case factWaiting = "fact_waiting"
  case factDisputed = "fact_disputed"
}
