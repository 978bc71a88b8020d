// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing
package import Vocabulary

/// What changes the store; the caller holds the vault's lock.
extension KeyStore {
  /// Settles what a crash left: one epoch, the one that opens the store, and no half-written file.
  ///
  /// Either an erasure had not happened, and its new epoch goes; or it had, and the old epoch goes.
  /// Where no epoch opens the store nothing is touched but half-written files.
  package func recover() throws(VaultError) {
    try removeIncoming()
    try state.removeIncoming()
    let store = try KeyStoreFile.open(layout, state)
    // A name that was given just before the crash is not durable yet.
    try VaultDisk.syncFolder(layout.keys)
    let others = try state.epochs().filter { $0 != store.preamble.epoch }
    try removeStale(store, others)
    for number in others { try state.destroyEpoch(number) }
  }

  /// Removes loose rows that are in the store already, or sealed to an epoch that goes.
  ///
  /// One that nobody opens is left for a person to see.
  private func removeStale(_ store: KeyStoreFile, _ others: [Int]) throws(VaultError) {
    var store = store
    var old: [AgeIdentity] = []
    for number in others { if let identity = try? state.epoch(number) { old.append(identity) } }
    var isChanged = false
    for (id, file) in try looseFiles() {
      let isOurs = (try? LooseRow(file, of: id, store.identity)) != nil
      let isStale =
        isOurs
        ? try store.contains(id)
        : old.contains { (try? LooseRow(file, of: id, $0)) != nil }
      guard isStale else { continue }
      try VaultDisk.remove(layout.looseRow(id))
      isChanged = true
    }
    if isChanged { try VaultDisk.syncFolder(layout.keys) }
  }

  /// Adds a clip's row, durably, as a file of its own; `fold` takes it into the store.
  ///
  /// The caller has called `recover` since it took the lock.
  /// - Throws: `clipKnown` where there is a row of that id.
  package func add(_ row: KeyRow) throws(VaultError) {
    if try looseIDs().count >= Self.looseLimit { try fold() }
    var store = try KeyStoreFile.open(layout, state)
    let path = layout.looseRow(row.id)
    guard case .nothing = VaultDisk.kind(path), !(try store.contains(row.id)) else {
      throw .clipKnown(row.id)
    }
    guard let file = LooseRow.seal(row, store.identity.recipient) else {
      throw .keyStoreDamaged(store.path)
    }
    let incoming = VaultDisk.incoming(path)
    try willDo(.writeRow)
    try VaultDisk.remove(incoming)
    try VaultDisk.writeNew(incoming, file)
    try willDo(.nameRow)
    try VaultDisk.move(incoming, to: path)
    try willDo(.syncRow)
    try VaultDisk.syncFolder(layout.keys)
    try willDo(.done)
  }

  /// Takes back what `add` did for a clip that was not taken in after all; one that is gone will do.
  ///
  /// This is no erasure: whoever copied the file meanwhile has the row.
  package func takeBack(_ id: ClipID) throws(VaultError) {
    try VaultDisk.remove(layout.looseRow(id))
    try VaultDisk.syncFolder(layout.keys)
  }

  /// The ids of rows that are not folded in yet: a crash of ingest leaves at most one that the
  /// label store does not know.
  package func looseRowIDs() throws(VaultError) -> [ClipID] { try looseIDs() }

  /// Takes all loose rows into the store, within the same epoch.
  package func fold() throws(VaultError) {
    try recover()
    let store = try KeyStoreFile.open(layout, state)
    let loose = looseRows(try looseFiles(), store.identity)
    guard !loose.isEmpty else { return }
    var rewriting = try KeyStoreRewriting(of: store, taking: loose)
    let incoming = VaultDisk.incoming(layout.keyStore)
    try willDo(.writeStore)
    try rewriting.write(to: incoming, epoch: store.preamble.epoch, store.identity.recipient)
    try name(incoming)
    try remove(loose.map(\.id))
    try willDo(.done)
  }

  /// Destroys rows: afterwards nothing on this machine opens their clips.
  ///
  /// The store without the rows is durable under a new epoch before the old epoch identity is
  /// destroyed, so that a crash leaves all or nothing, which `recover` settles. An id without a row
  /// begins a new epoch too: a copy of its row may lie elsewhere. With `entomb` the clips' digests
  /// stay, so that they are not taken in again.
  /// - Returns: how many rows there were.
  @discardableResult
  package func drop(_ ids: Set<ClipID>, entomb: Bool) throws(VaultError) -> Int {
    try recover()
    // The id of no clip marks tombstones, which are not for dropping.
    let ids = ids.subtracting([KeyRow.nobody])
    guard !ids.isEmpty else { return 0 }
    return try renew(dropping: ids, entomb: entomb, rewrap: nil)
  }

  /// Begins a new epoch with a rewritten store, and ends the old one.
  func renew(
    dropping: Set<ClipID> = [], entomb: Bool = false,
    rewrap: ((Span<UInt8>) throws(VaultError) -> [UInt8])?
  ) throws(VaultError) -> Int {
    let store = try KeyStoreFile.open(layout, state)
    let files = try looseFiles()
    let loose = looseRows(files, store.identity)
    var rewriting = try KeyStoreRewriting(
      of: store, taking: loose, dropping: dropping, entomb: entomb, rewrap: rewrap)
    let (epoch, isTooGreat) = store.preamble.epoch.addingReportingOverflow(1)
    guard !isTooGreat else { throw .keyStoreDamaged(store.path) }
    let identity = AgeIdentity()
    try willDo(.writeEpoch)
    try state.writeEpoch(epoch, identity)
    let incoming = VaultDisk.incoming(layout.keyStore)
    try willDo(.writeStore)
    try rewriting.write(to: incoming, epoch: epoch, identity.recipient)
    try name(incoming)
    // One that nobody could open goes with the clip that it was for.
    try remove(loose.map(\.id) + files.map(\.id).filter(dropping.contains))
    try willDo(.destroyEpoch)
    try state.destroyEpoch(store.preamble.epoch)
    try willDo(.done)
    return rewriting.droppedCount
  }

  private func remove(_ loose: [ClipID]) throws(VaultError) {
    guard !loose.isEmpty else { return }
    try willDo(.removeLoose)
    for id in loose { try VaultDisk.remove(layout.looseRow(id)) }
    try willDo(.syncLoose)
    try VaultDisk.syncFolder(layout.keys)
  }
}
