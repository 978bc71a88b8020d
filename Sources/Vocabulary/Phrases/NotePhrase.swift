// SPDX-License-Identifier: Apache-2.0

/// The texts of notes and of copied labels.
package enum NotePhrase: String, PhraseKey {
  package static let table = "note"

  case title
  case keep
  case back
  case clear
  case eraseWord = "erase_word"
  case mark
  case note
  case copy
  case forbidden
  /// Takes a key.
  case kept
  /// Takes a key.
  case removed
  case nothingToCopy = "nothing_to_copy"
  case sameAlready = "same_already"
  /// Takes the labels, the clip and a key.
  case copied
}
