// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@testable import ClipVault

/// Crashes at every step of taking a clip in; the next start must find nothing half.
@Suite struct IntakeCrashTests {
  private static let id = ClipID(high: 1, low: 2)
  private static let bytes = Array("clip of a crash".utf8)

  private static func take(
    in layout: VaultLayout, register: () throws(VaultError) -> Void,
    willDo: @escaping (IntakeStep) throws(VaultError) -> Void
  ) throws(VaultError) {
    let key = KeyFile(
      sha256: KeyFile.digest(bytes), byteCount: bytes.count, consent: "",
      addedAtMilliseconds: 0)
    try ClipIntake(layout: layout, willDo: willDo).take(bytes, key: key, id: id, register: register)
  }

  @Test(arguments: IntakeStep.allCases) func aKilledIntakeLeavesNothingHalf(
    step: IntakeStep
  ) async throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let root = vault.layout.root
    let number = step.rawValue
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [root = root as String, number = number as Int] in
      let layout = VaultLayout(root: root)
      try IntakeCrashTests.take(in: layout) { () throws(VaultError) in
        // The store's stand-in: a durable mark that the clip was registered.
        try VaultDisk.writeNew(root + "/store/registered", [])
      } willDo: { step throws(VaultError) in
        if step.rawValue == number { kill(getpid(), SIGKILL) }
      }
    }
    let isRegistered = FileManager.default.fileExists(atPath: root + "/store/registered")
    #expect(isRegistered == (step == .done))
    if step != .writeClip { #expect(try !vault.fileNames.isEmpty, "the crash came too early") }
    try ClipIntake(layout: vault.layout).sweep(knownIDs: isRegistered ? [Self.id] : [])
    if isRegistered {
      #expect(try ClipFile.read(Self.id, in: vault.layout) == Self.bytes)
    } else {
      #expect(try vault.fileNames.isEmpty)
    }
  }

  @Test(arguments: IntakeStep.allCases.dropLast()) func aFailureAtAnyStepIsToldAndUndone(
    step: IntakeStep
  ) throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let store = FakeStore()
    let clips = try (0..<3).map { try folder.write("\($0).mp4", "clip \($0)") }
    var ingest = Ingest(
      vault: vault, provenance: .staffTest(camera: CameraID("bench")), probe: FakeProbe(),
      catalogue: store.catalogue, nowMilliseconds: { 0 })
    let full = VaultError.system(SystemFailure(.write, "/v", code: ENOSPC))
    ingest.intake.willDo = { next throws(VaultError) in
      if next == step, store.records.count == 1 { throw full }
    }
    let summary = ingest.run(clips)
    #expect(summary.failure == full && summary.exitCode == 74)
    #expect(summary.accepted == [clips[0]] && summary.ids == store.records.map(\.id))
    #expect(try vault.fileNames.count == 2)
    ingest.intake.willDo = { _ throws(VaultError) in }
    #expect(ingest.run(Array(clips.dropFirst())).accepted == Array(clips.dropFirst()))
    #expect(try vault.fileNames.count == 6)
  }

  @Test func aStoreThatRefusesLeavesNoFile() throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let store = FakeStore()
    store.refusal = .store("The disk is full.")
    let clip = try folder.write("a.mp4", "clip a")
    let ingest = Ingest(
      vault: vault, provenance: .staffTest(camera: CameraID("bench")), probe: FakeProbe(),
      catalogue: store.catalogue, nowMilliseconds: { 0 })
    #expect(ingest.run([clip]).failure == .store("The disk is full."))
    #expect(try vault.fileNames.isEmpty)
    store.refusal = nil
    #expect(ingest.run([clip]).accepted == [clip])
  }

  @Test func theSweepLeavesAloneWhatIsNotAHalfClip() throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let intake = ClipIntake(layout: vault.layout)
    for name in ["notes", ".incoming-notes", "0123"] {
      try VaultDisk.writeNew(vault.layout.clips + "/" + name, [])
    }
    try VaultDisk.writeNew(vault.layout.incomingClip(Self.id), [])
    try intake.sweep(knownIDs: [])
    #expect(try vault.fileNames == [".incoming-notes", "0123", "notes"])
  }

  @Test func aLostStoreCostsNoClip() throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let store = FakeStore()
    let clips = try (0..<2).map { try folder.write("\($0).mp4", "clip \($0)") }
    func ingest(_ store: FakeStore) -> Ingest {
      Ingest(
        vault: vault, provenance: .staffTest(camera: CameraID("bench")), probe: FakeProbe(),
        catalogue: store.catalogue, nowMilliseconds: { 0 })
    }
    #expect(ingest(store).run(clips).failure == nil)
    let before = try vault.fileNames
    let summary = ingest(FakeStore()).run(clips)
    #expect(summary.failure == .strangers(2) && summary.exitCode == 65)
    #expect(try vault.fileNames == before)
  }
}
