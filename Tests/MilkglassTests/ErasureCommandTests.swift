// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing

/// Clips that go, by the command line.
@Suite("Erasure")
struct ErasureCommandTests {
  @Test("erase takes a clip and its labels' names away, writes a receipt, and it cannot come back")
  func clip() throws {
    let vault = TestVault(in: try TestVault.empty())
    try TestVault.ingest([TestVault.customersCard], in: vault.folder)
    let clip = try #require(vault.clips.first)
    try TestVault.ingest([TestVault.staffShort], in: vault.folder)
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("p2")
    try seat.commit()
    #expect(try seat.leave())
    #expect(try vault.exportedLabels().first?["camera"] as? String == "porch-1")
    let words = ["erase", "--clip", clip, "--requested"]
    for name in ["r07", "olga"] { #expect(try vault.run(words, as: name).code == 77) }
    #expect(try vault.clips.count == 2)
    let done = try vault.demand(words)
    #expect(done.output == "1 clip erased.\nReceipt: vault/store/receipts/1.txt\n")
    #expect(try vault.clips.count == 1 && !vault.clips.contains(clip))
    let receipt = try vault.folder.text("vault/store/receipts/1.txt")
    for line in [
      "milkglass receipt\n", "\nnumber 1\n", "\nordered by lead ada\n", "\n\u{2014} log ",
    ] {
      #expect(receipt.contains(line), "\(receipt)")
    }
    #expect(!receipt.contains(clip))
    // Kept labels have lost what leads to the clip.
    let labels = try vault.exportedLabels()
    #expect(labels.count == 1 && labels.first?["camera"] is NSNull)
    #expect(labels.first?["alarm_level"] as? String == "level_2")
    #expect(!String(describing: labels).contains(clip))
    // The same file again, under a consent that was given anew.
    let file = TestVault.customersCard
    try vault.folder.write(file.file, try ClipMaker.card(file.options))
    try vault.folder.write("manifest.jsonl", file.manifestLine(alert: "animal"))
    let again = try vault.run(["ingest", "--manifest", "manifest.jsonl", file.file])
    #expect(again.code == 65)
    #expect(again.output.contains("it was erased on request and is not taken in again"))
    #expect(try vault.clips.count == 1)
    let twice = try vault.run(words)
    #expect(twice.code != 0 && twice.lines.count == 1, "\(twice.lines)")
  }

  @Test("erase --subject takes everything of a pseudonym, and nothing of others")
  func subject() throws {
    let vault = try TestVault.mixed()
    let nobody = try vault.run(["erase", "--subject", "stranger"])
    #expect(nobody.code == 66 && nobody.lines.count == 1)
    #expect(nobody.errors.contains("There is no clip of stranger in this vault"))
    let done = try vault.demand(["erase", "--subject", TestConsent.subject])
    #expect(done.output.hasPrefix("2 clips erased.\nReceipt: "))
    #expect(try vault.clips.count == 2)
    let seat = try Seat(vault)
    try seat.waitFor("staff test clip")
    try seat.wait { seat.picture.hasHue }
    #expect(try seat.leave())
  }

  @Test(
    "clips go when their time is over, by erase --expired or by housekeeping",
    arguments: [
      ["erase", "--expired", "--as", "ada"], ["housekeeping"],
    ])
  func expired(words: [String]) throws {
    let vault = TestVault(in: try TestVault.empty())
    try TestVault.ingest([TestVault.staffShort], in: vault.folder)
    let erase = words + ["--vault", "vault"]
    let early = try ProgramRun(erase, in: vault.folder)
    #expect(early.code == 0 && early.output == "Nothing was due.\n", "\(early.lines)")
    let clip = TestVault.customersShort
    try vault.folder.write(clip.file, try ClipMaker.card(clip.options))
    try vault.folder.write("manifest.jsonl", clip.manifestLine(alert: "animal"))
    // Valid for some seconds more, in which it is taken in.
    try vault.folder.write(
      "consent/CR-7.json",
      TestConsent.customersRecord(["valid_until": "\"\(TestConsent.time(6))\""]))
    try vault.demand(["ingest", "--manifest", "manifest.jsonl", clip.file])
    #expect(try vault.clips.count == 2)
    var last = try ProgramRun(erase, in: vault.folder)
    while last.output == "Nothing was due.\n" {
      Thread.sleep(forTimeInterval: 0.3)
      last = try ProgramRun(erase, in: vault.folder)
    }
    #expect(last.output.hasPrefix("1 clip erased.\nReceipt: "), "\(last.lines)")
    #expect(try vault.clips.count == 1)
    #expect(try vault.folder.text("vault/store/receipts/1.txt").contains("\nreason expired\n"))
  }

  @Test("a hold shuts a clip for everyone until it is lifted")
  func hold() throws {
    let vault = TestVault(in: try TestVault.empty())
    try TestVault.ingest([TestVault.customersShort], in: vault.folder)
    let clip = try #require(vault.clips.first)
    let words = ["hold", "--clip", clip, "--reason"]
    let until = ["--until", "2199-12-31"]
    #expect(try vault.run(words + ["police-request"] + until, as: "r07").code == 77)
    let wordy = try vault.run(words + ["the police"] + until)
    #expect(wordy.code == 64 && wordy.lines.count == 1)
    let past = try vault.run(words + ["police-request", "--until", "2020-01-01"])
    #expect(past.code != 0 && past.errors.contains("That day is over"))
    let held = try vault.demand(words + ["police-request"] + until)
    #expect(
      held.output
        == "Clip \(clip.prefix(8)) is held until 2199-12-31 and opens for nobody.\n")
    let list = try vault.demand(["flagged", "list"]).output
    #expect(!list.contains("\u{1B}"))
    let seat = try Seat(vault)
    try seat.waitFor("Nothing is due")
    #expect(try seat.leave())
    try vault.demand(["housekeeping"])
    #expect(try vault.clips == [clip])
    let log = try vault.demand(["audit", "show"], as: "olga").output
    #expect(log.contains(/ada  hold  clip .*police-request/), "\(log)")
    try vault.demand(["flagged", "restore", "--clip", clip])
    let after = try Seat(vault)
    // A clip that was ever flagged opens with its contact sheet.
    try after.waitFor("1–9 go there")
    after.program.send("\u{1B}")
    try after.waitForClip(1)
    try after.wait { after.picture.colours.count > 3 }
    #expect(try after.leave())
  }

