// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import Testing
import Vocabulary

@testable import ClipVault

/// Erased means erased: what opened the clip is nowhere, and no older copy helps.
@Suite struct ErasureTests {
  /// The erased row and the old epoch's key, looked for in every form they may lie about in.
  struct Traces {
    let windows: Set<ArraySlice<UInt8>>

    /// Every run of 16 bytes of each secret.
    init(_ secrets: [ArraySlice<UInt8>]) {
      var windows: Set<ArraySlice<UInt8>> = []
      for secret in secrets {
        for start in secret.startIndex...secret.endIndex - 16 {
          windows.insert(secret[start..<start + 16])
        }
      }
      self.windows = windows
    }

    func areIn(_ bytes: [UInt8]) -> Bool {
      guard bytes.count >= 16 else { return false }
      return (0...bytes.count - 16).contains { windows.contains(bytes[$0..<$0 + 16]) }
    }
  }

  static func text(_ identity: AgeIdentity) -> [UInt8] {
    identity.text.withSpan { BigEndian.slice($0, 0..<$0.count) }
  }

  @Test func neitherTheRowNorTheOldEpochIsInAnyFile() throws {
    let vault = try KeyVault(clips: 3)
    for index in 3..<5 { try vault.add(index) }
    for (erased, epoch) in [(3, 1), (0, 2)] {
      let row = try #require(try vault.store.row(of: KeyVault.id(erased)))
      let before = try vault.files()
      // As it lies on disk, and as the epoch identity shows it.
      let key = Self.text(try vault.state.epoch(epoch))
      let store = try VaultDisk.read(vault.layout.keyStore, limit: 1 << 20)
      let loose = before[vault.layout.looseRow(row.id)] ?? []
      // Every header begins with the same 32 bytes, every key with the same 16.
      let file = (loose.isEmpty ? store : loose).dropFirst(32)
      let onDisk = Traces([key.dropFirst(16), file])
      let inside = Traces([row.header.dropFirst(32), row.logSalt[...]])
      #expect(before.values.contains { onDisk.areIn($0) }, "the positive control")
      #expect(try Self.opened(vault, before).contains { inside.areIn($0) }, "and inside the store")

      let result = try ClipErasure(vault.store).run([row.id], entomb: true)
      #expect(result.rows == 1 && result.payloads == 1)
      let after = try vault.files()
      #expect(!after.values.contains { onDisk.areIn($0) })
      #expect(!after.values.contains { inside.areIn($0) })
      #expect(!(try Self.opened(vault, after)).contains { inside.areIn($0) })
      #expect(after[vault.layout.clip(row.id)] == nil)
      #expect(!after.keys.contains { $0.contains(row.id.text) })
    }
    #expect(try vault.rows().count == 3)
  }

  /// All that today's epoch identity opens among the files.
  static func opened(_ vault: KeyVault, _ files: [String: [UInt8]]) throws -> [[UInt8]] {
    let identities = try vault.state.epochs().map { try vault.state.epoch($0) }
    return files.values.compactMap { file in
      guard let plain = try? AgeFile.open(file.span, identities) else { return nil }
      return plain.withSpan { BigEndian.slice($0, 0..<$0.count) }
    }
  }

