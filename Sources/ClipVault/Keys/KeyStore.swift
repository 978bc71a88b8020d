// SPDX-License-Identifier: Apache-2.0

import Glibc
import Lockdown
import Sealing
package import Vocabulary

/// What opens the vault's clips: one row a clip, in a file that only the epoch identity opens.
///
/// The epoch identity lies outside of the vault's folder. Whoever changes something here holds the
/// vault's lock. Readers need none: each look-up opens the file afresh, so that no process keeps an
/// epoch identity after its end.
///
/// What proves that the store is ours is that nobody else knows the epoch's recipient: it stands
/// nowhere but in the identity itself.
package struct KeyStore: Sendable {
  package let layout: VaultLayout
  package let state: VaultState
  /// Called before each step of a change; tests crash here.
  var willDo: @Sendable (KeyStoreStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  /// Names the store of a vault; nothing is read.
  package init(_ layout: VaultLayout, _ state: VaultState) {
    self.layout = layout
    self.state = state
  }

  /// Makes the first epoch and an empty store; an empty store of the same vault will do.
  ///
  /// - Throws: `alreadyAVault` where another store lies there.
  package static func create(
    _ layout: VaultLayout, _ state: VaultState
  ) throws(VaultError) -> KeyStore {
    let store = KeyStore(layout, state)
    try store.create()
    return store
  }

  /// Opens the store once, to see that it can be.
  ///
  /// - Throws: `epochMissing`, `stateDamaged`, `keyStoreForeign`, `keyStoreDamaged`,
  ///   `keyStoreNewer`, or `system` where the file cannot be read.
  package static func open(
    _ layout: VaultLayout, _ state: VaultState
  ) throws(VaultError) -> KeyStore {
    _ = try KeyStoreFile.open(layout, state)
    return KeyStore(layout, state)
  }

  func create() throws(VaultError) {
    guard case .nothing = VaultDisk.kind(layout.keyStore) else {
      guard let old = try? KeyStoreFile.open(layout, state), old.preamble.digestCount == 0 else {
        throw .alreadyAVault(layout.root)
      }
      return
    }
    try state.makeFolder()
    try state.removeIncoming()
    // An interrupted attempt may have left one; no store is sealed to it.
    try state.destroyEpoch(1)
    try removeIncoming()
    let identity = AgeIdentity()
    try willDo(.writeEpoch)
    try state.writeEpoch(1, identity)
    var digestKey = KeyRow.randomSalt()
    defer { SecretBytes.wipe(&digestKey) }
    let preamble = KeyStorePreamble(
      epoch: 1, rowCount: 0, digestCount: 0, vault: state.vault, digestKey: digestKey)
    let incoming = VaultDisk.incoming(layout.keyStore)
    try willDo(.writeStore)
    guard try KeyStoreWriter(incoming, preamble, identity.recipient).finish() else {
      throw .keyStoreDamaged(layout.keyStore)
    }
    try name(incoming)
    try willDo(.done)
  }

  /// Gives a store that was written its name, durably.
  func name(_ incoming: String) throws(VaultError) {
    try willDo(.nameStore)
    try VaultDisk.move(incoming, to: layout.keyStore)
    try willDo(.syncStore)
    try VaultDisk.syncFolder(layout.keys)
  }

  // MARK: Looking up

  /// The row of a clip; nil where there is none, so that the clip cannot be opened.
  ///
  /// - Throws: `keyDamaged` where a loose row of that id cannot be opened, and what `open` throws.
  package func row(of id: ClipID) throws(VaultError) -> KeyRow? {
    // The loose row is read first: were it folded in between, the store would have it by then.
    let file = try looseFile(id)
    var store = try KeyStoreFile.open(layout, state)
    if let file, let loose = try? LooseRow(file, of: id, store.identity) {
      guard let row = loose.row else { throw .keyDamaged(id) }
      return row
    }
    if let row = try store.row(of: id) { return row }
    guard file == nil || isChangingEpoch else { throw .keyDamaged(id) }
    return nil
  }

  /// Whether a clip with this keyed digest is here, or was erased and may not come back.
  package func knows(digest: [UInt8]) throws(VaultError) -> KnownClip? {
    let files = try looseFiles()
    var store = try KeyStoreFile.open(layout, state)
    if let known = try store.knowledge(of: digest) { return known }
    return looseRows(files, store.identity).first { $0.digest == digest }.map { .clip($0.id) }
  }

  /// What the store keeps in place of a clip's SHA-256: HMAC-SHA-256 under the store's own key.
  ///
  /// `sha256` has 32 bytes, and so has the result.
  package func keyedDigest(ofSHA256 sha256: [UInt8]) throws(VaultError) -> [UInt8] {
    let store = try KeyStoreFile.open(layout, state)
    return Digest.hmac(sha256, key: store.preamble.digestKey)
  }

  /// Calls `body` with every row, by rising id; memory does not grow with the vault.
  ///
  /// A loose row that cannot be opened is left out.
  package func forEachRow(_ body: (KeyRow) throws(VaultError) -> Void) throws(VaultError) {
    let files = try looseFiles()
    var store = try KeyStoreFile.open(layout, state)
    var waiting = looseRows(files, store.identity).sorted { $0.id < $1.id }[...]
    let path = store.path
    let size = KeyRow.encodedByteCount
    try store.forEachBlock(of: store.preamble.rows, size: size) { (block) throws(VaultError) in
      for offset in stride(from: 0, to: block.count, by: size) {
        guard let row = KeyRow(block, at: offset) else { throw .keyStoreDamaged(path) }
        while let loose = waiting.first, loose.id <= row.id {
          if loose.id < row.id, let row = loose.row { try body(row) }
          waiting.removeFirst()
        }
        try body(row)
      }
    }
    for loose in waiting { if let row = loose.row { try body(row) } }
  }

  /// The ids of the rows whose time is up.
  package func expired(atMilliseconds now: Int64) throws(VaultError) -> [ClipID] {
    var ids: [ClipID] = []
    try forEachRow { row in
      if row.expiresAtMilliseconds <= now { ids.append(row.id) }
    }
    return ids
  }

  // MARK: Loose rows

  /// More loose rows than this are folded in by the next `add`.
  static let looseLimit = 128

  private func looseFile(_ id: ClipID) throws(VaultError) -> [UInt8]? {
    do {
      return try VaultDisk.read(layout.looseRow(id), limit: LooseRow.byteLimit)
    } catch .system(let failure) where failure.code == ENOENT {
      return nil
    } catch .system(let failure) where failure.code == EFBIG {
      throw .keyDamaged(id)
    }
  }

  /// The ids that have a loose row, whether or not it can be opened.
  func looseIDs() throws(VaultError) -> [ClipID] {
    try VaultDisk.names(layout.keys).compactMap(VaultLayout.looseRowID)
  }

  func looseFiles() throws(VaultError) -> [(id: ClipID, file: [UInt8])] {
    var files: [(ClipID, [UInt8])] = []
    for id in try looseIDs() {
      if let file = try? looseFile(id) { files.append((id, file)) }
    }
    return files
  }

  func looseRows(
    _ files: [(id: ClipID, file: [UInt8])], _ identity: AgeIdentity
  ) -> [LooseRow] {
    files.compactMap { try? LooseRow($0.file, of: $0.id, identity) }
  }

  /// Whether another process is between two epochs, so that loose rows of the old one are no fault.
  private var isChangingEpoch: Bool { ((try? state.epochs()) ?? []).count > 1 }

  /// Removes what a crash left half written in `keys`.
  func removeIncoming() throws(VaultError) {
    for name in try VaultDisk.names(layout.keys) where Self.isIncoming(name) {
      try VaultDisk.remove("\(layout.keys)/\(name)")
    }
  }

  private static func isIncoming(_ name: String) -> Bool {
    guard name.hasPrefix(VaultLayout.incomingPrefix) else { return false }
    let rest = String(name.dropFirst(VaultLayout.incomingPrefix.count))
    return rest == "store" || rest == "vault.age" || VaultLayout.looseRowID(rest) != nil
  }
}
