// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@testable import ClipVault

/// What ingest asks of consent, what it does with records, and what becomes of source files.
@Suite struct IngestConsentTests {
  private let fixture: IngestFixture

  init() throws { fixture = try IngestFixture() }

  @Test func withoutConsentNoClipReachesADecoder() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    let line = fixture.line("a.mp4")
    func refusal() throws -> String {
      let summary = try fixture.ingest(manifest: line).run([clip])
      #expect(summary.accepted.isEmpty && summary.refusedCount == 1 && summary.exitCode == 65)
      return summary.findings.first?.sentence ?? ""
    }
    #expect(try refusal().contains("\"CR-1\" is not in the vault"))
    try fixture.consent("CR-1", of: ["clip b"])
    #expect(try refusal().contains("about other clips"))
    try fixture.consent("CR-1", of: ["clip a"], signedBy: ConsentFixture.stranger)
    #expect(try refusal().contains("no enrolled key"))
    try fixture.consent("CR-1", of: ["clip a"]) { $0.with("human_review", raw: "false") }
    #expect(try refusal().contains("human_review"))
    try fixture.consent("CR-1", of: ["clip a"])
    #expect(fixture.probe.count == 0 && fixture.exists(clip))
    #expect(try fixture.fileNames.isEmpty)
    #expect(try fixture.ingest(manifest: line).run([clip]).accepted == [clip])
    #expect(fixture.probe.count == 1)
  }

  @Test func whoWithdrewDoesNotComeBackWithTheNextBatch() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    let line = fixture.line("a.mp4")
    try fixture.consent("CR-1", of: ["clip a"])
    let given: Int64 = 1_768_425_600_000
    fixture.store.withdrawn = ["subject-42": given]
    let refused = try fixture.ingest(manifest: line).run([clip])
    #expect(
      refused.findings.map(\.sentence) == [
        "\(clip) is refused: its consent was withdrawn on 14 Jan 2026; remove its file."
      ])
    #expect(fixture.probe.count == 0 && fixture.store.records.isEmpty)
    // Consent given anew counts.
    let renewed =
      #"[{"kind":"given","at":"2026-01-14T21:20:00Z"},"#
      + #"{"kind":"renewed","at":"2026-01-14T21:20:00.001Z"}]"#
    try fixture.consent("CR-1", of: ["clip a"]) { $0.with("events", raw: renewed) }
    #expect(try fixture.ingest(manifest: line).run([clip]).accepted == [clip])
  }

  @Test func aWithdrawalBeforeTheConsentDoesNotCount() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    try fixture.consent("CR-1", of: ["clip a"])
    fixture.store.withdrawn = ["subject-42": 1_768_425_599_999, "subject-1": .max]
    #expect(try fixture.ingest(manifest: fixture.line("a.mp4")).run([clip]).accepted == [clip])
  }

  @Test func aWindowIsCheckedAgainstTheClipsWholeLength() throws {
    // The clip is 25.04 s long: the window of the first record ends 40 ms too early.
    let clip = try fixture.source("a.mp4", "clip a")
    let line =
      #"{"clip":"a.mp4","source":"customer-feedback","consent":"CR-1","camera":"porch-2","#
      + #""recorded_at":"2026-01-14T21:15:30Z"}"# + "\n"
    try fixture.consent("CR-1", of: ["clip a"]) {
      $0.with("clips", nil).with("window", ConsentFixture.window)
    }
    let refused = try fixture.ingest(manifest: line).run([clip])
    #expect(refused.findings.first?.sentence.contains("\"window\"") == true)
    try fixture.consent("CR-1", of: ["clip a"]) {
      $0.with("clips", nil).with("window", ConsentFixture.window)
        .with("window.to", raw: #""2026-01-14T21:15:55.040Z""#)
    }
    #expect(try fixture.ingest(manifest: line).run([clip]).accepted == [clip])
  }

  @Test func anOlderRecordDoesNotReplaceALaterOne() throws {
    let first = try fixture.source("a.mp4", "clip a")
    let lines = fixture.line("a.mp4") + fixture.line("b.mp4")
    let events =
      #"[{"kind":"given","at":"2026-01-14T21:20:00Z"},"#
      + #"{"kind":"withdrawn","at":"2026-01-15T21:20:00Z"}]"#
    try fixture.consent("CR-1", of: ["clip a", "clip b"])
    let old = try #require(try ConsentFolder(folder: fixture.consentPath).read("CR-1"))
    #expect(try fixture.ingest(manifest: lines).run([first]).accepted == [first])
    // Withdrawn afterwards; the lead puts the new record into the vault.
    try fixture.consent("CR-1", of: ["clip a", "clip b"]) { $0.with("events", raw: events) }
    let withdrawn = try #require(try ConsentFolder(folder: fixture.consentPath).read("CR-1"))
    let own = ConsentFolder(fixture.layout)
    #expect(try own.standing(of: withdrawn, recordID: "CR-1") == .newer)
    try own.keep(withdrawn, recordID: "CR-1")
    // Somebody brings the old one again.
    try fixture.consent("CR-1", of: ["clip a", "clip b"])
    let second = try fixture.source("b.mp4", "clip b")
    let summary = try fixture.ingest(manifest: lines).run([second])
    #expect(summary.accepted.isEmpty)
    #expect(summary.findings.first?.sentence.contains("without a later event") == true)
    #expect(try own.standing(of: old, recordID: "CR-1") == .outdated)
    #expect(try own.read("CR-1") == withdrawn)
  }

  @Test func customersSourcesStayOnlyWhereThePolicyAllows() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    try fixture.consent("CR-1", of: ["clip a"])
    let line = fixture.line("a.mp4")
    for run in [true, false] {
      let ingest = try fixture.ingest(manifest: line, keepSources: true)
      let summary = run ? ingest.run([clip]) : ingest.check([clip])
      #expect(summary.failure == .ingest(.mustNotKeepSources) && summary.exitCode == 77)
    }
    #expect(fixture.store.records.isEmpty && fixture.exists(clip))
    fixture.mayKeepSources = true
    let summary = try fixture.ingest(manifest: line, keepSources: true).run([clip])
    #expect(summary.accepted == [clip] && summary.keptSources == [clip])
    #expect(fixture.exists(clip) && fixture.store.registrations.first?.isSourceKept == true)
  }

  @Test func aLinkedSourceGoesWithItsLink() throws {
    let own = try fixture.source("own.mp4", "clip a")
    let link = fixture.clipsPath + "/a.mp4"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: own)
    try fixture.consent("CR-1", of: ["clip a"])
    #expect(try fixture.ingest(manifest: fixture.line("a.mp4")).run([link]).exitCode == 0)
    #expect(!fixture.exists(own))
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == nil)
  }

  @Test func aSourceThatCannotGoIsOneFinding() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    try FileManager.default.linkItem(atPath: clip, toPath: fixture.clipsPath + "/other")
    try fixture.consent("CR-1", of: ["clip a", "clip b"])
    let lines = fixture.line("a.mp4") + fixture.line("b.mp4")
    let linked = try fixture.ingest(manifest: lines).run([clip])
    #expect(linked.accepted == [clip] && linked.findings.map(\.kind) == [.sourceLeft])
    #expect(linked.findings.first?.sentence.contains("hard links") == true)
    #expect(linked.exitCode == 74 && !fixture.exists(clip))
    // A file that changes while it is taken in is not the one that was taken in.
    let changed = try fixture.source("b.mp4", "clip b")
    var ingest = try fixture.ingest(manifest: lines)
    ingest.intake.willDo = { step throws(VaultError) in
      if step == .register { try? Data("clip c".utf8).write(to: URL(filePath: changed)) }
    }
    let summary = ingest.run([changed])
    #expect(summary.accepted == [changed] && summary.findings.map(\.kind) == [.sourceLeft])
    #expect(summary.findings.first?.sentence.contains("has changed since") == true)
    #expect(fixture.exists(changed))
    #expect(try fixture.open(try #require(summary.ids.first)) == Array("clip b".utf8))
  }

  @Test func aSourceStaysWhereItsClipIsNotInTheVault() throws {
    let clip = try fixture.source("a.mp4", "clip a")
    try fixture.consent("CR-1", of: ["clip a"])
    let lines = fixture.line("a.mp4")
    var ingest = try fixture.ingest(manifest: lines)
    // The payload changes on the disk before it is read back.
    ingest.intake.willDo = { [fixture] step throws(VaultError) in
      guard step == .readBack else { return }
      for name in try VaultDisk.names(fixture.layout.clips) where name != ".lock" {
        let path = "\(fixture.layout.clips)/\(name)"
        var bytes = try VaultDisk.read(path, limit: 1 << 20)
        bytes[bytes.count - 1] ^= 1
        try? Data(bytes).write(to: URL(filePath: path))
      }
    }
    let summary = ingest.run([clip])
    guard case .clipChanged? = summary.failure else {
      Issue.record("\(String(describing: summary.failure))")
      return
    }
    #expect(fixture.exists(clip) && fixture.store.records.isEmpty)
    #expect(try fixture.fileNames.isEmpty)
    #expect(try fixture.ingest(manifest: lines).run([clip]).accepted == [clip])
  }
}