  @Test func yesterdaysCopyDoesNotOpenWithTodaysEpoch() throws {
    let vault = try KeyVault(clips: 3)
    try vault.add(3)
    let yesterday = try vault.files()
    let (folded, loose) = (KeyVault.id(0), KeyVault.id(3))
    #expect(try vault.open(folded) == KeyVault.content(0))
    _ = try ClipErasure(vault.store).run([folded, loose], entomb: true)
    let today = try vault.files()

    try vault.restore(yesterday, in: [vault.layout.clips, vault.layout.keys])
    #expect(throws: VaultError.keyStoreForeign(vault.layout.keyStore)) {
      try vault.store.row(of: folded)
    }
    #expect(throws: VaultError.keyStoreForeign(vault.layout.keyStore)) {
      try vault.store.recover()
    }
    // Only the payloads and the loose row put back, beside today's store.
    try vault.restore(today, in: [vault.layout.keys])
    #expect(try vault.store.row(of: folded) == nil)
    let path = vault.layout.looseRow(loose)
    try vault.overwrite(path, try #require(yesterday[path]))
    #expect(throws: VaultError.keyDamaged(loose)) { try vault.store.row(of: loose) }
    try vault.store.fold()
    #expect(!(try vault.rows()).contains { $0.id == loose })
    // The control: with yesterday's epoch, which is what the promise rests on, it would open.
    try vault.restore(yesterday, in: [vault.layout.clips, vault.layout.keys, vault.state.folder])
    #expect(try vault.open(folded) == KeyVault.content(0))
    #expect(try vault.open(loose) == KeyVault.content(3))
  }

  @Test func aCopyOfALooseRowTakenAsideOpensNoMore() throws {
    let vault = try KeyVault(clips: 1)
    let row = try vault.add(1)
    let path = vault.layout.looseRow(row.id)
    let copy = try VaultDisk.read(path, limit: 1 << 20)
    try VaultDisk.remove(path)
    // The store knows no such row, and yet its erasure must hold.
    #expect(try vault.store.drop([row.id], entomb: true) == 0)
    try VaultDisk.writeNew(path, copy)
    #expect(throws: VaultError.keyDamaged(row.id)) { try vault.store.row(of: row.id) }
    #expect(try vault.rows().count == 1)
  }

  @Test func erasingAgainIsNoErrorAndNothingIsErasedByNoID() throws {
    let vault = try KeyVault(clips: 2)
    let before = try vault.files()
    let none = try ClipErasure(vault.store).run([], entomb: true)
    #expect(none == ClipErasure.Result(rows: 0, payloads: 0, payloadBytes: 0))
    #expect(try vault.files() == before)
    let id = KeyVault.id(0)
    let size = AgePayload.sealedByteCount(KeyVault.content(0).count)
    var told: [Int] = []
    let first = try ClipErasure(vault.store).run([id], entomb: true) { told.append($0) }
    #expect(first == ClipErasure.Result(rows: 1, payloads: 1, payloadBytes: size))
    #expect(told == [1])
    let again = try ClipErasure(vault.store).run([id], entomb: true)
    #expect(again == ClipErasure.Result(rows: 0, payloads: 0, payloadBytes: 0))
    #expect(try vault.open(KeyVault.id(1)) == KeyVault.content(1))
  }

  @Test func anErasureThatWasInterruptedIsFinishedByDoingItAgain() throws {
    for step in [KeyStoreStep.writeStore, .syncStore, .destroyEpoch, .done] {
      let vault = try KeyVault(clips: 3)
      let id = KeyVault.id(1)
      vault.store.willDo = { next throws(VaultError) in if next == step { throw crash } }
      #expect(throws: crash) { try ClipErasure(vault.store).run([id], entomb: true) }
      vault.store = try KeyStore.open(vault.layout, vault.state)
      _ = try ClipErasure(vault.store).run([id], entomb: true)
      #expect(try vault.rows().count == 2)
      #expect(try vault.store.row(of: id) == nil)
      #expect(try vault.files()[vault.layout.clip(id)] == nil)
      let digest = try vault.store.keyedDigest(ofSHA256: Digest.sha256(KeyVault.content(1)))
      #expect(try vault.store.knows(digest: digest) == .erased)
      try KeyStoreCrashTests.expectTidy(vault)
    }
  }

  @Test func aDamagedLooseRowGoesWithItsClip() throws {
    let vault = try KeyVault(clips: 1)
    let row = try vault.add(1)
    try vault.overwrite(vault.layout.looseRow(row.id), [1, 2, 3])
    _ = try ClipErasure(vault.store).run([row.id], entomb: true)
    #expect(try vault.store.row(of: row.id) == nil)
    #expect(try VaultDisk.names(vault.layout.keys) == ["store"])
  }

  @Test func destroyingOverwritesBeforeItRemoves() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("secret", "a secret that must go")
    // A second name keeps the file after its first is gone, so that its bytes can be seen.
    try FileManager.default.linkItem(atPath: path, toPath: path + "-2")
    try VaultDisk.destroy(path)
    let left = try VaultDisk.read(path + "-2", limit: 100)
    #expect(left == [UInt8](repeating: 0, count: 21))
    guard case .nothing = VaultDisk.kind(path) else {
      Issue.record("it is still there")
      return
    }
    try VaultDisk.destroy(path)
  }
}
