// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

extension VaultLayout {
  /// The key store.
  package var keyStore: String { "\(keys)/store" }
  /// The vault identity, sealed to those who may open clips.
  package var vaultIdentity: String { "\(keys)/vault.age" }
  /// A clip's row that is not in the key store yet.
  package func looseRow(_ id: ClipID) -> String { "\(keys)/\(Self.looseRowPrefix)\(id.text)" }

  static let looseRowPrefix = "row-"

  /// The id of a loose row by its file's name; nil for other files.
  static func looseRowID(_ name: String) -> ClipID? {
    guard name.hasPrefix(looseRowPrefix) else { return nil }
    return ClipID(text: String(name.dropFirst(looseRowPrefix.count)))
  }
}
