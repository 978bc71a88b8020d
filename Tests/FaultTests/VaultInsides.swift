// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import FaultSupport
import Foundation
import LabelStore
import Sealing
import Vocabulary

/// A vault seen by its own code: opened and verified, log and clips.
struct VaultInsides {
  let vault: Vault
  /// The clips that the label store has and no order erases, each with the SHA-256 of what opens.
  let clips: [ClipID: [UInt8]]
  /// The clips whose erasure was ordered and is not finished.
  let pending: Set<ClipID>
  let receipts: [StoredReceipt]
  let appliedNotice: Int64?
  /// The clips that are shut.
  let closures: [ClipID: ClipClosure]

  /// Opens the vault of a scene, verifies policy and log, and every clip that may be opened.
  init(_ scene: FaultScene) throws {
    let root = scene.path + "/vault"
    let places = TrustPlaces(stateRoot: scene.path + "/state/milkglass", systemFile: "/nowhere")
    let vault = try Self.inWords { () throws(VaultError) in try Vault.open(root, places) }
    let store = try LabelStore.open(directory: vault.layout.store)
    defer { try? store.close() }
    let verdict = try store.verifyLog(vault: vault.id.text, key: vault.statement.logKey)
    if case .failure(let fault) = verdict { throw Complaint(description: fault.sentence) }
    let known = try store.clipIDs()
    pending = Set(try store.pendingErasures(atMilliseconds: .max / 2).map(\.clip.id))
    receipts = try store.receipts()
    appliedNotice = try store.appliedNotice()?.number
    closures = try store.closures(among: Array(known))
    let isErasing = pending
    clips = try Self.inWords { () throws(VaultError) in
      try Self.open(known.subtracting(isErasing), in: vault)
    }
    self.vault = vault
  }

  private static func inWords<Value>(_ body: () throws(VaultError) -> Value) throws -> Value {
    do { return try body() } catch { throw Complaint(description: error.sentence) }
  }

  private static func open(
    _ ids: Set<ClipID>, in vault: Vault
  ) throws(VaultError) -> [ClipID: [UInt8]] {
    let keys = KeyStore(vault.layout, vault.state)
    let identities = try VaultIdentityFile.open(
      vault.layout, with: try vault.unlockOpen("ada").age, expecting: vault.statement.recipient)
    let opener = ClipOpener(vault.layout, identities)
    var digests: [ClipID: [UInt8]] = [:]
    for id in ids {
      guard let row = try keys.row(of: id) else { throw .keyDamaged(id) }
      var hash = Digest.Stream()
      try opener.open(row) { (chunk) throws(VaultError) in hash.update(chunk) }
      digests[id] = hash.finish()
    }
    return digests
  }

  /// The ids of all rows of the key store.
  func rows() throws -> Set<ClipID> {
    var ids: Set<ClipID> = []
    try Self.inWords { () throws(VaultError) in
      try KeyStore(vault.layout, vault.state).forEachRow { ids.insert($0.id) }
    }
    return ids
  }
}
