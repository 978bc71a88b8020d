// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

/// No changed file is believed: each is refused with a typed error, and nothing traps.
@Suite struct KeyStoreDamageTests {
  static let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

  @Test func everyBitOfASmallStoreCounts() throws {
    let vault = try KeyVault(clips: 3)
    let path = vault.layout.keyStore
    let bytes = try VaultDisk.read(path, limit: 1 << 20)
    let header = try AgeHeader(parsing: bytes.span)
    let epoch = try vault.state.epoch(1)
    let key = try header.key([epoch])
    let start = header.bytes.count
    // Behind the header all bits are tried with the key that it gave, which spares its opening.
    func open(_ isHeader: Bool) throws(VaultError) {
      guard !isHeader else {
        _ = try KeyStoreFile.open(vault.layout, vault.state)
        return
      }
      var store = try KeyStoreFile.opened(path, try OpenFile(path), at: start, key, epoch)
      for part in [store.preamble.rows, store.preamble.digests] {
        try store.forEachBlock(of: part, size: 48) { _ in }
      }
    }
    for isHeader in [true, false] { try open(isHeader) }
    var believed: [Int] = []
    var refused = 0
    for bit in bitsToFlip(start) + Array(start * 8..<bytes.count * 8) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      try vault.overwrite(path, changed)
      // One expectation for all: each costs more than the opening.
      do throws(VaultError) {
        try open(bit / 8 < start)
        believed.append(bit)
      } catch {
        switch error {
        case .keyStoreDamaged(path), .keyStoreForeign(path): refused += 1
        default: believed.append(bit)
        }
      }
    }
    #expect(believed.isEmpty)
    #expect(refused >= start + (bytes.count - start) * 8)
    try vault.overwrite(path, bytes)
    #expect(try vault.rows().count == 3)
  }

  @Test func aStoreCutAnywhereIsRefused() throws {
    let vault = try KeyVault(clips: 3)
    let path = vault.layout.keyStore
    let bytes = try VaultDisk.read(path, limit: 1 << 20)
    let start = try AgeHeader(parsing: bytes.span).bytes.count
    let epoch = try vault.state.epoch(1)
    let key = try AgeHeader(parsing: bytes.span).key([epoch])
    func open(_ count: Int) throws {
      try vault.overwrite(path, Array(bytes.prefix(count)))
      guard count > start else {
        _ = try KeyStoreFile.open(vault.layout, vault.state)
        return
      }
      _ = try KeyStoreFile.opened(path, try OpenFile(path), at: start, key, epoch)
    }
    try open(bytes.count)
    for count in 0..<bytes.count {
      #expect(throws: VaultError.keyStoreDamaged(path), "\(count) bytes") { try open(count) }
    }
    try vault.overwrite(path, bytes + [0])
    #expect(throws: VaultError.keyStoreDamaged(path)) { try vault.rows() }
    try vault.overwrite(path, bytes)
    #expect(try vault.rows().count == 3)
  }

  @Test func everyBitAndByteOfALooseRowCounts() throws {
    let vault = try KeyVault(clips: 1)
    let row = try vault.add(1)
    let path = vault.layout.looseRow(row.id)
    let bytes = try VaultDisk.read(path, limit: 1 << 20)
    func refuses() throws {
      #expect(throws: VaultError.keyDamaged(row.id)) { try vault.store.row(of: row.id) }
    }
    let epoch = try vault.state.epoch(1)
    func refuses(_ bytes: [UInt8]) {
      #expect(throws: VaultError.keyDamaged(row.id)) { try LooseRow(bytes, of: row.id, epoch) }
    }
    #expect(try LooseRow(bytes, of: row.id, epoch).row == row)
    for bit in bitsToFlip(bytes.count) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      refuses(changed)
    }
    for count in 0..<bytes.count { refuses(Array(bytes.prefix(count))) }
    for place in stride(from: 0, to: bytes.count, by: 61) {
      var changed = bytes
      changed[place] ^= 1
      try vault.overwrite(path, changed)
      try refuses()
    }
    try vault.overwrite(path, [UInt8](repeating: 0, count: LooseRow.byteLimit + 1))
    try refuses()
    // What is damaged hides no other row, and stays for a person to see.
    try vault.store.recover()
    #expect(try vault.rows().map(\.id) == [KeyVault.id(0)])
    #expect(try vault.store.looseRowIDs() == [row.id])
    try vault.overwrite(path, bytes)
    #expect(try vault.store.row(of: row.id) == row)
  }

  @Test func aLooseRowUnderAnotherNameIsRefused() throws {
    let vault = try KeyVault(clips: 1)
    let row = try vault.add(1)
    let other = KeyVault.id(2)
    try VaultDisk.move(vault.layout.looseRow(row.id), to: vault.layout.looseRow(other))
    #expect(throws: VaultError.keyDamaged(other)) { try vault.store.row(of: other) }
    #expect(try vault.store.row(of: row.id) == nil)
    try VaultDisk.move(vault.layout.looseRow(other), to: vault.layout.looseRow(row.id))
    #expect(try vault.store.row(of: row.id) == row)
  }

  @Test func rowsSwappedBetweenClipsOpenNeither() throws {
    let vault = try KeyVault()
    let rows = try (0..<2).map { try vault.add($0) }
    func swapped(_ id: ClipID, _ row: KeyRow) throws -> KeyRow {
      try #require(
        KeyRow(
          id: id, header: row.header, digest: row.digest, byteCount: row.byteCount,
          consent: row.consent, addedAtMilliseconds: row.addedAtMilliseconds,
          expiresAtMilliseconds: row.expiresAtMilliseconds, frostFloor: row.frostFloor,
          logSalt: row.logSalt))
    }
    for (row, other) in zip(rows, rows.reversed()) {
      #expect(try vault.open(row) == vault.plain[row.id])
      let wrong = try swapped(row.id, other)
      #expect(throws: VaultError.clipChanged(row.id)) { try vault.open(wrong) }
    }
    // The same by the files' names.
    let (a, b) = (vault.layout.looseRow(rows[0].id), vault.layout.looseRow(rows[1].id))
    try VaultDisk.move(a, to: a + "-")
    try VaultDisk.move(b, to: a)
    try VaultDisk.move(a + "-", to: b)
    for row in rows {
      #expect(throws: VaultError.keyDamaged(row.id)) { try vault.store.row(of: row.id) }
    }
  }

  @Test func aStoreOfAnotherVaultOrEpochIsRefused() throws {
    let vault = try KeyVault(clips: 1)
    let other = try KeyVault(clips: 1)
    let path = vault.layout.keyStore
    let bytes = try VaultDisk.read(path, limit: 1 << 20)
    try vault.overwrite(path, try VaultDisk.read(other.layout.keyStore, limit: 1 << 20))
    #expect(throws: VaultError.keyStoreForeign(path)) { try vault.rows() }
    try vault.overwrite(path, bytes)
    #expect(try vault.rows().count == 1)
    // The right identity under another number, and for another vault.
    let epoch = try VaultDisk.read(vault.state.epochFile(1), limit: 1 << 20)
    try VaultDisk.move(vault.state.epochFile(1), to: vault.state.epochFile(2))
    #expect(throws: VaultError.keyStoreForeign(path)) { try vault.rows() }
    try VaultDisk.move(vault.state.epochFile(2), to: vault.state.epochFile(1))
    try vault.overwrite(other.state.epochFile(1), epoch)
    #expect(throws: VaultError.keyStoreForeign(path)) {
      try KeyStore.open(vault.layout, other.state)
    }
    #expect(try vault.rows().count == 1)
  }

  @Test func aStoreOfANewerFormatSaysSo() throws {
    let vault = try KeyVault(clips: 1)
    let path = vault.layout.keyStore
    let file = try VaultDisk.read(path, limit: 1 << 20)
    let epoch = try vault.state.epoch(1)
    let plain = try AgeFile.open(file.span, [epoch])
    func expect(_ format: String, _ expected: VaultError?) throws {
      let magic = Array("milkglass keys \(format)\n".utf8)
      var bytes = plain.withSpan { span in BigEndian.slice(span, 0..<span.count) }
      bytes.replaceSubrange(0..<magic.count, with: magic)
      try vault.overwrite(path, try AgeFile.seal(bytes.span, for: [epoch.recipient]))
      if let expected {
        #expect(throws: expected) { try vault.rows() }
      } else {
        #expect(try vault.rows().count == 1)
      }
    }
    try expect("1", nil)
    for newer in ["2", "10", "9999999"] { try expect(newer, .keyStoreNewer(path)) }
    for wrong in ["0", "x", "", "1x", "999999999"] { try expect(wrong, .keyStoreDamaged(path)) }
  }

  /// Preambles that lie, sealed by one who has the epoch identity: refused, never a trap.
  @Test func numbersThatCannotBeAreRefused() throws {
    let vault = try KeyVault(clips: 2)
    let path = vault.layout.keyStore
    let epoch = try vault.state.epoch(1)
    let file = try VaultDisk.read(path, limit: 1 << 20)
    let plain = try AgeFile.open(file.span, [epoch])
    let bytes = plain.withSpan { span in BigEndian.slice(span, 0..<span.count) }
    var random = SeededGenerator(seed: 5)
    var refused = 0
    for _ in 0..<100 {
      var changed = bytes
      let place = Int.random(in: 24..<48, using: &random)
      changed[place] = UInt8.random(in: 0...255, using: &random)
      guard changed != bytes else { continue }
      try vault.overwrite(path, try AgeFile.seal(changed.span, for: [epoch.recipient]))
      #expect(throws: VaultError.self) { try vault.rows() }
      refused += 1
    }
    #expect(refused > 80)
    // Rows out of order are found when the store is rewritten.
    var changed = bytes
    let rows = 384..<384 + 2 * KeyRow.encodedByteCount
    changed.replaceSubrange(rows, with: bytes[768..<1_152] + bytes[384..<768])
    try vault.overwrite(path, try AgeFile.seal(changed.span, for: [epoch.recipient]))
    #expect(throws: VaultError.keyStoreDamaged(path)) {
      try vault.store.drop([], entomb: true)
      try vault.store.drop([KeyVault.id(9)], entomb: true)
    }
  }

  @Test func aRowOfAnyBytesNeverTraps() throws {
    let row = try KeyVault().sealed(1).0
    var random = SeededGenerator(seed: 9)
    var read = 0
    for _ in 0..<(Self.isSoak ? 200_000 : 3_000) {
      var bytes = row.encoded
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if let other = KeyRow(bytes.span, at: 0) {
        #expect(other.encoded == bytes)
        read += 1
      }
    }
    #expect(read > 0)
    func decoded(_ bytes: [UInt8], at offset: Int) -> KeyRow? { KeyRow(bytes.span, at: offset) }
    #expect(decoded([], at: 0) == nil)
    #expect(decoded(row.encoded.dropLast(), at: 0) == nil)
    #expect(decoded(row.encoded, at: 1) == nil && decoded(row.encoded, at: -1) == nil)
    #expect(decoded(row.encoded, at: 0) == row)
  }

  @Test func aMissingOrDamagedEpochHasItsOwnSentence() throws {
    let vault = try KeyVault(clips: 1)
    let path = vault.state.epochFile(1)
    let bytes = try VaultDisk.read(path, limit: 1 << 20)
    try vault.overwrite(path, Array("AGE-SECRET-KEY-1NOTAKEY".utf8))
    #expect(throws: VaultError.stateDamaged(vault.state.folder)) { try vault.rows() }
    try VaultDisk.remove(path)
    #expect(throws: VaultError.epochMissing(vault.state.folder)) { try vault.rows() }
    try VaultDisk.removeFolder(vault.state.folder)
    #expect(throws: VaultError.epochMissing(vault.state.folder)) { try vault.rows() }
    try vault.state.makeFolder()
    try VaultDisk.writeNew(path, bytes)
    #expect(try vault.rows().count == 1)
  }
}
