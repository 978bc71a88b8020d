// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

/// Crashes at every step of taking a clip in; the next start must find nothing half.
@Suite struct IntakeCrashTests {
  private static let id = ClipID(high: 1, low: 2)
  private static let bytes = Array("clip of a crash".utf8)

  /// Takes one clip into the vault of a folder, without the gate.
  private static func take(
    in path: String, vault: VaultID, register: () throws(VaultError) -> Void,
    willDo: @escaping (IntakeStep) throws(VaultError) -> Void
  ) throws {
    let state = VaultState(root: path + "/state", vault: vault)
    let layout = VaultLayout(root: path + "/vault")
    let keys = try KeyStore.open(layout, state)
    var intake = ClipIntake(layout: layout, keys: keys)
    intake.willDo = willDo
    let sealed = try ClipSealer(AgeIdentity().recipient).seal(bytes.span)
    let sha256 = Digest.sha256(bytes)
    let row = try #require(
      KeyRow(
        id: id, header: sealed.header, digest: try keys.keyedDigest(ofSHA256: sha256),
        byteCount: bytes.count, consent: "CR-7", addedAtMilliseconds: 0,
        expiresAtMilliseconds: 1, frostFloor: .frosted, logSalt: KeyRow.randomSalt()))
    try intake.take(
      .init(row: row, sealed: sealed, sha256: sha256, document: ConsentFixture().document),
      register: register)
  }

  @Test(arguments: IntakeStep.allCases) func aKilledIntakeLeavesNothingHalf(
    step: IntakeStep
  ) async throws {
    let folder = try TemporaryFolder()
    let vault = VaultID.random()
    let (layout, keys) = try IngestFixture.vault(in: folder.path, id: vault)
    let path = folder.path
    let text = vault.text
    let number = step.rawValue
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, text = text as String, number = number as Int] in
      try IntakeCrashTests.take(in: path, vault: try #require(VaultID(text: text))) {
        () throws(VaultError) in
        // The store's stand-in: a durable mark that the clip was registered.
        try VaultDisk.writeNew(path + "/registered", [])
      } willDo: { step throws(VaultError) in
        if step.rawValue == number { kill(getpid(), SIGKILL) }
      }
    }
    let isRegistered = FileManager.default.fileExists(atPath: path + "/registered")
    #expect(isRegistered == (step == .done))
    let consents = ConsentFolder(layout)
    #expect(try (consents.read("CR-7") != nil) == (step != .keepRecord))
    if ![.keepRecord, .writeClip].contains(step) {
      let names = try VaultDisk.names(layout.clips)
      #expect(names.contains { $0.hasSuffix(Self.id.text) }, "the crash came too early")
    }
    try ClipIntake(layout: layout, keys: keys).sweep(knownIDs: isRegistered ? [Self.id] : [])
    #expect(try VaultDisk.names(layout.clips) == (isRegistered ? [Self.id.text] : []))
    #expect(try (keys.row(of: Self.id) != nil) == isRegistered)
    let digest = try keys.keyedDigest(ofSHA256: Digest.sha256(Self.bytes))
    #expect(try keys.knows(digest: digest) == (isRegistered ? .clip(Self.id) : nil))
  }

  /// A crash behind which somebody else folded the loose row into the store.
  @Test func aFoldedRowOfNobodyGoesToo() throws {
    let folder = try TemporaryFolder()
    let vault = VaultID.random()
    let (layout, keys) = try IngestFixture.vault(in: folder.path, id: vault)
    struct Crash: Error {}
    #expect(throws: VaultError.self) {
      try Self.take(in: folder.path, vault: vault) {
      } willDo: { step throws(VaultError) in
        if step == .register { throw .store("crash") }
      }
    }
    try keys.fold()
    #expect(try keys.row(of: Self.id) != nil, "the positive control")
    try ClipIntake(layout: layout, keys: keys).sweep(knownIDs: [])
    #expect(try keys.row(of: Self.id) == nil)
    #expect(try VaultDisk.names(layout.clips).isEmpty)
  }

  @Test(arguments: IntakeStep.allCases.dropLast()) func aFailureAtAnyStepIsToldAndUndone(
    step: IntakeStep
  ) throws {
    let fixture = try IngestFixture()
    let texts = (0..<3).map { "clip \($0)" }
    let clips = try texts.enumerated().map { try fixture.source("\($0.offset).mp4", $0.element) }
    for (index, text) in texts.enumerated() { try fixture.consent("CR-\(index)", of: [text]) }
    let lines = (0..<3).map { fixture.line("\($0).mp4", consent: "CR-\($0)") }.joined()
    var ingest = try fixture.ingest(manifest: lines)
    let full = VaultError.system(SystemFailure(.write, "/v", code: ENOSPC))
    let store = fixture.store
    ingest.intake.willDo = { next throws(VaultError) in
      if next == step, store.records.count == 1 { throw full }
    }
    let summary = ingest.run(clips)
    #expect(summary.failure == full && summary.exitCode == 74)
    #expect(summary.accepted == [clips[0]] && summary.ids == store.records.map(\.id))
    #expect(try fixture.fileNames == summary.ids.map(\.text))
    #expect(clips.map(fixture.exists) == [false, true, true])
    ingest.intake.willDo = { _ throws(VaultError) in }
    #expect(ingest.run(Array(clips.dropFirst())).accepted == Array(clips.dropFirst()))
    #expect(try fixture.fileNames == store.records.map(\.id.text).sorted())
    for (record, text) in zip(store.records, texts) {
      #expect(try fixture.open(record.id) == Array(text.utf8))
    }
  }

  @Test func aStoreThatRefusesLeavesNoFile() throws {
    let fixture = try IngestFixture()
    fixture.store.refusal = .store("The disk is full.")
    let clip = try fixture.source("a.mp4", "clip a")
    #expect(try fixture.bench([clip]).run([clip]).failure == .store("The disk is full."))
    #expect(try fixture.fileNames.isEmpty)
    fixture.store.refusal = nil
    #expect(try fixture.bench([clip]).run([clip]).accepted == [clip])
  }

  @Test func theSweepLeavesAloneWhatIsNotAHalfClip() throws {
    let fixture = try IngestFixture()
    let layout = fixture.layout
    for name in ["notes", ".incoming-notes", "0123"] {
      try VaultDisk.writeNew(layout.clips + "/" + name, [])
    }
    try VaultDisk.writeNew(layout.incomingClip(Self.id), [])
    try ClipIntake(layout: layout, keys: fixture.keys).sweep(knownIDs: [])
    #expect(try fixture.fileNames == [".incoming-notes", "0123", "notes"])
  }

  @Test func aLostStoreCostsNoClip() throws {
    let fixture = try IngestFixture()
    let clips = try (0..<2).map { try fixture.source("\($0).mp4", "clip \($0)") }
    let ids = try fixture.bench(clips).run(clips).ids
    let before = try fixture.fileNames
    let other = IngestFixture.strangers(fixture)
    let summary = try other.bench(clips).run(clips)
    #expect(summary.failure == .strangers(2) && summary.exitCode == 65)
    #expect(try fixture.fileNames == before)
    for id in ids { #expect(try fixture.keys.row(of: id) != nil) }
  }

  /// The attack: at each step, and afterwards, every file of the vault and of its state is searched
  /// for any 32 bytes of the clip.
  @Test func nothingPlainLiesInTheVaultAtAnyStep() throws {
    let fixture = try IngestFixture()
    var random = SeededGenerator(seed: 11)
    let words = (0..<9000).map { _ in random.next() }
    let bytes =
      Array("clip ".utf8) + words.flatMap { word in (0..<8).map { UInt8(word >> (8 * $0) & 0xFF) } }
    let clip = try fixture.source("a.mp4", bytes: bytes)
    try fixture.consent("CR-1", of: [bytes])
    let search = PlainSearch(bytes)
    #expect(search.finds(in: Array("head".utf8) + bytes[1234..<1266] + [0]), "the positive control")
    #expect(try search.files(below: fixture.folder.path) == [clip], "the positive control")
    var ingest = try fixture.ingest(manifest: fixture.line("a.mp4"))
    var searched: [IntakeStep] = []
    let found = Found()
    let path = fixture.folder.path
    let steps = Steps()
    ingest.intake.willDo = { step throws(VaultError) in
      steps.seen.append(step)
      for name in ["/vault", "/state"] {
        found.paths += (try? search.files(below: path + name)) ?? ["unreadable"]
      }
    }
    let summary = ingest.run([clip])
    searched = steps.seen
    #expect(summary.accepted == [clip] && searched == IntakeStep.allCases)
    #expect(found.paths.isEmpty)
    #expect(try search.files(below: path).isEmpty, "the source is gone as well")
    #expect(try fixture.open(try #require(summary.ids.first)) == bytes)
  }

  private final class Steps { var seen: [IntakeStep] = [] }
  private final class Found { var paths: [String] = [] }
}

