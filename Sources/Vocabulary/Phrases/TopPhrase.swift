// SPDX-License-Identifier: Apache-2.0

/// The top line, and the screen that is too small for one.
package enum TopPhrase: String, PhraseKey {
  package static let table = "top"

  case promise
  case noNotices = "no_notices"
  /// Takes an age.
  case notices
  /// Takes an age.
  case noticesTooOld = "notices_too_old"
  /// Takes an age.
  case noticesOld = "notices_old"
  /// Takes a number of clips.
  case today
  /// What comes before the colon is its short form.
  case noPassphrases = "no_passphrases"
  /// Takes columns and rows.
  case tooSmall = "too_small"
}
