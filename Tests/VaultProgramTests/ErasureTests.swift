// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import PtySupport
import Testing
import Vocabulary

/// What is left of clips that were erased: nothing that opens or tells them.
@Suite struct ErasureTests {
  /// A vault in which `bob` has judged kim's first clip and lou's.
  private static let judged: Result<VaultBox, any Error> = Result {
    let box = try VaultBox()
    let desk = try Desk(box)
    for clip in [1, 2] {
      try desk.waitForPicture(of: clip)
      desk.press("pt2")
      try desk.commit()
    }
    try desk.leave()
    return box
  }

  private static func box() throws -> VaultBox { try VaultBox(copying: judged.get().folder) }

  private static func rows(_ box: VaultBox) throws -> [KeyRow] {
    let vault = try box.vault()
    let keys = try KeyStore.open(vault.layout, vault.state)
    return try box.clips().compactMap { clip in try keys.row(of: clip) }
  }

  @Test func nothingOnDiskTellsTheClips() throws {
    let box = try Self.box()
    let rows = try Self.rows(box).prefix(2)
    let state = try box.stateFolder
    let epochs = try box.folder.names(state).filter { $0.hasPrefix("epoch-") }
    let epoch = try box.folder.text("\(state)/\(epochs[0])")
    let payloads = try rows.map { row in
      Array(try Data(contentsOf: box.folder.file("vault/clips/\(row.id.text)")).prefix(64))
    }
    // The search finds what is there: ids, cameras, payloads and the epoch's key.
    for row in rows { #expect(try !Self.traces(box, row.id.text).isEmpty) }
    #expect(try !Self.traces(box, Consent.camera).isEmpty)
    #expect(try Self.traces(box, epoch.trimmingCharacters(in: .newlines)).count == 1)
    for payload in payloads { #expect(try Self.traces(box, payload).count == 1) }
    // And what was copied from the sealed key store.
    try box.folder.write("vault/plant", rows[0].header + rows[1].id.bytes)
    #expect(try Self.traces(box, rows[0].header) == ["vault/plant"])
    #expect(try Self.traces(box, rows[1].id.bytes) == ["vault/plant"])
    try box.folder.remove("vault/plant")

    let said = try box.expect(["erase", "--subject", "kim"], as: "cleo")
    #expect(said.contains("2 clips erased."))
    for row in rows {
      #expect(try Self.traces(box, row.id.text) == [])
      #expect(try Self.traces(box, row.id.bytes) == [])
      #expect(try Self.traces(box, row.header) == [])
      #expect(try Self.traces(box, Array(row.header.prefix(120).suffix(48))) == [])
      #expect(try Self.traces(box, row.logSalt) == [])
    }
    for payload in payloads { #expect(try Self.traces(box, payload) == []) }
    #expect(try Self.traces(box, Consent.camera) == [])
    let key = epoch.split(separator: "\n").first { $0.hasPrefix("AGE-SECRET-KEY") } ?? "?"
    #expect(try Self.traces(box, String(key)) == [])
    #expect(try box.folder.names(state).filter { $0.hasPrefix("epoch-") } == ["epoch-2"])
    #expect(try box.run(["audit", "verify"]).code == 0)
  }

  private static func traces(_ box: VaultBox, _ needle: [UInt8]) throws -> [String] {
    try ["vault", "state"].flatMap { root in
      try Trace.files(below: box.folder.path + "/" + root, holding: needle).map { "\(root)/\($0)" }
    }
  }

  private static func traces(_ box: VaultBox, _ needle: String) throws -> [String] {
    try traces(box, Array(needle.utf8))
  }

  @Test func yesterdaysCopyOpensNothing() throws {
    let box = try Self.box()
    let clip = try #require(try box.clips().first)
    let yesterday = try VaultBox(copying: box.folder)
    try box.expect(["erase", "--clip", clip.text, "--requested"], as: "cleo")
    // With yesterday's state as well, the copy opens: it is a whole one.
    #expect(try Self.rows(yesterday).map(\.id).contains(clip))

    // Today's vault with yesterday's clips and keys in it.
    for name in ["vault/clips", "vault/keys"] {
      try box.folder.remove(name)
      try FileManager.default.copyItem(at: yesterday.folder.file(name), to: box.folder.file(name))
    }
    #expect(throws: VaultError.self) { try Self.rows(box) }
    let desk = try Desk(box)
    try? desk.program.waitUntil(.seconds(5)) { _ in desk.hasPicture }
    #expect(!desk.hasPicture, "\(desk.text)")

    // All of yesterday's vault, store and policy too, with today's state.
    try box.folder.remove("vault")
    try FileManager.default.copyItem(
      at: yesterday.folder.file("vault"), to: box.folder.file("vault"))
    #expect(throws: VaultError.self) { try Self.rows(box) }
    for arguments in [["labels", "export"], ["erase", "--clip", clip.text], ["housekeeping"]] {
      let end = try box.run(arguments, as: "cleo")
      #expect(end.code != 0 || arguments[0] == "labels", "\(arguments): \(end.text)")
    }
  }

  @Test func anErasedClipIsNotTakenInAgain() throws {
    let box = try Self.box()
    try box.expect(["erase", "--subject", "kim"], as: "cleo")
    // The same bytes, under a consent that was given anew.
    let other = try box.newClip("other.mp4", seconds: "1.6")
    try box.folder.write("again.mp4", VaultBox.sources[0])
    let consent = Consent(
      record: "CR-9", subject: "kim", of: [VaultBox.sources[0], other], givenAt: Date())
    try box.folder.write("consent/CR-9.json", consent.text)
    try box.folder.write(
      "again.jsonl",
      Consent.manifestLine("again.mp4", "CR-9") + Consent.manifestLine("other.mp4", "CR-9"))
    let end = try box.run(
      ["ingest", "--manifest", "again.jsonl", "again.mp4", "other.mp4"], as: "cleo")
    #expect(end.code != 0)
    #expect(end.text.contains("1 clip taken in"), "a fresh clip under it is: \(end.text)")
    #expect(end.text.contains("again.mp4") && end.text.contains("erased"), "\(end.text)")
    #expect(try box.clips().count == 3)
  }

  @Test func theReceiptIsSignedAndSaysWhatWasDone() throws {
    let box = try Self.box()
    let names = try Self.rows(box).prefix(2).map(\.logName)
    try box.expect(["labels", "export", "--output", "labels.jsonl"], as: "cleo")
    try box.expect(["erase", "--subject", "kim"], as: "cleo")
    let vault = try box.vault()
    let bytes = Array(try Data(contentsOf: box.folder.file("vault/store/receipts/1.txt")))
    let receipt = try Receipt(bytes, vault: vault.id, logKey: vault.statement.logKey)
    #expect(receipt.order == .lead("cleo"))
    #expect(receipt.reason == .subject)
    #expect(receipt.counts.clips == 2 && receipt.counts.keyRows == 2)
    #expect(receipt.counts.labelsPseudonymised == 2)
    #expect(Set(receipt.logNames) == Set(names))
    #expect(receipt.exports.map(\.number) == [1])
    for index in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[index] ^= 1
      #expect(throws: Receipt.Defect.self) {
        try Receipt(changed, vault: vault.id, logKey: vault.statement.logKey)
      }
    }
  }

  @Test(arguments: ["keep", "drop", "pseudonymise"])
  func labelsGoAsThePolicySays(_ rule: String) throws {
    let box = try Self.box()
    let clips = try box.clips()
    try box.expect(["policy", "edit", "labels_after_erasure=\(rule)"])
    let before = try box.expect(["labels", "export"], as: "cleo")
    #expect(before.split(separator: "\n").count == 2)
    #expect(before.contains(clips[0].text) && before.contains(Consent.camera))
    try box.expect(["erase", "--subject", "kim"], as: "cleo")
    let after = try box.expect(["labels", "export"], as: "cleo")
    let lines = after.split(separator: "\n")
    #expect(lines.count == (rule == "drop" ? 0 : 2))
    #expect(!after.contains(clips[0].text) && !after.contains(Consent.camera))
    #expect(!after.contains(clips[0].short))
    for line in lines {
      #expect(line.contains("person") && line.contains("level_2"))
      #expect(line.contains("bob") == (rule == "keep"), "\(line)")
      #expect(line.contains("x-") == (rule == "pseudonymise"), "\(line)")
    }
  }
}
