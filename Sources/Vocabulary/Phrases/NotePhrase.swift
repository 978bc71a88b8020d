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
  case kept
  case removed
  case nothingToCopy = "nothing_to_copy"
  case sameAlready = "same_already"
  /// Takes the labels and the clip.
  case copied
}
