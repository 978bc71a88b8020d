// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictTOML
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct IngestTests {
  private let fixture: IngestFixture

  init() throws { fixture = try IngestFixture() }

  @Test func takesClipsInWithTheirProvenance() throws {
    let porch = try fixture.source("a.mp4", "clip a")
    let staff = try fixture.source("b.mp4", "clip b")
    try fixture.consent("CR-1", of: ["clip a"])
    try fixture.consent("P-1", of: ["clip b"]) { record in
      ConsentFixture.participants.with("record_id", raw: #""P-1""#).with("clips", record["clips"])
    }
    var seen: [IngestProgress] = []
    let lines =
      fixture.line("a.mp4") + fixture.line("b.mp4", "bench", consent: "P-1", isStaff: true)
    let summary = try fixture.ingest(manifest: lines).run([porch, staff]) { seen.append($0) }
    #expect(summary.findings.isEmpty && summary.failure == nil)
    #expect(summary.accepted == [porch, staff] && summary.exitCode == 0)
    #expect(summary.sentence == "2 clips taken in, none refused.")
    #expect(seen.map(\.done) == [0, 1, 2] && seen.last?.path == "")
    #expect(fixture.store.records.map(\.id) == summary.ids)
    let first = try #require(fixture.store.registrations.first)
    #expect(first.record.source == .customerFeedback && first.record.consent == "CR-1")
    #expect(first.record.camera == CameraID("porch-2") && first.record.facts == FakeProbe.facts)
    #expect(first.record.ingestedAtMilliseconds == fixture.now)
    #expect(first.subjects == ["subject-42"] && !first.isSourceKept)
    let row = try #require(try fixture.keys.row(of: first.record.id))
    #expect(row.logName == first.logName && row.consent == "CR-1" && row.byteCount == 6)
    #expect(row.expiresAtMilliseconds == first.expiresAtMilliseconds && row.frostFloor == .strict)
    let second = try #require(fixture.store.registrations.last)
    #expect(second.record.source == .staffTest && second.record.consent == "P-1")
    #expect(second.subjects == ["staff-3"])
    #expect(try fixture.keys.row(of: second.record.id)?.frostFloor == .clear)
    #expect(try fixture.open(first.record.id) == Array("clip a".utf8))
    #expect(try fixture.open(second.record.id) == Array("clip b".utf8))
    let path = fixture.layout.clip(first.record.id)
    let mode = try FileManager.default.attributesOfItem(atPath: path)
    #expect(mode[.posixPermissions] as? Int == 0o600)
    // Rows were folded in, records kept; the customer's source is gone, the staff's is not.
    #expect(try fixture.fileNames == summary.ids.map(\.text).sorted())
    for id in ["CR-1", "P-1"] {
      #expect(
        try ConsentFolder(fixture.layout).read(id)
          == ConsentFolder(folder: fixture.consentPath).read(id))
    }
    #expect(!fixture.exists(porch) && fixture.exists(staff))
  }

  @Test func theEarliestEndIsTheClips() throws {
    fixture.rules.retentionDays = 3
    let long = try fixture.source("a.mp4", "clip a")
    let short = try fixture.source("b.mp4", "clip b")
    try fixture.consent("CR-1", of: ["clip a"])
    try fixture.consent("CR-2", of: ["clip b"]) { $0.with("storage_days", raw: "2") }
    let lines = fixture.line("a.mp4") + fixture.line("b.mp4", consent: "CR-2")
    let summary = try fixture.ingest(manifest: lines).run([long, short])
    #expect(summary.accepted.count == 2)
    let given: Int64 = 1_768_425_600_000
    let day = ConsentFixture.day
    #expect(
      fixture.store.registrations.map(\.expiresAtMilliseconds)
        == [fixture.now + 3 * day, given + 2 * day])
    #expect(try fixture.keys.expired(atMilliseconds: given + 2 * day) == [summary.ids[1]])
  }

  @Test func aCheckListsEverythingAndChangesNothing() throws {
    let good = try fixture.source("a.mp4", "clip a")
    let bad = try fixture.source("b.mp4", "text")
    try fixture.consent("CR-1", of: ["clip a", "text"])
    let path = fixture.folder.path
    let before = try FileManager.default.subpathsOfDirectory(atPath: path)
    let summary = try fixture.ingest(manifest: fixture.line("a.mp4") + fixture.line("b.mp4"))
      .check([good, bad])
    #expect(summary.accepted == [good] && summary.ids.isEmpty)
    #expect(summary.findings.map(\.sentence) == ["\(bad) is refused: it is not a video."])
    #expect(summary.sentence == "1 clip can be taken in, 1 refused; nothing was changed.")
    #expect(summary.exitCode == 65 && fixture.store.records.isEmpty)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: path) == before)
  }

  @Test func refusesWhatIsNoClipInOneSentenceEach() throws {
    let good = try fixture.source("good.mp4", "clip")
    let empty = try fixture.source("empty.mp4", "")
    let text = try fixture.source("text.mp4", "text")
    let pipe = fixture.clipsPath + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let large = try fixture.source("large.mp4", "clip")
    #expect(unsafe Foundation.truncate(large, KeyRow.clipByteLimit + 1) == 0)
    let missing = fixture.clipsPath + "/missing.mp4"
    let paths = [empty, text, pipe, large, missing, fixture.clipsPath, good]
    let summary = try fixture.bench([good, text]).run(paths)
    let reasons = summary.findings.map { $0.sentence.split(separator: " is refused: ").last ?? "" }
    #expect(
      reasons == [
        "it is empty.", "it is not a video.", "it is not a regular file.",
        "it is larger than 100 MiB; cut it and try again.", "there is no such file.",
        "it is a folder; name the clips in it.",
      ])
    #expect(summary.accepted == [good])
    // What can be refused without a decoder never reaches one.
    #expect(fixture.probe.count == 2)
  }

  @Test func refusesDuplicates() throws {
    let first = try fixture.source("a.mp4", "clip a")
    let copy = try fixture.source("copy.mp4", "clip a")
    let other = try fixture.source("b.mp4", "clip b")
    let all = [first, copy, other]
    let summary = try fixture.bench(all).run(all)
    #expect(summary.accepted == [first, other])
    #expect(
      summary.findings.map(\.sentence) == [
        "\(copy) is refused: it is the same as \(first); leave it out."
      ])
    let id = try #require(summary.ids.first)
    for again in [try fixture.bench([copy]).check([copy]), try fixture.bench([copy]).run([copy])] {
      #expect(
        again.findings.map(\.sentence) == [
          "\(copy) is refused: it is the same as clip \(id.short) of the vault; leave it out."
        ])
    }
  }

  @Test func anErasedClipDoesNotComeBack() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    let id = try #require(try fixture.bench([clip]).run([clip]).ids.first)
    try fixture.keys.drop([id], entomb: true)
    let again = IngestFixture.strangers(fixture)
    let summary = try again.bench([clip]).run([clip])
    #expect(
      summary.findings.map(\.sentence) == [
        "\(clip) is refused: it was erased on request and is not taken in again."
      ])
    let other = try fixture.source("b.mp4", "clip b")
    #expect(try again.bench([other]).run([other]).accepted == [other])
  }

  @Test func staffTestClipsNeedAStaffCamera() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    for camera in ["porch-2", "nobody"] {
      let sentence =
        "\(clip) is refused: camera \"\(camera)\" is not marked staff = true in cameras.toml, "
        + "so its clips cannot be staff test clips."
      let flag = try fixture.bench([clip], camera: camera).run([clip])
      #expect(flag.findings.map(\.sentence) == [sentence])
      let line = fixture.line("a.mp4", camera, consent: "P-1", isStaff: true)
      #expect(try fixture.ingest(manifest: line).run([clip]).findings.map(\.sentence) == [sentence])
    }
    #expect(fixture.store.records.isEmpty)
    #expect(try fixture.bench([clip]).run([clip]).accepted == [clip])
  }

  @Test func staffTestClipsNeedARecordOfTheirParticipants() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    let other = try fixture.source("b.mp4", "clip b")
    let named = fixture.ingest(
      .staffTest(camera: CameraID("bench"), consent: StaffConsent(recordID: "P-9")))
    #expect(
      named.run([clip]).findings.map(\.sentence) == [
        "\(clip) is refused: its \"consent\" record \"P-9\" is not in the vault; put it beside the "
          + "manifest, in the folder that --consents names."
      ])
    let summary = try fixture.bench([clip]).run([clip, other])
    #expect(summary.accepted == [clip] && summary.findings.count == 1)
    #expect(summary.findings.first?.sentence.contains("about other clips") == true)
    // Once a record is in the vault its id will do.
    let id = try #require(fixture.store.records.first?.consent)
    try fixture.keys.drop([try #require(summary.ids.first)], entomb: false)
    let again = IngestFixture.strangers(fixture).ingest(
      .staffTest(camera: CameraID("bench"), consent: StaffConsent(recordID: id)))
    #expect(again.run([clip]).accepted == [clip])
  }

  @Test func anUnknownCameraIsRemarkedUpon() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    try fixture.consent("CR-1", of: ["clip a"])
    let summary = try fixture.ingest(manifest: fixture.line("a.mp4", "attic")).run([clip])
    #expect(summary.accepted == [clip] && summary.refusedCount == 0 && summary.exitCode == 0)
    #expect(summary.findings.map(\.kind) == [.remark])
    #expect(
      summary.findings.first?.sentence
        == "\(clip): camera \"attic\" is not in cameras.toml, "
        + "so the clip will be shown as coarse as can be.")
  }

  @Test func theManifestDecides() throws {
    let a = try fixture.source("a.mp4", "clip a")
    let b = try fixture.source("b.mp4", "clip b")
    let other = try TemporaryFolder()
    let otherA = try other.write("a.mp4", "clip other")
    try fixture.consent("CR-1", of: ["clip a"])
    let bad = #"{"clip":"b.mp4","source":"customer-feedback","camera":"porch-2"}"# + "\n"
    let summary = try fixture.ingest(manifest: fixture.line("a.mp4") + bad + "!\n")
      .run([a, b, otherA])
    #expect(summary.accepted == [a])
    #expect(
      summary.findings.map(\.sentence) == [
        "manifest.jsonl:3:1: a value must stand here.",
        "\(b) is refused: its line in the manifest is wrong (manifest.jsonl:2:1: a customer's clip "
          + "needs the id of a consent record in \"consent\").",
        "\(otherA) is refused: line 1 of manifest.jsonl is that of \(a) already; rename one.",
      ])
    #expect(summary.sentence == "1 clip taken in, 2 refused; the manifest has 1 bad line.")
    #expect(summary.exitCode == 65)
    let missing = try fixture.ingest(manifest: fixture.line("x.mp4")).run([b])
    #expect(
      missing.findings.map(\.sentence) == [
        "\(b) is refused: manifest.jsonl has no line for it; add one and try again."
      ])
  }

  @Test func oneProcessAtATime() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    do {
      let lock = try VaultLock(fixture.layout.lockFile, vault: fixture.layout.root)
      let summary = try fixture.bench([clip]).run([clip])
      #expect(summary.failure == .busy(fixture.layout.root) && summary.exitCode == 75)
      withExtendedLifetime(lock) {}
    }
    #expect(fixture.store.records.isEmpty)
    #expect(try fixture.bench([clip]).run([clip]).accepted == [clip])
  }

  @Test func writesATemplateThatOnlyLacksTheConsent() throws {
    let clips = try TemporaryFolder()
    try clips.write("b.mp4", "clip b")
    try clips.write("a.MKV", "clip a")
    try clips.write("text.avi", "text")
    try clips.write("notes.txt", "clip")
    try clips.write(".hidden.mp4", "clip")
    let template = try ManifestTemplate(folder: clips.path + "/", probe: fixture.probe)
    #expect(template.clips == ["a.MKV", "b.mp4"])
    #expect(
      template.findings.map(\.sentence) == [
        "\(clips.path)/text.avi is left out: it is not a video."
      ])
    let written = try template.write()
    #expect(written == ["\(clips.path)/manifest.jsonl", "\(clips.path)/cameras.toml"])
    #expect(throws: VaultError.self) { try template.write() }
    let taxonomy = try TaxonomyFile.parse(DefaultTaxonomy.text)
    let manifest = try ManifestFile.read(written[0], taxonomy: taxonomy)
    #expect(manifest.entries.isEmpty)
    #expect(manifest.complaints.allSatisfy { $0.message.contains("consent record") })
    let text = template.manifestText.replacing(#""consent":"""#, with: #""consent":"CR-1""#)
    let filled = ManifestFile.parse(Array(text.utf8), fileName: "m", taxonomy: taxonomy)
    #expect(filled.complaints.isEmpty && filled.entries.count == 2)
    let stubs = try String(contentsOfFile: written[1], encoding: .utf8)
    let camera = try #require(filled.entries["b.mp4"]).camera
    #expect(try CamerasFile.parse(stubs)[camera]?.isStaff == false)
  }
}
