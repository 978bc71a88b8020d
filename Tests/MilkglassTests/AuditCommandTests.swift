// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The log of every act, by the command line.
@Suite("Audit log")
struct AuditCommandTests {
  /// A vault in which r07 committed a clip at a terminal and r08 looked in.
  private static func worked() throws -> TestVault {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.commit("y")
    try seat.waitForClip(2)
    #expect(try seat.leave())
    let other = try Seat(vault, reviewer: "r08")
    try other.wait { other.position != nil }
    #expect(try other.leave())
    return vault
  }

  @Test("auditors see events, reviewers their own, leads totals")
  func show() throws {
    let vault = try Self.worked()
    let all = try vault.demand(["audit", "show", "--all"], as: "olga").output
    let lines = all.split(separator: "\n")
    #expect(lines.prefix(2).contains { $0.contains("ada  vault made  founder=ada") })
    for words in [
      "r07  unlock", "r07  open  clip ", "r07  first picture", "r07  commit", "r08  lock",
    ] {
      #expect(lines.contains { $0.contains(words) }, "\(words): \(all)")
    }
    #expect(lines.count { $0.contains("ada  ingest  clip ") } == 4)
    // The log names no clip by its id.
    let shown = try vault.clips.map { "clip \($0.prefix(8))" }
    #expect(!lines.contains { line in shown.contains { line.contains($0) } })
    let own = try vault.demand(["audit", "show", "--all"], as: "r08").output.split(separator: "\n")
    #expect(!own.isEmpty && own.allSatisfy { $0.contains("  r08  ") })
    let kinds = try vault.demand(["audit", "show", "--kind", "first picture"], as: "olga").output
    #expect(kinds.split(separator: "\n").allSatisfy { $0.contains("  first picture  ") })
    #expect(!kinds.isEmpty)
    let last = try vault.demand(["audit", "show", "--last", "2"], as: "olga").output
    #expect(last.split(separator: "\n").count == 2)
    let totals = try vault.demand(["audit", "show"]).output
    #expect(totals.contains("reviewer    seen  committed"))
    #expect(totals.contains(#/ r07 +[12] +1 +0 +0 +0\n/#) && !totals.contains("first picture"))
    let unknown = try vault.run(["audit", "show", "--kind", "gossip"], as: "olga")
    #expect(unknown.code == 64 && unknown.lines.count == 1)
    #expect(unknown.errors.contains("gossip is no kind of event; there are unlock,"))
  }

  @Test("verify finds a cut end only against a checkpoint kept elsewhere, with exit code 1")
  func verify() throws {
    let vault = TestVault(in: try TestVault.empty())
    let store = "\(vault.folder.path)/vault/store"
    let copy = "\(vault.folder.path)/store-before"
    try FileManager.default.copyItem(atPath: store, toPath: copy)
    try vault.demand(["policy", "edit", "daily_goal=120"])
    let note = try vault.demand(["audit", "checkpoint"], as: "olga").output
    #expect(note.hasPrefix("milkglass/") && note.contains("\n\u{2014} log "))
    try vault.folder.write("kept", note)
    let verify = ["audit", "verify", "--vault", "vault"]
    let good = try ProgramRun(verify + ["--against", "kept"], in: vault.folder)
    #expect(good.code == 0 && good.output.contains("The checkpoint kept elsewhere agrees."))
    try FileManager.default.removeItem(atPath: store)
    try FileManager.default.moveItem(atPath: copy, toPath: store)
    let blind = try ProgramRun(verify, in: vault.folder)
    #expect(blind.code == 0 && blind.output.contains("shows only against a checkpoint"))
    let cut = try ProgramRun(verify + ["--against", "kept"], in: vault.folder)
    #expect(cut.code == 1 && cut.output.contains("The log was cut: event "), "\(cut.lines)")
    try vault.folder.write("other", note.replacing("\nat 1", with: "\nat 2"))
    let forged = try ProgramRun(verify + ["--against", "other"], in: vault.folder)
    #expect(forged.code == 65 && forged.lines.count == 1)
    #expect(forged.errors.contains("other is no checkpoint that this vault's log signed"))
    let missing = try ProgramRun(verify + ["--against", "nowhere"], in: vault.folder)
    #expect(missing.code == 66 && missing.lines.count == 1)
    #expect(try vault.run(["audit", "checkpoint"], as: "r07").code == 77)
  }

  @Test("doctor names grade, policy, keys and log, and what is due")
  func doctor() throws {
    let vault = TestVault(in: try TestVault.empty())
    let words = ["doctor", "--vault", "vault"]
    let healthy = try ProgramRun(words, in: vault.folder)
    #expect(healthy.code == 0 && healthy.errors.isEmpty)
    #expect(healthy.lines.first?.contains(/^Seat grade [A-C]; the policy asks for C$/) == true)
    #expect(healthy.output.contains("A reviewer with a shell can decrypt"))
    #expect(healthy.output.contains("people    4, 4 without a passphrase"))
    #expect(healthy.output.contains("key store 0 clips, opens with this account's epoch key"))
    #expect(healthy.output.contains("log       Events 1 to "))
    #expect(healthy.output.contains("erasure   nothing is due"))
    let state = "\(vault.folder.path)/\(ProgramRun.stateFolder)/milkglass"
    let id = try #require(try FileManager.default.contentsOfDirectory(atPath: state).first)
    try FileManager.default.removeItem(atPath: "\(state)/\(id)/epoch-1")
    let ill = try ProgramRun(words, in: vault.folder)
    #expect(ill.output.contains("The key to this vault's clips is not in"), "\(ill.lines)")
    let nothing = try ProgramRun(["doctor", "--vault", "nowhere"], in: vault.folder)
    #expect(nothing.code == 66 && nothing.errors.contains("nowhere is not a vault"))
  }
}
