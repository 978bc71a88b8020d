// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct RekeyTests {
  /// A vault whose identity is sealed to two people, and what the policy names.
  final class Scene {
    let vault: KeyVault
    let people = [AgeIdentity(), AgeIdentity()]
    var published: AgeRecipient

    init() throws {
      vault = try KeyVault(clips: 3)
      for index in 3..<5 { try vault.add(index) }
      published = vault.identity.recipient
      try VaultIdentityFile.seal(
        [vault.identity], for: people.map(\.recipient), in: vault.layout)
    }

    func unlock(_ person: Int = 0) throws -> [AgeIdentity] {
      try VaultIdentityFile.open(vault.layout, with: people[person], expecting: published)
    }

    func run(progress: @escaping (Int) -> Void = { _ in }) throws {
      try Rekey(vault.store).run(
        from: try unlock(), to: people.map(\.recipient),
        publish: { recipient throws(VaultError) in published = recipient }, progress: progress)
    }

    /// Whether every clip opens with what person 1 unlocks.
    func expectAllOpens() throws {
      let opener = ClipOpener(vault.layout, try unlock(1))
      for (id, content) in vault.plain {
        let row = try #require(try vault.store.row(of: id))
        var bytes: [UInt8] = []
        try opener.open(row) { chunk in bytes += BigEndian.slice(chunk, 0..<chunk.count) }
        #expect(bytes == content)
      }
    }
  }

  @Test func everythingOpensWithTheNewIdentityOnly() throws {
    let scene = try Scene()
    let vault = scene.vault
    let old = vault.identity
    let before = try vault.rows()
    let payloads = try vault.files().filter { $0.key.hasPrefix(vault.layout.clips) }
    var told: [Int] = []
    try scene.run { told.append($0) }
    #expect(told == [1, 2, 3, 4, 5])
    let identities = try scene.unlock()
    #expect(identities.count == 1 && identities[0].recipient == scene.published)
    #expect(scene.published != old.recipient)
    try scene.expectAllOpens()
    let after = try vault.rows()
    for (row, other) in zip(before, after) {
      #expect(row.header != other.header)
      #expect(row.rewrapped(other.header) == other)
      #expect(throws: VaultError.clipSealedToOther(row.id)) {
        try ClipOpener(vault.layout, [old]).open(other) { _ in }
      }
    }
    #expect(try vault.files().filter { $0.key.hasPrefix(vault.layout.clips) } == payloads)
    #expect(try vault.state.epochs() == [2])
    try KeyStoreCrashTests.expectTidy(vault)
  }

  static let steps: [KeyStoreStep] = [
    .writeBothIdentities, .publish, .rewrap, .writeEpoch, .writeStore, .nameStore, .syncStore,
    .removeLoose, .syncLoose, .destroyEpoch, .writeNewIdentity, .done,
  ]

  @Test(arguments: steps)
  func everyStepSurvivesACrash(step: KeyStoreStep) throws {
    let scene = try Scene()
    let vault = scene.vault
    // `done` is told twice: by the store's change, and at the end.
    vault.store.willDo = { next throws(VaultError) in if next == step { throw crash } }
    #expect(throws: crash) { try scene.run() }
    vault.store = try KeyStore.open(vault.layout, vault.state)
    try scene.expectAllOpens()
    try vault.store.recover()
    try scene.expectAllOpens()
    // A clip that is taken in now is sealed to what the policy names.
    let sealed = try ClipSealer(scene.published).seal(KeyVault.content(7).span)
    let row = try #require(try vault.sealed(7).0.rewrapped(sealed.header))
    try VaultDisk.writeNew(vault.layout.clip(row.id), sealed.payload)
    try vault.store.add(row)
    vault.know(7)
    try scene.expectAllOpens()

    try scene.run()
    try scene.expectAllOpens()
    #expect(try scene.unlock().count == 1)
    try KeyStoreCrashTests.expectTidy(vault)
  }

  @Test func aPublicationThatFailsChangesNothingForReaders() throws {
    let scene = try Scene()
    #expect(throws: crash) {
      try Rekey(scene.vault.store).run(
        from: try scene.unlock(), to: scene.people.map(\.recipient),
        publish: { _ throws(VaultError) in throw crash })
    }
    #expect(try scene.unlock().count == 2)
    #expect(try scene.vault.state.epochs() == [1])
    try scene.expectAllOpens()
    try scene.run()
    #expect(try scene.unlock().count == 1)
    try scene.expectAllOpens()
  }

  @Test func aPersonWhoWasLeftOutOpensNothing() throws {
    let scene = try Scene()
    try Rekey(scene.vault.store).run(
      from: try scene.unlock(), to: [scene.people[1].recipient],
      publish: { recipient throws(VaultError) in scene.published = recipient })
    #expect(throws: VaultError.vaultIdentity(scene.vault.layout.vaultIdentity)) {
      try scene.unlock(0)
    }
    try scene.expectAllOpens()
  }

  @Test func aHeaderThatNobodyOpensStopsItAndLosesNothing() throws {
    let scene = try Scene()
    let vault = scene.vault
    let row = try vault.sealed(8).0
    let foreign = try ClipSealer(AgeIdentity().recipient).seal([1].span)
    try vault.store.add(try #require(row.rewrapped(foreign.header)))
    #expect(throws: VaultError.clipSealedToOther(row.id)) { try scene.run() }
    try vault.store.recover()
    #expect(try vault.state.epochs() == [1])
    try scene.expectAllOpens()
    try vault.store.drop([row.id], entomb: false)
    try scene.run()
    try scene.expectAllOpens()
  }

  @Test func theIdentityFileIsForItsPeopleAndHoldsWhatWasSealed() throws {
    let scene = try Scene()
    let (vault, path) = (scene.vault, scene.vault.layout.vaultIdentity)
    for person in 0..<2 {
      let identities = try scene.unlock(person)
      #expect(identities.map(\.recipient) == [vault.identity.recipient])
    }
    let stranger = AgeIdentity()
    #expect(throws: VaultError.vaultIdentity(path)) {
      try VaultIdentityFile.open(vault.layout, with: stranger, expecting: scene.published)
    }
    // Somebody who knows the people's public keys puts an identity of their own there.
    let real = try VaultDisk.read(path, limit: 1 << 20)
    try VaultIdentityFile.seal([stranger], for: scene.people.map(\.recipient), in: vault.layout)
    #expect(throws: VaultError.vaultIdentity(path)) { try scene.unlock() }
    for text in ["", "AGE-SECRET-KEY-1X\n", "no key"] {
      let plain = Array(text.utf8)
      try vault.overwrite(path, try AgeFile.seal(plain.span, for: [scene.people[0].recipient]))
      #expect(throws: VaultError.vaultIdentity(path)) { try scene.unlock() }
    }
    #expect(throws: VaultError.vaultIdentity(path)) {
      try VaultIdentityFile.seal([], for: scene.people.map(\.recipient), in: vault.layout)
    }
    #expect(throws: VaultError.vaultIdentity(path)) {
      try VaultIdentityFile.seal([stranger], for: [], in: vault.layout)
    }
    try vault.overwrite(path, real)
    #expect(try scene.unlock().count == 1)
    for bit in stride(from: 0, to: real.count * 8, by: 61) {
      var changed = real
      changed[bit / 8] ^= 1 << (bit % 8)
      try vault.overwrite(path, changed)
      #expect(throws: VaultError.vaultIdentity(path)) {
        try VaultIdentityFile.open(
          vault.layout, with: scene.people[1], expecting: scene.published)
      }
    }
  }
}
