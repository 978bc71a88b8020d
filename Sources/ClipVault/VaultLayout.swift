// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Where the parts of a vault lie: `DIR/{clips,keys,policy,store}`.
package struct VaultLayout: Hashable, Sendable {
  /// The vault's folder, as it was given, without a slash at the end.
  package let root: String

  /// Takes a folder's path; nothing is read.
  package init(root: String) {
    var root = root
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    self.root = root
  }

  /// The clips, one file each, named by id.
  package var clips: String { root + "/clips" }
  /// What belongs to each clip alone: digest, size, consent.
  package var keys: String { root + "/keys" }
  /// What the lead decides: `taxonomy.toml`, `cameras.toml`, `policy.toml`.
  package var policy: String { root + "/policy" }
  /// The label store's own folder.
  package var store: String { root + "/store" }

  /// The four folders.
  package var folders: [String] { [clips, keys, policy, store] }

  /// The labels' file.
  package var taxonomyFile: String { policy + "/taxonomy.toml" }
  /// The cameras' file.
  package var camerasFile: String { policy + "/cameras.toml" }
  /// The file of everything else; it marks a finished vault.
  package var policyFile: String { policy + "/policy.toml" }

  /// A clip's file.
  package func clip(_ id: ClipID) -> String { "\(clips)/\(id.text)" }
  /// A clip's key file.
  package func key(_ id: ClipID) -> String { "\(keys)/\(id.text).json" }

  /// Whoever changes `clips` or `keys` holds a lock on this file.
  var lockFile: String { clips + "/.lock" }
  func incomingClip(_ id: ClipID) -> String { "\(clips)/\(Self.incomingPrefix)\(id.text)" }
  func incomingKey(_ id: ClipID) -> String { "\(keys)/\(Self.incomingPrefix)\(id.text).json" }

  static let incomingPrefix = ".incoming-"
}
