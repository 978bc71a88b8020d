// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What allows a clip to be opened and what ends that, by the command line.
@Suite("Consent")
struct ConsentCommandTests {
  @Test("check names the field that is wrong, and only leads may ask")
  func check() throws {
    let vault = TestVault(in: try TestVault.empty())
    try vault.folder.write("right.json", TestConsent.customersRecord())
    let right = try vault.demand(["consent", "check", "right.json"])
    #expect(right.output == "right.json: record CR-7 is in order.\n")
    for (field, json) in [
      ("human_review", "false"), ("purpose", "\"entertainment\""),
      ("data_categories", "[\"audio\"]"), ("reviewer_classes", "[\"public\"]"),
      ("reviewer_places", "[\"MARS\"]"), ("storage_days", "0"), ("colour", "\"red\""),
      ("valid_until", "\"2025-01-01T00:00:00Z\""),
    ] {
      try vault.folder.write("wrong.json", TestConsent.customersRecord([field: json]))
      let wrong = try vault.run(["consent", "check", "right.json", "wrong.json"])
      #expect(wrong.code == 65 && wrong.lines.count == 2 && wrong.errors.isEmpty)
      #expect(wrong.lines.last?.hasPrefix("wrong.json: \(field): ") == true, "\(wrong.lines)")
    }
    // Where signatures are asked for, a record without one is not enough.
    try vault.demand(["policy", "edit", "consent_signature=true"])
    let unsigned = try vault.run(["consent", "check", "right.json"])
    #expect(unsigned.code == 65 && unsigned.output.contains("right.json: signature: "))
    #expect(try vault.run(["consent", "check", "right.json"], as: "olga").code == 77)
    let missing = try vault.run(["consent", "check", "nowhere.json"])
    #expect(missing.code == 66 && missing.lines.count == 1)
  }

  @Test("sign signs participants' records alone, and ingest then takes their clips")
  func sign() throws {
    let vault = TestVault(in: try TestVault.empty())
    try vault.demand(["policy", "edit", "consent_signature=true"])
    try TestConsent.write(into: vault.folder)
    let clip = TestVault.staffShort
    try vault.folder.write(clip.file, try ClipMaker.card(clip.options))
    try vault.folder.write("manifest.jsonl", clip.manifestLine(alert: "animal"))
    let ingest = ["ingest", "--manifest", "manifest.jsonl", clip.file]
    let unsigned = try vault.run(ingest)
    #expect(unsigned.code == 65 && unsigned.output.contains("its consent record has no signature"))
    let customers = try vault.run(["consent", "sign", "consent/CR-7.json"])
    #expect(customers.code == 65 && customers.lines.count == 1)
    #expect(customers.errors.contains("signed by an intake key"))
    #expect(try vault.run(["consent", "sign", "consent/P-bench.json"], as: "r07").code == 77)
    let signed = try vault.demand(["consent", "sign", "consent/P-bench.json"])
    #expect(signed.output == "Written: consent/P-bench.sig\n")
    try vault.demand(ingest)
    let again = try vault.run(["consent", "sign", "consent/P-bench.json"])
    #expect(again.code == 73 && again.lines.count == 1, "\(again.lines)")
  }

  @Test("withdraw shuts a pseudonym's clips, also those that would come later under the record")
  func withdraw() throws {
    let vault = TestVault(in: try TestVault.empty())
    try TestVault.ingest([TestVault.customersCard], in: vault.folder)
    let words = ["consent", "withdraw", "--subject", TestConsent.subject]
    for name in ["r07", "olga"] { #expect(try vault.run(words, as: name).code == 77) }
    let done = try vault.demand(words)
    #expect(done.output == "1 clip withdrawn: nobody can open it any more.\n")
    let seat = try Seat(vault)
    try seat.waitFor("Nothing is due")
    #expect(try seat.leave())
    let late = TestVault.customersShort
    try vault.folder.write(late.file, try ClipMaker.card(late.options))
    try vault.folder.write("manifest.jsonl", late.manifestLine(alert: "animal"))
    let refused = try vault.run(["ingest", "--manifest", "manifest.jsonl", late.file])
    #expect(refused.code == 65)
    #expect(refused.output.contains(/its consent was withdrawn on [1-9][0-9]? [A-Z]/))
    #expect(try vault.clips.count == 1)
    let log = try vault.demand(["audit", "show"], as: "olga").output
    #expect(log.contains("ada  withdraw  clip "))
    let unknown = try vault.run([
      "consent", "withdraw", "--clip", String(repeating: "0", count: 32),
    ])
    #expect(unknown.code != 0 && unknown.lines.count == 1)
    #expect(unknown.errors.contains("has no clip 00000000"), "\(unknown.lines)")
  }

  @Test("notices are applied in order, once, and only from somebody enrolled")
  func notices() throws {
    let vault = try TestVault.customers()
    let clip = try #require(vault.clips.first)
    let list = ["notices", "new", "--number"]
    try vault.demand(list + ["1", "--withdraw-subject", TestConsent.subject, "-o", "first"])
    try vault.demand(list + ["2", "--erase-clip", clip, "-o", "second"])
    let taken = try vault.run(list + ["3", "-o", "second"])
    #expect(taken.code == 73 && taken.lines.count == 1)
    #expect(try vault.run(list + ["0", "-o", "none"]).code == 64)
    #expect(try vault.run(list + ["3", "-o", "none"], as: "olga").code == 77)
    func apply(_ files: String...) throws -> ProgramRun {
      try ProgramRun(["notices", "apply", "--vault", "vault"] + files, in: vault.folder)
    }
    let gap = try apply("second")
    #expect(gap.code == 65 && gap.lines.count == 1)
    #expect(gap.errors.contains("second has number 2, but number 1 has not been applied"))
    #expect(try vault.clips.count == 2)
    let both = try apply("first", "second")
    #expect(both.code == 0, "\(both.lines)")
    #expect(
      both.output.hasPrefix(
        "Notices number 1, signed by ada: 2 withdrawn, 0 to be erased.\n"
          + "Notices number 2, signed by ada: 0 withdrawn, 1 to be erased.\n1 clip erased.\n"))
    #expect(try !vault.clips.contains(clip) && vault.clips.count == 1)
    let again = try apply("first")
    #expect(again.code == 0 && again.output.contains("number 1 were applied already"))
    try vault.folder.write(
      "changed", try vault.folder.text("first").replacing("number 1", with: "number 3"))
    #expect(try apply("changed").code == 65)
    let other = try ProgramRun(
      ["init", "other", "--no-passphrases", "--as", "ada"], in: vault.folder)
    #expect(other.code == 0)
    let strangers = try ProgramRun(
      list + ["3", "-o", "strange", "--vault", "other", "--as", "ada"], in: vault.folder)
    #expect(strangers.code == 0, "\(strangers.lines)")
    let strange = try apply("strange")
    #expect(strange.code == 65 && strange.lines.count == 1)
    #expect(strange.errors.contains("strange is signed by nobody enrolled in this vault"))
  }
}
