// SPDX-License-Identifier: Apache-2.0

/// The empty folders that have to be there before a process that will fill them locks itself: what it
/// may change from then on lies below them.
extension Vault {
  /// Makes a new vault's folder, durably and for its owner alone; one that is there will do.
  package static func makeFolder(at path: String) throws(VaultError) {
    try VaultDisk.makeFolder(VaultLayout(root: path).root)
  }
}

extension TrustPlaces {
  /// Makes the state folder and what is missing above it, likewise.
  package func makeStateRoot() throws(VaultError) {
    var root = stateRoot
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    try VaultDisk.makeFolders(root)
  }
}
