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

  /// The clips, one sealed body each, named by id.
  package var clips: String { root + "/clips" }
  /// What opens clips: the key store, the people's identities, consent records.
  package var keys: String { root + "/keys" }
  /// What the leads decide, and their signatures.
  package var policy: String { root + "/policy" }
  /// The label store's own folder.
  package var store: String { root + "/store" }

  /// The four folders.
  package var folders: [String] { [clips, keys, policy, store] }

  /// The people's identities, one file each.
  package var people: String { keys + "/people" }
  /// A person's identity, sealed under their passphrase.
  package func identity(_ name: String) -> String { "\(people)/\(name).age" }

  /// One of the four files that the leads decide.
  package func policyFile(_ file: PolicyFileName) -> String { "\(policy)/\(file.rawValue)" }
  /// The founding lead's signature of the list of people.
  package var peopleSignature: String { policy + "/people.sig" }
  /// A lead's signature of the whole policy.
  package var policySignature: String { policy + "/policy.sig" }
  /// A change of signed files that has happened but is not in place yet.
  var stage: String { policy + "/.next" }
  /// A change of signed files that is being written.
  var incomingStage: String { policy + "/\(Self.incomingPrefix)next" }

  /// The labels' file.
  package var taxonomyFile: String { policyFile(.taxonomy) }
  /// The cameras' file.
  package var camerasFile: String { policyFile(.cameras) }
  /// The file of everything else.
  package var policyFile: String { policyFile(.policy) }

  /// A clip's file.
  package func clip(_ id: ClipID) -> String { "\(clips)/\(id.text)" }

  /// Whoever changes `clips`, `keys` or `policy` holds a lock on this file.
  package var lockFile: String { clips + "/.lock" }
  func incomingClip(_ id: ClipID) -> String { "\(clips)/\(Self.incomingPrefix)\(id.text)" }

  static let incomingPrefix = ".incoming-"
}
