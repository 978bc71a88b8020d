// SPDX-License-Identifier: Apache-2.0

/// The texts about keys, themes and the mouse.
package enum KeysPhrase: String, PhraseKey {
  package static let table = "keys"

  case capsLock = "caps_lock"
  /// The row of the view menu.
  case theme
}
