// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct ClipFileTests {
  private let folder: TemporaryFolder
  private let layout: VaultLayout
  private let id: ClipID

  init() throws {
    folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    layout = vault.layout
    let ingest = Ingest(
      vault: vault, provenance: .staffTest(camera: CameraID("bench")), probe: FakeProbe(),
      catalogue: FakeStore().catalogue, nowMilliseconds: { 0 })
    id = try #require(ingest.run([try folder.write("a.mp4", "clip abc")]).ids.first)
    #expect(try ClipFile.read(id, in: layout) == Array("clip abc".utf8))
  }

  private func overwrite(_ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  @Test(arguments: ["clip abd", "clip ab", "clip abcd", ""])
  func aChangedClipIsNotOpened(text: String) throws {
    try overwrite(layout.clip(id), text)
    let error = #expect(throws: VaultError.clipChanged(id)) { try ClipFile.read(id, in: layout) }
    #expect(
      error?.sentence
        == "Clip \(id.short) has changed since it was taken in, so it is not opened.")
  }

  @Test func aMissingClipOrKeyIsSaid() throws {
    #expect(throws: VaultError.clipMissing(ClipID(high: 0, low: 0))) {
      try ClipFile.read(ClipID(high: 0, low: 0), in: layout)
    }
    try FileManager.default.removeItem(atPath: layout.clip(id))
    #expect(throws: VaultError.clipMissing(id)) { try ClipFile.read(id, in: layout) }
  }

  @Test(arguments: ["", "{}", "[]", #"{"sha256":"x","bytes":8,"consent":"","added_at_ms":0}"#])
  func aDamagedKeyIsSaid(text: String) throws {
    try overwrite(layout.key(id), text)
    #expect(throws: VaultError.keyDamaged(id)) { try ClipFile.read(id, in: layout) }
  }

  @Test func theDigestIsThatOfTheStandard() {
    #expect(
      KeyFile.digest(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