  @Test("a flagged clip is listed without a picture and given back by a lead who did not flag it")
  func flagged() throws {
    let vault = try TestVault.customers()
    #expect(try vault.demand(["flagged", "list"]).output == "No clip is flagged.\n")
    for name in ["r07", "ada"] {
      let seat = try Seat(vault, reviewer: name)
      try seat.wait { seat.position != nil }
      seat.program.send("X")
      try seat.waitFor("Withdrawn as sensitive")
      #expect(try seat.leave())
    }
    let list = try vault.demand(["flagged", "list"]).output
    #expect(list.contains("  motion  ") && list.contains("  porch-1  2026-01-1"))
    let clips = list.matches(of: /([0-9a-f]{32})  [^\n]+\n[^\n]+\n  flagged \S+ by (\w+)\n/)
      .map { (id: String($0.output.1), by: String($0.output.2)) }
    #expect(Set(clips.map(\.by)) == ["r07", "ada"], "\(list)")
    for name in ["r07", "olga"] {
      #expect(try vault.run(["flagged", "list"], as: name).code == 77)
    }
    for clip in clips {
      let run = try vault.run(["flagged", "restore", "--clip", clip.id])
      if clip.by == "ada" {
        #expect(run.code != 0 && run.lines.count == 1)
        #expect(run.errors.contains("is flagged by you; another lead decides on it"))
      } else {
        #expect(run.output == "Clip \(clip.id.prefix(8)) is due again, at strict.\n")
      }
    }
    let seat = try Seat(vault, reviewer: "r08")
    try seat.wait { seat.position != nil && seat.screen.text.contains("strict") }
    #expect(try seat.leave())
  }

  @Test("after rekey there are new keys and the same clips")
  func rekey() throws {
    let vault = try TestVault.mixed()
    for name in ["r07", "olga"] { #expect(try vault.run(["rekey"], as: name).code == 77) }
    func epochs() throws -> [String] {
      try vault.folder.contents(ProgramRun.stateFolder).keys
        .compactMap { $0.split(separator: "/").last.map(String.init) }
        .filter { $0.hasPrefix("epoch-") }
    }
    let before = try vault.folder.contents("vault/clips")
    let identity = try vault.folder.contents("vault/keys")["vault.age"]
    let oldEpochs = try epochs()
    let done = try vault.demand(["rekey"])
    #expect(done.output == "New epoch, new vault identity; 4 headers wrapped anew.\n")
    #expect(try vault.folder.contents("vault/clips") == before)
    #expect(try vault.folder.contents("vault/keys")["vault.age"] != identity)
    #expect(try epochs().count == 1 && epochs() != oldEpochs)
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.wait { seat.picture.hasHue }
    #expect(try seat.leave())
  }
}
