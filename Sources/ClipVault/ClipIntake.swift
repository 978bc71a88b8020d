// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// A point in taking one clip in, just before which a crash must do no harm.
enum IntakeStep: Int, CaseIterable {
  case writeClip, writeKey, nameKey, nameClip, syncKeys, syncClips, register, done
}

/// Puts one clip into the vault so that a crash at any point leaves nothing half.
///
/// The store's row is the commit point: files that no row knows are swept away at the next start.
/// The caller holds the vault's lock, so there is never more than one such clip.
struct ClipIntake {
  let layout: VaultLayout
  /// Called before each step; tests crash here.
  var willDo: (IntakeStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  /// Takes the bytes in under the record's id; `register` makes it lasting.
  func take(
    _ bytes: [UInt8], key: KeyFile, id: ClipID,
    register: () throws(VaultError) -> Void
  ) throws(VaultError) {
    try willDo(.writeClip)
    try VaultDisk.writeNew(layout.incomingClip(id), bytes)
    try willDo(.writeKey)
    try VaultDisk.writeNew(layout.incomingKey(id), Array(key.text.utf8))
    try willDo(.nameKey)
    try VaultDisk.move(layout.incomingKey(id), to: layout.key(id))
    try willDo(.nameClip)
    try VaultDisk.move(layout.incomingClip(id), to: layout.clip(id))
    try willDo(.syncKeys)
    try VaultDisk.syncFolder(layout.keys)
    try willDo(.syncClips)
    try VaultDisk.syncFolder(layout.clips)
    try willDo(.register)
    try register()
    try willDo(.done)
  }

  /// Removes what a crash left: incoming files, and the one clip that the store does not know.
  ///
  /// More unknown clips than one cannot come from a crash: the store must have been lost, and
  /// nothing is removed. Files that are not named like ours are left alone.
  func sweep(knownIDs: Set<ClipID>) throws(VaultError) {
    let clips = try VaultDisk.names(layout.clips)
    let keys = try VaultDisk.names(layout.keys)
    let strangers = Set(clips.compactMap(ClipID.init(text:)) + keys.compactMap(Self.keyID))
      .subtracting(knownIDs)
    guard strangers.count <= 1 else { throw .strangers(strangers.count) }
    var garbage = clips.filter(Self.isIncoming).map { "\(layout.clips)/\($0)" }
    garbage += keys.filter(Self.isIncoming).map { "\(layout.keys)/\($0)" }
    for id in strangers { garbage += [layout.clip(id), layout.key(id)] }
    for path in garbage { try VaultDisk.remove(path) }
    guard !garbage.isEmpty else { return }
    try VaultDisk.syncFolder(layout.clips)
    try VaultDisk.syncFolder(layout.keys)
  }

  /// The ids that have a key file.
  func keyIDs() throws(VaultError) -> [ClipID] {
    try VaultDisk.names(layout.keys).compactMap(Self.keyID)
  }

  private static func keyID(_ name: String) -> ClipID? {
    name.hasSuffix(".json") ? ClipID(text: String(name.dropLast(5))) : nil
  }

  private static func isIncoming(_ name: String) -> Bool {
    guard name.hasPrefix(VaultLayout.incomingPrefix) else { return false }
    let rest = String(name.dropFirst(VaultLayout.incomingPrefix.count))
    return ClipID(text: rest) != nil || keyID(rest) != nil
  }
}
