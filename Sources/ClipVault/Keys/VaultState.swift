// SPDX-License-Identifier: Apache-2.0

package import Sealing

/// What belongs to a vault but lies outside of its folder, with the account that serves it: the epoch
/// identity that opens the key store, and the log's key.
///
/// A copy of the vault's folder alone opens nothing.
package struct VaultState: Hashable, Sendable {
  /// The state folder of all vaults, without a slash at the end.
  package let root: String
  package let vault: VaultID

  /// Takes the state folder's path; nothing is read.
  package init(root: String, vault: VaultID) {
    var root = root
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    self.root = root
    self.vault = vault
  }

  /// `$XDG_STATE_HOME/milkglass`, else `~/.local/state/milkglass`; nil where neither is set.
  ///
  /// After the XDG base directory specification a path that is not absolute does not count.
  package static func defaultRoot(environment: [String: String]) -> String? {
    if let home = environment["XDG_STATE_HOME"], home.hasPrefix("/") { return home + "/milkglass" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/state/milkglass"
  }

  /// This vault's own folder.
  package var folder: String { "\(root)/\(vault.text)" }
  /// The Ed25519 seed that signs the audit log's checkpoints, 32 raw bytes.
  package var logKeyFile: String { folder + "/log.key" }
  /// The founding lead's fingerprint.
  package var trustFile: String { folder + "/trust" }
  /// The highest policy version that was seen.
  package var seenFile: String { folder + "/seen" }

  func epochFile(_ number: Int) -> String { "\(folder)/\(Self.epochPrefix)\(number)" }

  /// Whether this account has the vault's keys; false where only a fingerprint was pinned.
  package var isHere: Bool {
    if case .nothing = VaultDisk.kind(logKeyFile) { false } else { true }
  }

  /// Makes the folder for its owner alone; one that is there will do.
  package func makeFolder() throws(VaultError) { try VaultDisk.makeFolders(folder) }

  /// The numbers of the epoch identities that lie here, rising; usually one.
  ///
  /// - Throws: `epochMissing` where there is none.
  func epochs() throws(VaultError) -> [Int] {
    guard case .folder = VaultDisk.kind(folder) else { throw .epochMissing(folder) }
    let numbers = try VaultDisk.names(folder).compactMap(Self.epochNumber).sorted()
    guard !numbers.isEmpty else { throw .epochMissing(folder) }
    return numbers
  }

  /// An epoch's identity.
  ///
  /// - Throws: `stateDamaged` where the file is no identity.
  func epoch(_ number: Int) throws(VaultError) -> AgeIdentity {
    let path = epochFile(number)
    let text = try VaultDisk.readSecret(path, limit: 4096)
    do { return try AgeIdentity(text: text) } catch { throw .stateDamaged(path) }
  }

  /// Writes an epoch's identity, durably.
  func writeEpoch(_ number: Int, _ identity: AgeIdentity) throws(VaultError) {
    try VaultDisk.put(epochFile(number), identity.text)
  }

  /// Overwrites and removes an epoch's identity, durably.
  func destroyEpoch(_ number: Int) throws(VaultError) {
    try VaultDisk.destroy(epochFile(number))
  }

  /// Removes what a crash left half written.
  func removeIncoming() throws(VaultError) {
    guard case .folder = VaultDisk.kind(folder) else { return }
    for name in try VaultDisk.names(folder) where name.hasPrefix(VaultLayout.incomingPrefix) {
      try VaultDisk.destroy("\(folder)/\(name)")
    }
  }

  /// Makes the key of the audit log's checkpoints and keeps it here.
  package func makeLogKey() throws(VaultError) -> SigningKey {
    let key = SigningKey()
    try VaultDisk.put(logKeyFile, key.secret)
    return key
  }

  /// The key of the audit log's checkpoints.
  ///
  /// - Throws: `epochMissing` where there is none, as in a copy of the vault alone; `stateDamaged`
  ///   where the file holds no key, `system` where it cannot be read.
  package func logKey() throws(VaultError) -> SigningKey {
    if case .nothing = VaultDisk.kind(logKeyFile) { throw .epochMissing(folder) }
    let seed = try VaultDisk.readSecret(logKeyFile, limit: 4096)
    do { return try SigningKey(seed: seed) } catch { throw .stateDamaged(logKeyFile) }
  }

  private static let epochPrefix = "epoch-"

  /// The number in an epoch file's name, as `epochFile` writes it; nil for other files.
  private static func epochNumber(_ name: String) -> Int? {
    guard name.hasPrefix(epochPrefix), let number = Int(name.dropFirst(epochPrefix.count)),
      number > 0, name == "\(epochPrefix)\(number)"
    else { return nil }
    return number
  }
}
