// SPDX-License-Identifier: Apache-2.0

/// The texts of the list of messages, and of every list of its kind.
package enum MessagesPhrase: String, PhraseKey {
  package static let table = "messages"

  case heading
  case messages
  case nothing
  /// Takes a number.
  case times
  case move
  case page
  case firstLast = "first_last"
  case back
}