/// Finds any 32 bytes of a clip in other bytes.
struct PlainSearch {
  private let clip: [UInt8]
  /// Where each aligned word of the clip stands; any 32 of its bytes hold three of them.
  private let words: [UInt64: Int]

  init(_ clip: [UInt8]) {
    self.clip = clip
    var words: [UInt64: Int] = [:]
    for start in stride(from: 0, through: clip.count - 8, by: 8) {
      words[Self.word(clip[start..<start + 8])] = start
    }
    self.words = words
  }

  func finds(in bytes: [UInt8]) -> Bool {
    guard bytes.count >= 32 else { return false }
    var word = Self.word(bytes[0..<8])
    for end in 8...bytes.count {
      if let start = words[word], matches(bytes, at: end - 8, start) { return true }
      if end < bytes.count { word = word << 8 | UInt64(bytes[end]) }
    }
    return false
  }

  /// The regular files below a folder that hold some of the clip.
  func files(below path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).map { path + "/" + $0 }.filter {
      guard case .file(let count, _) = VaultDisk.kind($0) else { return false }
      return finds(in: try VaultDisk.read($0, limit: count))
    }
  }

  /// Whether at least 32 bytes around the word are the clip's.
  private func matches(_ bytes: [UInt8], at place: Int, _ start: Int) -> Bool {
    var before = 0
    while before < 24, place > before, start > before,
      bytes[place - before - 1] == clip[start - before - 1]
    { before += 1 }
    var length = before
    while place - before + length < bytes.count, start - before + length < clip.count, length < 32,
      bytes[place - before + length] == clip[start - before + length]
    { length += 1 }
    return length >= 32
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
