// SPDX-License-Identifier: Apache-2.0

import Sealing
import Testing
import Vocabulary

@testable import ClipVault

/// A crash before any step of any change leaves a store that opens, and `recover` settles it.
@Suite struct KeyStoreCrashTests {
  /// What is tried: three clips folded in, two loose, and a change.
  enum Change: CaseIterable {
    case add, fold, drop, dropLoose, dropUnknown

    var steps: [KeyStoreStep] {
      let whole: [KeyStoreStep] = [.writeStore, .nameStore, .syncStore, .removeLoose, .syncLoose]
      return switch self {
      case .add: [.writeRow, .nameRow, .syncRow, .done]
      case .fold: whole + [.done]
      case .drop, .dropLoose, .dropUnknown: [.writeEpoch] + whole + [.destroyEpoch, .done]
      }
    }

    func run(_ vault: KeyVault, _ new: KeyRow) throws {
      switch self {
      case .add: try vault.store.add(new)
      case .fold: try vault.store.fold()
      case .drop: try vault.store.drop([KeyVault.id(0), KeyVault.id(1)], entomb: true)
      case .dropLoose: try vault.store.drop([KeyVault.id(3)], entomb: true)
      case .dropUnknown: try vault.store.drop([KeyVault.id(9)], entomb: true)
      }
    }

    /// The rows after it, of those numbered 0 to 5; the last is the new one.
    var after: Set<Int> {
      switch self {
      case .add: [0, 1, 2, 3, 4, 5]
      case .fold, .dropUnknown: [0, 1, 2, 3, 4]
      case .drop: [2, 3, 4]
      case .dropLoose: [0, 1, 2, 4]
      }
    }
  }

  static let cases = Change.allCases.flatMap { change in change.steps.map { (change, $0) } }

  @Test(arguments: cases)
  func everyStepSurvivesACrash(change: Change, step: KeyStoreStep) throws {
    let vault = try KeyVault(clips: 3)
    for index in 3..<5 { try vault.add(index) }
    let new = try vault.sealed(5).0
    vault.store.willDo = { next throws(VaultError) in if next == step { throw crash } }
    #expect(throws: crash) { try change.run(vault, new) }

    // What stands there can be read at once, by one who does not recover.
    vault.store = try KeyStore.open(vault.layout, vault.state)
    let before: Set<Int> = [0, 1, 2, 3, 4]
    let seen = try Self.ids(vault)
    let hasHappened = seen == change.after
    #expect(hasHappened || seen == before, "\(seen)")

    try vault.store.recover()
    #expect(try Self.ids(vault) == seen)
    try Self.expectTidy(vault)
    // Each clip that is there still opens; each that is not is known to be erased.
    for index in seen.subtracting([5]) {
      #expect(try vault.open(KeyVault.id(index)) == KeyVault.content(index))
    }
    for index in before.subtracting(seen) {
      let digest = try vault.store.keyedDigest(ofSHA256: Digest.sha256(KeyVault.content(index)))
      #expect(try vault.store.knows(digest: digest) == .erased)
    }
    // And the change can be made again.
    if change != .add || !hasHappened { try change.run(vault, new) }
    #expect(try Self.ids(vault) == change.after)
    try Self.expectTidy(vault)
  }

  @Test func creationSurvivesACrashBeforeAnyStep() throws {
    for step in [KeyStoreStep.writeEpoch, .writeStore, .nameStore, .syncStore, .done] {
      let vault = try KeyVault()
      try VaultDisk.remove(vault.layout.keyStore)
      try VaultDisk.remove(vault.state.epochFile(1))
      vault.store.willDo = { next throws(VaultError) in if next == step { throw crash } }
      #expect(throws: crash) { try vault.store.create() }
      vault.store = try KeyStore.create(vault.layout, vault.state)
      #expect(try vault.rows().isEmpty)
      try Self.expectTidy(vault)
    }
  }

  @Test func halfWrittenFilesGo() throws {
    let vault = try KeyVault(clips: 2)
    let paths = [
      VaultDisk.incoming(vault.layout.keyStore), VaultDisk.incoming(vault.layout.vaultIdentity),
      VaultDisk.incoming(vault.layout.looseRow(KeyVault.id(7))),
      VaultDisk.incoming(vault.state.epochFile(2)),
    ]
    for path in paths { try VaultDisk.writeNew(path, [1, 2, 3]) }
    let stranger = vault.layout.keys + "/.incoming-notes"
    try VaultDisk.writeNew(stranger, [1])
    try vault.store.recover()
    for path in paths {
      guard case .nothing = VaultDisk.kind(path) else {
        Issue.record("\(path) is still there")
        continue
      }
    }
    #expect(try VaultDisk.names(vault.layout.keys) == [".incoming-notes", "store"])
  }

  @Test func anEpochThatWasOverwrittenButNotRemovedGoes() throws {
    let vault = try KeyVault(clips: 2)
    vault.store.willDo = { next throws(VaultError) in if next == .destroyEpoch { throw crash } }
    #expect(throws: crash) { try vault.store.drop([KeyVault.id(0)], entomb: true) }
    let old = vault.state.epochFile(1)
    let size = try VaultDisk.read(old, limit: 4096).count
    try vault.overwrite(old, [UInt8](repeating: 0, count: size))
    vault.store = try KeyStore.open(vault.layout, vault.state)
    #expect(try Self.ids(vault) == [1])
    try vault.store.recover()
    try Self.expectTidy(vault)
  }

  @Test func whatNoEpochOpensIsNotTouched() throws {
    let vault = try KeyVault(clips: 2)
    try vault.add(2)
    let store = try VaultDisk.read(vault.layout.keyStore, limit: 1 << 20)
    try vault.overwrite(vault.layout.keyStore, store.reversed())
    let before = try vault.files()
    #expect(throws: VaultError.keyStoreDamaged(vault.layout.keyStore)) {
      try vault.store.recover()
    }
    #expect(throws: VaultError.keyStoreDamaged(vault.layout.keyStore)) {
      try vault.store.drop([KeyVault.id(0)], entomb: true)
    }
    #expect(try vault.files() == before)
    try vault.overwrite(vault.layout.keyStore, store)
    #expect(try Self.ids(vault) == [0, 1, 2])
  }

  /// Which of the clips 0 to 9 have a row.
  static func ids(_ vault: KeyVault) throws -> Set<Int> {
    let rows = try vault.rows()
    let found = Set((0..<10).filter { index in rows.contains { $0.id == KeyVault.id(index) } })
    #expect(found.count == rows.count)
    return found
  }

  /// One epoch, no half-written file.
  static func expectTidy(_ vault: KeyVault) throws {
    #expect(try vault.state.epochs().count == 1)
    #expect(try VaultDisk.names(vault.state.folder).count == 1)
    #expect(!(try VaultDisk.names(vault.layout.keys)).contains { $0.hasPrefix(".incoming-") })
  }
}
