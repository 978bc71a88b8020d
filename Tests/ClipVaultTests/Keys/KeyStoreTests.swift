// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct KeyStoreTests {
  static let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

  @Test func aNewStoreIsEmpty() throws {
    let vault = try KeyVault()
    #expect(try vault.rows().isEmpty)
    #expect(try vault.store.row(of: KeyVault.id(1)) == nil)
    #expect(try VaultDisk.names(vault.layout.keys) == ["store"])
    #expect(try VaultDisk.names(vault.state.folder) == ["epoch-1"])
  }

  @Test func makingItTwiceChangesNothingAndNeverReplacesARow() throws {
    let vault = try KeyVault()
    let before = try vault.files()
    _ = try KeyStore.create(vault.layout, vault.state)
    #expect(try vault.files() == before)
    try vault.add(1)
    try vault.store.fold()
    #expect(throws: VaultError.alreadyAVault(vault.layout.root)) {
      try KeyStore.create(vault.layout, vault.state)
    }
    #expect(try vault.rows().count == 1)
  }

  @Test func aRowIsFoundLooseAndFolded() throws {
    let vault = try KeyVault()
    let rows = try (0..<5).map { try vault.add($0) }.sorted { $0.id < $1.id }
    #expect(try vault.rows() == rows)
    #expect(try VaultDisk.names(vault.layout.keys).count == 6)
    try vault.store.fold()
    #expect(try vault.rows() == rows)
    #expect(try VaultDisk.names(vault.layout.keys) == ["store"])
    #expect(try VaultDisk.names(vault.state.folder) == ["epoch-1"])
    for (id, bytes) in vault.plain { #expect(try vault.open(id) == bytes) }
  }

  @Test func aRowKeepsEveryField() throws {
    let vault = try KeyVault()
    let consents = ["", "a", String(repeating: "c", count: 64)]
    for (index, (frost, consent)) in zip(Frost.allCases, consents + consents).enumerated() {
      let row = try #require(
        KeyRow(
          id: KeyVault.id(index), header: [UInt8](repeating: 7, count: [1, 168, 212][index % 3]),
          digest: [UInt8](repeating: UInt8(index), count: 32),
          byteCount: [0, 1, KeyRow.clipByteLimit][index % 3], consent: consent,
          addedAtMilliseconds: .min + Int64(index), expiresAtMilliseconds: .max - Int64(index),
          frostFloor: frost, logSalt: KeyRow.randomSalt()))
      #expect(row.encoded.count == KeyRow.encodedByteCount)
      #expect(KeyRow(row.encoded.span, at: 0) == row)
      try vault.store.add(row)
      try vault.store.fold()
      #expect(try vault.store.row(of: row.id) == row)
    }
  }

  @Test func aRowOfAnotherSizeIsNone() {
    func row(
      id: ClipID = KeyVault.id(1), header: Int = 168, digest: Int = 32, bytes: Int = 1,
      consent: Int = 8, salt: Int = 32
    ) -> KeyRow? {
      KeyRow(
        id: id, header: [UInt8](repeating: 1, count: header),
        digest: [UInt8](repeating: 1, count: digest), byteCount: bytes,
        consent: String(repeating: "c", count: consent), addedAtMilliseconds: 0,
        expiresAtMilliseconds: 0, frostFloor: .strict, logSalt: [UInt8](repeating: 1, count: salt))
    }
    #expect(row() != nil)
    #expect(row(id: KeyRow.nobody) == nil)
    #expect(row(header: 0) == nil && row(header: 213) == nil)
    #expect(row(digest: 31) == nil && row(digest: 33) == nil)
    #expect(row(bytes: -1) == nil && row(bytes: KeyRow.clipByteLimit + 1) == nil)
    #expect(row(consent: 65) == nil)
    #expect(row(salt: 31) == nil)
  }

  @Test func anIDIsTakenOnce() throws {
    let vault = try KeyVault()
    let row = try vault.add(1)
    #expect(throws: VaultError.clipKnown(row.id)) { try vault.store.add(row) }
    try vault.store.fold()
    #expect(throws: VaultError.clipKnown(row.id)) { try vault.store.add(row) }
    #expect(try vault.rows() == [row])
  }

  @Test func aRowIsTakenBack() throws {
    let vault = try KeyVault()
    let row = try vault.add(1)
    #expect(try vault.store.looseRowIDs() == [row.id])
    try vault.store.takeBack(row.id)
    try vault.store.takeBack(row.id)
    #expect(try vault.rows().isEmpty)
    try vault.store.add(row)
    #expect(try vault.rows() == [row])
  }

  @Test func looseRowsAreFoldedInWhenTheyAreMany() throws {
    let vault = try KeyVault()
    for index in 0...KeyStore.looseLimit { try vault.store.add(try vault.sealed(index).0) }
    #expect(try vault.store.looseRowIDs().count == 1)
    #expect(try vault.rows().count == KeyStore.looseLimit + 1)
  }

  @Test func digestsTellWhatIsKnown() throws {
    let vault = try KeyVault()
    func digest(_ index: Int) throws -> [UInt8] {
      try vault.store.keyedDigest(ofSHA256: Digest.sha256(KeyVault.content(index)))
    }
    for index in 0..<6 { try vault.add(index) }
    try vault.store.fold()
    for index in 6..<9 { try vault.add(index) }
    for index in 0..<9 {
      #expect(try vault.store.knows(digest: digest(index)) == .clip(KeyVault.id(index)))
    }
    #expect(try vault.store.knows(digest: digest(9)) == nil)
    // One row folded in and one loose, each dropped with and without a tombstone.
    #expect(try vault.store.drop([KeyVault.id(0), KeyVault.id(6)], entomb: true) == 2)
    try vault.add(10)
    #expect(try vault.store.drop([KeyVault.id(1), KeyVault.id(10)], entomb: false) == 2)
    for (index, known) in [(0, KnownClip.erased), (6, .erased), (2, .clip(KeyVault.id(2)))] {
      #expect(try vault.store.knows(digest: digest(index)) == known)
    }
    for index in [1, 10] { #expect(try vault.store.knows(digest: digest(index)) == nil) }
    #expect(try vault.store.drop([KeyRow.nobody], entomb: false) == 0)
    #expect(try vault.store.knows(digest: digest(0)) == .erased)
    // What was not entombed may come back; a tombstone outranks a clip of the same digest.
    try vault.store.add(try vault.sealed(1).0)
    try vault.store.add(try vault.sealed(0).0)
    try vault.store.fold()
    #expect(try vault.store.knows(digest: digest(1)) == .clip(KeyVault.id(1)))
    #expect(try vault.store.knows(digest: digest(0)) == .erased)
  }

  @Test func theDigestKeyIsTheVaultsOwn() throws {
    let (one, other) = (try KeyVault(), try KeyVault())
    let sha256 = Digest.sha256([1])
    let digest = try one.store.keyedDigest(ofSHA256: sha256)
    #expect(try one.store.keyedDigest(ofSHA256: sha256) == digest)
    #expect(try other.store.keyedDigest(ofSHA256: sha256) != digest)
    try one.store.drop([KeyVault.id(1)], entomb: true)
    #expect(try one.store.keyedDigest(ofSHA256: sha256) == digest)
  }

  @Test func expiredRowsAreThoseWhoseTimeIsUp() throws {
    let vault = try KeyVault()
    for index in 0..<4 { try vault.add(index, expiresAt: 100) }
    try vault.store.fold()
    for index in 4..<6 { try vault.add(index, expiresAt: 100) }
    #expect(try vault.store.expired(atMilliseconds: 99).isEmpty)
    #expect(try Set(vault.store.expired(atMilliseconds: 101)) == [KeyVault.id(0), KeyVault.id(1)])
    #expect(try vault.store.expired(atMilliseconds: 105).count == 6)
  }

  @Test func theLogNameIsAnHMACUnderTheRowsSalt() throws {
    let vault = try KeyVault()
    let row = try vault.add(1)
    let expected = Digest.hmac(row.id.bytes, key: row.logSalt).prefix(16)
    #expect(row.logName.bytes == Array(expected))
  }

  @Test func manyRowsSpanChunks() throws {
    let vault = try KeyVault()
    let template = try vault.sealed(0).0
    var rows: [KeyRow] = []
    for index in 0..<400 {
      let row = try #require(
        KeyRow(
          id: KeyVault.id(index), header: template.header,
          digest: Digest.sha256([UInt8(index & 0xFF), UInt8(index >> 8)]), byteCount: index,
          consent: "c", addedAtMilliseconds: 0, expiresAtMilliseconds: Int64(index),
          frostFloor: .strict, logSalt: template.logSalt))
      rows.append(row)
    }
    try vault.fill(rows)
    rows.sort { $0.id < $1.id }
    #expect(try vault.rows() == rows)
    let ids = Set(rows.enumerated().filter { $0.offset % 7 == 0 }.map(\.element.id))
    #expect(try vault.store.drop(ids, entomb: true) == ids.count)
    #expect(try vault.rows() == rows.filter { !ids.contains($0.id) })
    for row in rows.prefix(60) {
      let known = try vault.store.knows(digest: row.digest)
      #expect(known == (ids.contains(row.id) ? .erased : .clip(row.id)))
    }
  }

  /// The store against a dictionary, over 200 operations by each seed.
  @Test(arguments: isSoak ? Array(1...50) : [1])
  func agreesWithADictionary(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let vault = try KeyVault()
    var model: [ClipID: KeyRow] = [:]
    var erased: Set<[UInt8]> = []
    var gone: [KeyRow] = []
    var next = 0
    for _ in 0..<200 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        let row = try vault.sealed(next).0
        next += 1
        try vault.store.add(row)
        model[row.id] = row
      case 4: try vault.store.fold()
      case 5:
        let ids = Set(model.keys.sorted().shuffled(using: &random).prefix(2))
        let entomb = Bool.random(using: &random)
        #expect(try vault.store.drop(ids, entomb: entomb) == ids.count)
        for id in ids.sorted() {
          let removed = model.removeValue(forKey: id)
          let row = try #require(removed)
          gone.append(row)
          if entomb { erased.insert(row.digest) }
        }
      case 6: vault.store = try KeyStore.open(vault.layout, vault.state)
      case 7: try vault.store.recover()
      default:
        if let row = model.values.sorted(by: { $0.id < $1.id }).randomElement(using: &random) {
          #expect(try vault.store.row(of: row.id) == row)
          #expect(try vault.store.knows(digest: row.digest) == .clip(row.id))
        }
        if let row = gone.randomElement(using: &random) {
          #expect(try vault.store.row(of: row.id) == nil)
          let known = try vault.store.knows(digest: row.digest)
          #expect(known == (erased.contains(row.digest) ? .erased : nil))
        }
      }
    }
    #expect(try vault.rows() == model.values.sorted { $0.id < $1.id })
    #expect(!gone.isEmpty && !erased.isEmpty && !model.isEmpty)
  }

  @Test func aReaderThatWasOpenBeforeSeesTheNewEpoch() throws {
    let vault = try KeyVault(clips: 2)
    let reader = try KeyStore.open(vault.layout, vault.state)
    try vault.store.drop([KeyVault.id(0)], entomb: true)
    #expect(try reader.row(of: KeyVault.id(0)) == nil)
    #expect(try reader.row(of: KeyVault.id(1)) != nil)
  }
}

extension KeyVault {
  /// Puts many rows into the store at once, as folding in so many loose ones would.
  func fill(_ rows: [KeyRow]) throws {
    let old = try KeyStoreFile.open(layout, state)
    let loose = try rows.map { row in
      let file = try #require(LooseRow.seal(row, old.identity.recipient))
      return try LooseRow(file, of: row.id, old.identity)
    }
    var rewriting = try KeyStoreRewriting(of: old, taking: loose)
    let incoming = VaultDisk.incoming(layout.keyStore)
    try rewriting.write(to: incoming, epoch: old.preamble.epoch, old.identity.recipient)
    try store.name(incoming)
  }
}
