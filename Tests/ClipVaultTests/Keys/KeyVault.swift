// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

/// A vault's folders with a key store, and the clips that the test put in.
final class KeyVault {
  let folder: TemporaryFolder
  let layout: VaultLayout
  let state: VaultState
  var store: KeyStore
  var identity = AgeIdentity()
  private(set) var plain: [ClipID: [UInt8]] = [:]

  init() throws {
    folder = try TemporaryFolder()
    layout = VaultLayout(root: folder.path + "/vault")
    state = VaultState(root: folder.path + "/state", vault: .random())
    for path in [layout.root, layout.clips, layout.keys] { try VaultDisk.makeFolder(path) }
    store = try KeyStore.create(layout, state)
  }

  /// A vault with so many clips, all folded in.
  convenience init(clips count: Int) throws {
    try self.init()
    for index in 0..<count { try add(index) }
    try store.fold()
  }

  static func id(_ index: Int) -> ClipID {
    var random = SeededGenerator(seed: UInt64(index))
    return ClipID(high: random.next(), low: random.next())
  }

  static func content(_ index: Int) -> [UInt8] { Array("clip \(index) as it was taken in".utf8) }

  private var knownDigestKey: [UInt8]?

  /// The store's digest key, which never changes.
  private func digestKey() throws -> [UInt8] {
    let key = try knownDigestKey ?? KeyStoreFile.open(layout, state).preamble.digestKey
    knownDigestKey = key
    return key
  }

  /// Seals a clip, and makes its row.
  func sealed(_ index: Int, expiresAt: Int64 = 1_000_000) throws -> (KeyRow, payload: [UInt8]) {
    let bytes = Self.content(index)
    let sealed = try ClipSealer(identity.recipient).seal(bytes.span)
    let row = KeyRow(
      id: Self.id(index), header: sealed.header,
      digest: Digest.hmac(Digest.sha256(bytes), key: try digestKey()), byteCount: bytes.count,
      consent: "record-\(index)", addedAtMilliseconds: Int64(index),
      expiresAtMilliseconds: expiresAt + Int64(index), frostFloor: .frosted,
      logSalt: KeyRow.randomSalt())
    return (try #require(row), sealed.payload)
  }

  /// Adds a clip whole: its payload and a loose row.
  @discardableResult
  func add(_ index: Int, expiresAt: Int64 = 1_000_000) throws -> KeyRow {
    let (row, payload) = try sealed(index, expiresAt: expiresAt)
    try VaultDisk.writeNew(layout.clip(row.id), payload)
    try store.add(row)
    plain[row.id] = Self.content(index)
    return row
  }

  /// Remembers a clip that the test added itself.
  func know(_ index: Int) { plain[Self.id(index)] = Self.content(index) }

  /// What a clip opens as, with today's row.
  func open(_ id: ClipID) throws -> [UInt8] {
    let row = try #require(try store.row(of: id))
    return try open(row)
  }

  func open(_ row: KeyRow) throws(VaultError) -> [UInt8] {
    var bytes: [UInt8] = []
    try ClipOpener(layout, [identity]).open(row) { chunk in
      for index in chunk.indices { bytes.append(chunk[index]) }
    }
    return bytes
  }

  /// All rows, which `forEachRow` and `row(of:)` must agree on.
  func rows() throws -> [KeyRow] {
    var rows: [KeyRow] = []
    try store.forEachRow { row in rows.append(row) }
    for row in rows.prefix(16) + rows.suffix(16) { #expect(try store.row(of: row.id) == row) }
    #expect(rows.map(\.id) == rows.map(\.id).sorted())
    return rows
  }

  /// Every file of vault and state with its bytes.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for folder in [layout.clips, layout.keys, state.folder] {
      for name in try VaultDisk.names(folder) {
        files["\(folder)/\(name)"] = try VaultDisk.read("\(folder)/\(name)", limit: 1 << 30)
      }
    }
    return files
  }

  /// Puts files back as `files` gave them.
  func restore(_ files: [String: [UInt8]], in folders: [String]) throws {
    for folder in folders {
      for name in try VaultDisk.names(folder) { try VaultDisk.remove("\(folder)/\(name)") }
    }
    for (path, bytes) in files where folders.contains(where: { path.hasPrefix($0 + "/") }) {
      try VaultDisk.writeNew(path, bytes)
    }
  }

  /// Replaces one file's bytes, not durably.
  func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }
}

/// Which bits of so many bytes a test flips: one of each byte, by a seed; all of them in the soak.
func bitsToFlip(_ byteCount: Int) -> [Int] {
  let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
  var random = SeededGenerator(seed: UInt64(byteCount))
  return isSoak
    ? Array(0..<byteCount * 8)
    : (0..<byteCount).map { $0 * 8 + Int.random(in: 0..<8, using: &random) }
}

/// What a test's step closure throws for a crash.
let crash = VaultError.store("crash")
