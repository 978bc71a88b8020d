// SPDX-License-Identifier: Apache-2.0

import Sealing
import Vocabulary

/// A point in taking one clip in, just before which a crash must do no harm.
enum IntakeStep: Int, CaseIterable {
  case keepRecord, writeClip, addRow, nameClip, syncClips, readBack, register, done
}

/// Puts one clip into the vault so that a crash at any point leaves nothing half and nothing plain.
///
/// The store's row is the commit point: what no row of the store knows is swept away at the next
/// start. The caller holds the vault's lock, so there is never more than one such clip.
struct ClipIntake {
  let layout: VaultLayout
  let keys: KeyStore
  let consents: ConsentFolder
  /// Called before each step; tests crash here.
  var willDo: (IntakeStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  init(layout: VaultLayout, keys: KeyStore) {
    self.layout = layout
    self.keys = keys
    consents = ConsentFolder(layout)
  }

  /// What goes into the vault for one clip.
  struct Clip {
    let row: KeyRow
    let sealed: ClipSealer.Sealed
    /// SHA-256 of the clip's own bytes.
    let sha256: [UInt8]
    /// The consent record to be kept first; nil where the vault has it.
    let document: ConsentDocument?
  }

  /// Takes a clip in; `register` makes it lasting.
  ///
  /// The clip is read back from the disk and compared before that, so that a source file is never
  /// removed on the word of a write alone.
  func take(_ clip: Clip, register: () throws(VaultError) -> Void) throws(VaultError) {
    let id = clip.row.id
    if let document = clip.document {
      try willDo(.keepRecord)
      try consents.keep(document, recordID: clip.row.consent)
    }
    try willDo(.writeClip)
    try VaultDisk.writeNew(layout.incomingClip(id), clip.sealed.payload)
    try willDo(.addRow)
    try keys.add(clip.row)
    try willDo(.nameClip)
    try VaultDisk.move(layout.incomingClip(id), to: layout.clip(id))
    try willDo(.syncClips)
    try VaultDisk.syncFolder(layout.clips)
    try willDo(.readBack)
    try readBack(clip)
    try willDo(.register)
    try register()
    try willDo(.done)
  }

  private func readBack(_ clip: Clip) throws(VaultError) {
    let row = clip.row
    guard try keys.row(of: row.id) == row else { throw .keyDamaged(row.id) }
    var hash = Digest.Stream()
    try ClipOpener.open(
      row.id, clip.sealed.key, byteCount: row.byteCount, in: layout.clip(row.id)
    ) { (chunk) throws(VaultError) in hash.update(chunk) }
    guard hash.finish() == clip.sha256 else { throw .clipChanged(row.id) }
  }

  /// Removes what a crash left: incoming files, and the one clip that the label store does not know.
  ///
  /// More unknown clips than one cannot come from a crash: the store must have been lost, and
  /// nothing is removed. Files that are not named like ours are left alone.
  func sweep(knownIDs: Set<ClipID>) throws(VaultError) {
    try keys.recover()
    try consents.recover()
    let clips = try VaultDisk.names(layout.clips)
    var strangers = Set(clips.compactMap(ClipID.init(text:)) + (try keys.looseRowIDs()))
    try keys.forEachRow { row in strangers.insert(row.id) }
    strangers.subtract(knownIDs)
    guard strangers.count <= 1 else { throw .strangers(strangers.count) }
    for id in strangers { try removeRow(id) }
    let garbage =
      clips.filter(Self.isIncoming).map { "\(layout.clips)/\($0)" } + strangers.map(layout.clip)
    for path in garbage { try VaultDisk.remove(path) }
    if !garbage.isEmpty { try VaultDisk.syncFolder(layout.clips) }
  }

  /// Nobody was told that the clip was taken in, so it may come again.
  private func removeRow(_ id: ClipID) throws(VaultError) {
    if try keys.looseRowIDs().contains(id) { try keys.takeBack(id) }
    if try keys.row(of: id) != nil { try keys.drop([id], entomb: false) }
  }

  private static func isIncoming(_ name: String) -> Bool {
    name.hasPrefix(VaultLayout.incomingPrefix)
      && ClipID(text: String(name.dropFirst(VaultLayout.incomingPrefix.count))) != nil
  }
}
