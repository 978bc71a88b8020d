// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct ClipOpenerTests {
  /// Seals bytes of a size into a vault as clip 1.
  func vault(_ byteCount: Int) throws -> (KeyVault, KeyRow, [UInt8]) {
    let vault = try KeyVault()
    var random = SeededGenerator(seed: UInt64(byteCount))
    let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    let sealed = try ClipSealer(vault.identity.recipient).seal(bytes.span)
    let row = try #require(
      KeyRow(
        id: KeyVault.id(1), header: sealed.header, digest: Digest.sha256(bytes),
        byteCount: byteCount, consent: "c", addedAtMilliseconds: 0, expiresAtMilliseconds: 0,
        frostFloor: .frosted, logSalt: KeyRow.randomSalt()))
    try VaultDisk.writeNew(vault.layout.clip(row.id), sealed.payload)
    var readBack: [UInt8] = []
    try ClipOpener.open(
      row.id, sealed.key, byteCount: byteCount, in: vault.layout.clip(row.id)
    ) { chunk in readBack += BigEndian.slice(chunk, 0..<chunk.count) }
    #expect(readBack == bytes)
    return (vault, row, bytes)
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
  func aClipOpensAsItWasSealed(byteCount: Int) throws {
    let (vault, row, bytes) = try vault(byteCount)
    #expect(try vault.open(row) == bytes)
    // On disk lies a payload without a header, and nothing of the clip.
    let file = try VaultDisk.read(vault.layout.clip(row.id), limit: 1 << 20)
    #expect(file.count == AgePayload.sealedByteCount(byteCount))
    #expect(throws: SealingError.self) { try AgeHeader(parsing: file.span) }
    // Header and payload together are an age file.
    let whole = row.header + file
    let plain = try AgeFile.open(whole.span, [vault.identity])
    #expect(plain.withSpan { BigEndian.slice($0, 0..<$0.count) } == bytes)
  }

  @Test func whatIsNotTheClipIsRefused() throws {
    let (vault, row, bytes) = try vault(70_000)
    let path = vault.layout.clip(row.id)
    let file = try VaultDisk.read(path, limit: 1 << 20)
    var random = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      var changed = file
      changed[Int.random(in: 0..<file.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8)
      try vault.overwrite(path, changed)
      #expect(throws: VaultError.clipChanged(row.id)) { try vault.open(row) }
    }
    for changed in [Array(file.dropLast()), file + [0], [], Array(file.prefix(16))] {
      try vault.overwrite(path, changed)
      #expect(throws: VaultError.clipChanged(row.id)) { try vault.open(row) }
    }
    try VaultDisk.remove(path)
    #expect(throws: VaultError.clipMissing(row.id)) { try vault.open(row) }
    try VaultDisk.makeFolder(path)
    #expect(throws: VaultError.clipMissing(row.id)) { try vault.open(row) }
    try VaultDisk.removeFolder(path)
    try VaultDisk.writeNew(path, file)
    #expect(try vault.open(row) == bytes)
  }

  @Test func everyBitOfAHeaderCounts() throws {
    let (vault, row, bytes) = try vault(10)
    for bit in bitsToFlip(row.header.count) {
      var header = row.header
      header[bit / 8] ^= 1 << (bit % 8)
      let changed = try #require(row.rewrapped(header))
      let error = #expect(throws: VaultError.self) { try vault.open(changed) }
      #expect(error == .keyDamaged(row.id) || error == .clipSealedToOther(row.id), "bit \(bit)")
    }
    for count in 1..<row.header.count {
      let changed = try #require(row.rewrapped(Array(row.header.prefix(count))))
      #expect(throws: VaultError.keyDamaged(row.id)) { try vault.open(changed) }
    }
    let longer = try #require(row.rewrapped(row.header + [0x0A]))
    #expect(throws: VaultError.keyDamaged(row.id)) { try vault.open(longer) }
    #expect(try vault.open(row) == bytes)
  }

  @Test func headersOrPayloadsSwappedBetweenClipsOpenNeither() throws {
    let vault = try KeyVault()
    // Two clips of the same size.
    let rows = try [1, 2].map { try vault.add($0) }
    let paths = rows.map { vault.layout.clip($0.id) }
    let files = try paths.map { try VaultDisk.read($0, limit: 1 << 20) }
    for (row, other) in [(rows[0], rows[1]), (rows[1], rows[0])] {
      let wrong = try #require(row.rewrapped(other.header))
      #expect(throws: VaultError.clipChanged(row.id)) { try vault.open(wrong) }
    }
    for (path, file) in zip(paths, files.reversed()) { try vault.overwrite(path, file) }
    for row in rows { #expect(throws: VaultError.clipChanged(row.id)) { try vault.open(row) } }
    for (path, file) in zip(paths, files) { try vault.overwrite(path, file) }
    for row in rows { #expect(try vault.open(row) == vault.plain[row.id]) }
  }

  @Test func anotherIdentityOpensNothing() throws {
    let (vault, row, bytes) = try vault(10)
    let right = vault.identity
    vault.identity = AgeIdentity()
    #expect(throws: VaultError.clipSealedToOther(row.id)) { try vault.open(row) }
    vault.identity = right
    #expect(try vault.open(row) == bytes)
  }

  @Test func aReceiverThatRefusesIsHeard() throws {
    let (vault, row, _) = try vault(200_000)
    var chunks = 0
    #expect(throws: crash) {
      try ClipOpener(vault.layout, [vault.identity]).open(row) { _ throws(VaultError) in
        chunks += 1
        if chunks == 2 { throw crash }
      }
    }
    #expect(chunks == 2)
  }

  /// An auditor's check: the stock tool opens header and payload.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/age")))
  func theStockToolOpensAClip() throws {
    let (vault, row, bytes) = try vault(65_537)
    let file = row.header + (try VaultDisk.read(vault.layout.clip(row.id), limit: 1 << 20))
    let path = try vault.folder.write("clip.age", file)
    let key = try vault.folder.write("key", ErasureTests.text(vault.identity))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/age")
    process.arguments = ["-d", "-i", key, "-o", path + ".plain", path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try VaultDisk.read(path + ".plain", limit: 1 << 20) == bytes)
  }
}
