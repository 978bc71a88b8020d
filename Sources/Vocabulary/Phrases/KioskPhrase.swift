// SPDX-License-Identifier: Apache-2.0

/// Why a kiosk's settings are not believed; beside two sentences what is wrong with a path.
package enum KioskPhrase: String, PhraseKey {
  package static let table = "kiosk"

  /// Takes the path, and what is wrong with it.
  case notBelieved = "not_believed"
  /// Takes the place, and what its reader says.
  case wrong
  case missing
  case unreadable
  case noText = "no_text"
  case noFolder = "no_folder"
  case noFile = "no_file"
  case notRoots = "not_roots"
  case notTheAccounts = "not_the_accounts"
  case writable
}
