// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing
import Vocabulary

/// One pass from an old key store to a new one: loose rows go in, dropped ones do not.
///
/// The rows stream through: memory does not grow with the vault, and what was dropped is not kept.
struct KeyStoreRewriting {
  private var old: KeyStoreFile
  /// By rising id, none of them in the old store.
  private let fresh: [LooseRow]
  private let dropping: Set<ClipID>
  private let entomb: Bool
  /// Makes a row's 384 bytes anew; nil leaves rows as they are.
  private let rewrap: ((Span<UInt8>) throws(VaultError) -> [UInt8])?
  /// How many rows go, counting loose ones.
  let droppedCount: Int
  private let rowCount: Int
  private let digestCount: Int

  /// Looks at every id once, so that the numbers are known before the first byte is written.
  init(
    of old: KeyStoreFile, taking loose: [LooseRow], dropping: Set<ClipID> = [],
    entomb: Bool = false, rewrap: ((Span<UInt8>) throws(VaultError) -> [UInt8])? = nil
  ) throws(VaultError) {
    self.old = old
    self.dropping = dropping
    self.entomb = entomb
    self.rewrap = rewrap
    var known: Set<ClipID> = []
    let looseIDs = Set(loose.map(\.id))
    var dropped = 0
    var last = KeyRow.nobody
    var isSorted = true
    try self.old.forEachBlock(of: old.preamble.rows, size: KeyRow.encodedByteCount) { block in
      for offset in stride(from: 0, to: block.count, by: KeyRow.encodedByteCount) {
        let id = ClipID(block, at: offset)
        if id <= last { isSorted = false }
        last = id
        if dropping.contains(id) { dropped += 1 }
        if looseIDs.contains(id) { known.insert(id) }
      }
    }
    guard isSorted else { throw .keyStoreDamaged(old.path) }
    fresh = loose.filter { !known.contains($0.id) }.sorted { $0.id < $1.id }
    let looseDropped = fresh.count { dropping.contains($0.id) }
    droppedCount = dropped + looseDropped
    rowCount = old.preamble.rowCount + fresh.count - droppedCount
    digestCount = old.preamble.digestCount + fresh.count - (entomb ? 0 : droppedCount)
  }

  /// Writes the new store, durably, at a path where nothing lies yet.
  mutating func write(
    to path: String, epoch: Int, _ recipient: AgeRecipient
  ) throws(VaultError) {
    let preamble = KeyStorePreamble(
      epoch: epoch, rowCount: rowCount, digestCount: digestCount, vault: old.preamble.vault,
      digestKey: old.preamble.digestKey)
    let writer = try KeyStoreWriter(path, preamble, recipient)
    try copyRows(to: writer)
    try copyDigests(to: writer)
    // An old store whose rows and digests do not agree cannot be made by us.
    guard try writer.finish() else { throw .keyStoreDamaged(old.path) }
  }

  private mutating func copyRows(to writer: KeyStoreWriter) throws(VaultError) {
    let size = KeyRow.encodedByteCount
    var waiting = fresh[...]
    let (dropping, rewrap) = (dropping, rewrap)
    try old.forEachBlock(of: old.preamble.rows, size: size) { (block) throws(VaultError) in
      // Rows that stay as they are go on together.
      var start = 0
      for offset in stride(from: 0, to: block.count, by: size) {
        let id = ClipID(block, at: offset)
        let isDropped = dropping.contains(id)
        let isNext = waiting.first.map { $0.id < id } ?? false
        guard isDropped || isNext || rewrap != nil else { continue }
        if start < offset { try writer.append(block.extracting(start..<offset)) }
        start = offset + size
        while let row = waiting.first, row.id < id {
          try Self.append(row, to: writer, dropping, rewrap)
          waiting.removeFirst()
        }
        guard !isDropped else { continue }
        try Self.append(block.extracting(offset..<start), to: writer, rewrap)
      }
      if start < block.count { try writer.append(block.extracting(start...)) }
    }
    for row in waiting { try Self.append(row, to: writer, dropping, rewrap) }
  }

  private static func append(
    _ row: LooseRow, to writer: KeyStoreWriter, _ dropping: Set<ClipID>,
    _ rewrap: ((Span<UInt8>) throws(VaultError) -> [UInt8])?
  ) throws(VaultError) {
    guard !dropping.contains(row.id) else { return }
    try row.bytes.withSpan { (bytes) throws(VaultError) in
      try append(bytes, to: writer, rewrap)
    }
  }

  private static func append(
    _ row: Span<UInt8>, to writer: KeyStoreWriter,
    _ rewrap: ((Span<UInt8>) throws(VaultError) -> [UInt8])?
  ) throws(VaultError) {
    guard let rewrap else { return try writer.append(row) }
    var bytes = try rewrap(row)
    defer { SecretBytes.wipe(&bytes) }
    try writer.append(bytes.span)
  }

  private mutating func copyDigests(to writer: KeyStoreWriter) throws(VaultError) {
    let size = KeyDigest.encodedByteCount
    let (dropping, entomb) = (dropping, entomb)
    var waiting = fresh.compactMap { row in
      Self.entry(KeyDigest(digest: row.digest, id: row.id), dropping, entomb)
    }.sorted { $0.digest.lexicographicallyPrecedes($1.digest) }[...]
    try old.forEachBlock(of: old.preamble.digests, size: size) { (block) throws(VaultError) in
      // Digests that stay as they are go on together.
      var start = 0
      for offset in stride(from: 0, to: block.count, by: size) {
        let isDropped = dropping.contains(ClipID(block, at: offset + 32))
        let isNext = waiting.first.map { $0.precedes(block, at: offset) } ?? false
        guard isDropped || isNext else { continue }
        if start < offset { try writer.append(block.extracting(start..<offset)) }
        start = offset
        while let new = waiting.first, new.precedes(block, at: offset) {
          let bytes = new.encoded
          try writer.append(bytes.span)
          waiting.removeFirst()
        }
        guard isDropped else { continue }
        start = offset + size
        let dropped = KeyDigest(block, at: offset)
        if let entry = Self.entry(dropped, dropping, entomb) {
          let bytes = entry.encoded
          try writer.append(bytes.span)
        }
      }
      if start < block.count { try writer.append(block.extracting(start...)) }
    }
    for entry in waiting { try writer.append(entry.encoded.span) }
  }

  /// What becomes of a digest: a tombstone where its clip is dropped for good; nil where it goes.
  private static func entry(
    _ entry: KeyDigest, _ dropping: Set<ClipID>, _ entomb: Bool
  ) -> KeyDigest? {
    guard dropping.contains(entry.id) else { return entry }
    return entomb ? KeyDigest(digest: entry.digest, id: KeyRow.nobody) : nil
  }
}
