// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictTOML
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct IngestTests {
  private let folder: TemporaryFolder
  private let vault: Vault
  private let store = FakeStore()
  private let probe = FakeProbe()

  init() throws {
    folder = try TemporaryFolder()
    vault = try Vault.forTests(in: folder)
  }

  private func ingest(_ provenance: Ingest.Provenance) -> Ingest {
    Ingest(
      vault: vault, provenance: provenance, probe: probe, catalogue: store.catalogue,
      nowMilliseconds: { 1_768_425_330_250 })
  }

  private func ingest(manifest: String) -> Ingest {
    ingest(
      .manifest(
        ManifestFile.parse(
          Array(manifest.utf8), fileName: "manifest.jsonl", taxonomy: vault.taxonomy)))
  }

  private var bench: Ingest { ingest(.staffTest(camera: CameraID("bench"))) }

  private func line(_ clip: String, _ camera: String = "porch-2", consent: String = "CR-1")
    -> String
  {
    let source = consent.isEmpty ? "staff-test" : "customer-feedback"
    return
      #"{"clip":"\#(clip)","source":"\#(source)","consent":"\#(consent)","camera":"\#(camera)"}"#
      + "\n"
  }

  @Test func takesClipsInWithTheirProvenance() throws {
    let porch = try folder.write("a.mp4", "clip a")
    let staff = try folder.write("b.mp4", "clip b")
    var seen: [IngestProgress] = []
    let summary = ingest(manifest: line("a.mp4") + line("b.mp4", "bench", consent: ""))
      .run([porch, staff]) { seen.append($0) }
    #expect(summary.findings.isEmpty && summary.failure == nil)
    #expect(summary.accepted == [porch, staff])
    #expect(summary.exitCode == 0)
    #expect(summary.sentence == "2 clips taken in, none refused.")
    #expect(seen.map(\.done) == [0, 1, 2] && seen.last?.path == "")
    #expect(store.records.map(\.id) == summary.ids)
    let record = try #require(store.records.first)
    #expect(record.source == .customerFeedback && record.consent == "CR-1")
    #expect(record.camera == CameraID("porch-2") && record.facts == FakeProbe.facts)
    #expect(record.ingestedAtMilliseconds == 1_768_425_330_250)
    #expect(try ClipFile.read(record.id, in: vault.layout) == Array("clip a".utf8))
    let key = try KeyFile.read(record.id, in: vault.layout)
    #expect(key.consent == "CR-1" && key.byteCount == 6)
    let mode = try FileManager.default.attributesOfItem(atPath: vault.layout.clip(record.id))
    #expect(mode[.posixPermissions] as? Int == 0o600)
  }

  @Test func aCheckListsEverythingAndChangesNothing() throws {
    let good = try folder.write("a.mp4", "clip a")
    let bad = try folder.write("b.mp4", "text")
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let summary = ingest(manifest: line("a.mp4") + line("b.mp4")).check([good, bad])
    #expect(summary.accepted == [good] && summary.ids.isEmpty)
    #expect(summary.findings.map(\.sentence) == ["\(bad) is refused: it is not a video."])
    #expect(summary.sentence == "1 clip can be taken in, 1 refused; nothing was changed.")
    #expect(summary.exitCode == 65)
    #expect(store.records.isEmpty)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path) == before)
  }

  @Test func refusesWhatIsNoClipInOneSentenceEach() throws {
    let good = try folder.write("good.mp4", "clip")
    let empty = try folder.write("empty.mp4", "")
    let text = try folder.write("text.mp4", "text")
    let pipe = folder.path + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let large = try folder.write("large.mp4", "clip")
    truncate(large, to: ClipFile.byteLimit + 1)
    let most = try folder.write("most.mp4", "clip of the greatest size")
    truncate(most, to: ClipFile.byteLimit)
    let missing = folder.path + "/missing.mp4"
    let paths = [empty, text, pipe, large, missing, folder.path, good, most]
    let summary = bench.run(paths)
    let reasons = summary.findings.map { $0.sentence.split(separator: " is refused: ").last ?? "" }
    #expect(
      reasons == [
        "it is empty.", "it is not a video.", "it is not a regular file.",
        "it is larger than 100 MiB; cut it and try again.", "there is no such file.",
        "it is a folder; name the clips in it.",
      ])
    #expect(summary.accepted == [good, most])
    // What can be refused without a decoder never reaches one.
    #expect(probe.count == 3)
  }

  private func truncate(_ path: String, to count: Int) {
    #expect(unsafe Foundation.truncate(path, count) == 0)
  }

  @Test func refusesDuplicates() throws {
    let first = try folder.write("a.mp4", "clip a")
    let copy = try folder.write("copy.mp4", "clip a")
    let other = try folder.write("b.mp4", "clip b")
    let summary = bench.run([first, copy, other])
    #expect(summary.accepted == [first, other])
    #expect(
      summary.findings.map(\.sentence) == [
        "\(copy) is refused: it is the same as \(first); leave it out."
      ])
    let id = try #require(summary.ids.first)
    for again in [bench.check([copy]), bench.run([copy])] {
      #expect(
        again.findings.map(\.sentence) == [
          "\(copy) is refused: it is the same as clip \(id.short) of the vault; leave it out."
        ])
    }
  }

  @Test func staffTestClipsNeedAStaffCamera() throws {
    let clip = try folder.write("a.mp4", "clip a")
    for camera in ["porch-2", "nobody"] {
      let sentence =
        "\(clip) is refused: camera \"\(camera)\" is not marked staff = true in cameras.toml, "
        + "so its clips cannot be staff test clips."
      let flag = ingest(.staffTest(camera: CameraID(camera))).run([clip])
      #expect(flag.findings.map(\.sentence) == [sentence])
      let listed = ingest(manifest: line("a.mp4", camera, consent: "")).run([clip])
      #expect(listed.findings.map(\.sentence) == [sentence])
    }
    #expect(store.records.isEmpty)
    #expect(bench.run([clip]).accepted == [clip])
    #expect(store.records.first?.source == .staffTest)
    #expect(store.records.first?.camera == CameraID("bench"))
  }

  @Test func anUnknownCameraIsRemarkedUpon() throws {
    let clip = try folder.write("a.mp4", "clip a")
    let summary = ingest(manifest: line("a.mp4", "attic")).run([clip])
    #expect(summary.accepted == [clip] && summary.refusedCount == 0 && summary.exitCode == 0)
    #expect(summary.findings.map(\.kind) == [.remark])
    #expect(
      summary.findings.first?.sentence
        == "\(clip): camera \"attic\" is not in cameras.toml, "
        + "so the clip will be shown as coarse as can be.")
  }

  @Test func theManifestDecides() throws {
    let a = try folder.write("a.mp4", "clip a")
    let b = try folder.write("b.mp4", "clip b")
    let other = try TemporaryFolder()
    let otherA = try other.write("a.mp4", "clip other")
    let bad = #"{"clip":"b.mp4","source":"customer-feedback","camera":"porch-2"}"# + "\n"
    let summary = ingest(manifest: line("a.mp4") + bad + "!\n").run([a, b, otherA])
    #expect(summary.accepted == [a])
    #expect(
      summary.findings.map(\.sentence) == [
        "manifest.jsonl:3:1: a value must stand here.",
        "\(b) is refused: its line in the manifest is wrong (manifest.jsonl:2:1: a customer's clip "
          + "needs the id of a consent record in \"consent\").",
        "\(otherA) is refused: line 1 of manifest.jsonl is that of \(a) already; rename one.",
      ])
    #expect(
      summary.sentence == "1 clip taken in, 2 refused; the manifest has 1 bad line.")
    #expect(summary.exitCode == 65)
    let missing = ingest(manifest: line("x.mp4")).run([b])
    #expect(
      missing.findings.map(\.sentence) == [
        "\(b) is refused: manifest.jsonl has no line for it; add one and try again."
      ])
  }

  @Test func oneProcessAtATime() throws {
    let clip = try folder.write("a.mp4", "clip a")
    let lock = try VaultLock(vault.layout.lockFile, vault: vault.layout.root)
    let summary = bench.run([clip])
    #expect(summary.failure == .busy(vault.layout.root) && summary.exitCode == 75)
    withExtendedLifetime(lock) {}
    #expect(store.records.isEmpty)
  }

  @Test func anotherIngestGoesOnOnceTheLockIsFree() throws {
    let clip = try folder.write("a.mp4", "clip a")
    _ = try VaultLock(vault.layout.lockFile, vault: vault.layout.root)
    #expect(bench.run([clip]).accepted == [clip])
    #expect(bench.run([clip]).failure == nil)
  }

  @Test func writesATemplateThatOnlyLacksTheConsent() throws {
    let clips = try TemporaryFolder()
    try clips.write("b.mp4", "clip b")
    try clips.write("a.MKV", "clip a")
    try clips.write("text.avi", "text")
    try clips.write("notes.txt", "clip")
    try clips.write(".hidden.mp4", "clip")
    let template = try ManifestTemplate(folder: clips.path + "/", probe: probe)
    #expect(template.clips == ["a.MKV", "b.mp4"])
    #expect(
      template.findings.map(\.sentence) == [
        "\(clips.path)/text.avi is left out: it is not a video."
      ])
    let written = try template.write()
    #expect(written == ["\(clips.path)/manifest.jsonl", "\(clips.path)/cameras.toml"])
    #expect(throws: VaultError.self) { try template.write() }
    let manifest = try ManifestFile.read(written[0], taxonomy: vault.taxonomy)
    #expect(manifest.entries.isEmpty)
    #expect(manifest.complaints.allSatisfy { $0.message.contains("consent record") })
    let text = template.manifestText.replacing(#""consent":"""#, with: #""consent":"CR-1""#)
    let filled = ManifestFile.parse(
      Array(text.utf8), fileName: "m", taxonomy: vault.taxonomy)
    #expect(filled.complaints.isEmpty && filled.entries.count == 2)
    let stubs = try String(contentsOfFile: written[1], encoding: .utf8)
    let camera = try #require(filled.entries["b.mp4"]).camera
    #expect(try CamerasFile.parse(stubs)[camera]?.isStaff == false)
  }
}
