// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The vault's rules and whom they are believed of, by the command line.
@Suite("Policy")
struct PolicyCommandTests {
  private static let file = "vault/policy/policy.toml"

  @Test("show and verify tell version, signer and values; reviewers may not ask")
  func show() throws {
    let vault = TestVault(in: try TestVault.empty())
    let shown = try vault.demand(["policy", "show"], as: "olga").output
    #expect(shown.contains(/signed by +ada\n/) && shown.contains(/daily_goal +150\n/))
    #expect(shown.contains(/retention_days +365  \(set\)\n/))
    let version = try #require(shown.firstMatch(of: /\nversion +(\d+)\n/)).output.1
    let verified = try vault.demand(["policy", "verify"], as: "olga").output
    #expect(verified == "Policy version \(version), signed by ada, is in order.\n")
    for word in ["show", "verify"] {
      let refused = try vault.run(["policy", word], as: "r07")
      #expect(refused.code == 77 && refused.lines.count == 1)
      #expect(refused.errors.contains("may not run `milkglass policy \(word)`"))
    }
  }

  @Test("edit sets all values or none, and names line and column of a wrong one")
  func edit() throws {
    let vault = TestVault(in: try TestVault.empty())
    let before = try vault.folder.contents("vault/policy")
    let wrong = try vault.run(["policy", "edit", "daily_goal=120", "retention_days=9999"])
    #expect(wrong.code == 65 && wrong.lines.count == 1)
    #expect(
      wrong.errors.contains(/policy\.toml:\d+:\d+: "retention_days" must be 1 to 365 days/))
    #expect(try vault.folder.contents("vault/policy") == before)
    let done = try vault.demand(["policy", "edit", "daily_goal=120", "quick_levels=true"])
    #expect(done.output.contains(/^Policy version \d+ is signed\.\n$/))
    let shown = try vault.demand(["policy", "show"]).output
    #expect(shown.contains(/daily_goal +120  \(set\)\n/))
    #expect(shown.contains(/quick_levels +true  \(set\)\n/))
    for name in ["r07", "olga"] {
      #expect(try vault.run(["policy", "edit", "daily_goal=7"], as: name).code == 77)
    }
    let missing = try vault.run(
      ["policy", "edit", "--file", "cameras.toml", "--from", "nowhere.toml"])
    #expect(missing.code == 66 && missing.lines.count == 1)
    // The people's own passphrases hang on it.
    let closed = try vault.run(["policy", "edit", "open_people=false"])
    #expect(closed.code == 65 && closed.errors.contains("has no passphrase"))
  }

  @Test("what was changed by hand opens nothing until a lead has signed it")
  func handEdit() throws {
    let vault = TestVault(in: try TestVault.empty())
    let text = try vault.folder.text(Self.file)
    let sign = ["policy", "sign"]
    try vault.folder.write(Self.file, text.replacing("= 150", with: "= 80"))
    for words in [["policy", "show"], ["person", "list"], ["doctor"], ["labels", "export"]] {
      let run = try vault.run(words)
      #expect(run.code == 65 && run.lines.count == 1)
      #expect(run.errors.contains("policy/policy.toml was changed after lead ada signed version"))
    }
    for name in ["r07", "olga"] {
      let other = try vault.run(sign, as: name)
      #expect(other.code == 77 && other.errors.contains("\(name) is not a lead"), "\(other.lines)")
    }
    try vault.folder.write(Self.file, text.replacing("= 150", with: "= many"))
    let wrong = try vault.run(sign)
    #expect(wrong.code == 65 && wrong.lines.count == 1)
    #expect(wrong.errors.contains(#/policy\.toml:\d+:\d+: /#), "\(wrong.errors)")
    try vault.folder.write(Self.file, text.replacing("= 150", with: "= 80"))
    try vault.demand(sign)
    #expect(try vault.demand(["policy", "show"]).output.contains(/daily_goal +80  \(set\)\n/))
    // The older files, wholly signed as they were, are not believed any more.
    let signature = "vault/policy/policy.sig"
    let bytes = try #require(vault.folder.contents("vault/policy")["policy.sig"])
    try vault.demand(["policy", "edit", "daily_goal=90"])
    try vault.folder.write(Self.file, text.replacing("= 150", with: "= 80"))
    try vault.folder.write(signature, Array(bytes))
    let older = try vault.run(["policy", "show"])
    #expect(older.code == 65 && older.lines.count == 1)
    #expect(older.errors.contains(/is version \d+, but version \d+ was in force here already/))
  }

  @Test("people who were changed by hand open nothing")
  func handEditedPeople() throws {
    let vault = TestVault(in: try TestVault.empty())
    let name = "vault/policy/people.toml"
    let text = try vault.folder.text(name)
    try vault.folder.write(name, text.replacing("\"auditor\"", with: "\"lead\""))
    let run = try vault.run(["policy", "show"])
    #expect(run.code == 65 && run.lines.count == 1)
    #expect(run.errors.contains("policy/people.toml was changed after ada signed it"))
    try vault.folder.write(name, text)
    try vault.demand(["policy", "show"])
  }

  @Test("on another seat nothing opens before the fingerprint is confirmed, and only the right one")
  func trust() throws {
    let vault = TestVault(in: try TestVault.empty())
    let elsewhere = ["--state", "elsewhere"]
    let first = try vault.run(["policy", "verify"] + elsewhere)
    #expect(first.code == 77 && first.lines.count == 1)
    #expect(first.errors.contains("Nobody has confirmed on this seat that vault is ada's"))
    let fingerprint = String(
      try #require(first.errors.firstMatch(of: /if it is ((?:[0-9a-f]{4}-){7}[0-9a-f]{4})/))
        .output.1)
    let shown = try vault.demand(["policy", "show"]).output
    #expect(shown.contains(fingerprint))
    let trust = ["trust", "--vault", "vault"] + elsewhere + ["--fingerprint"]
    let other = String(fingerprint.reversed())
    let wrong = try ProgramRun(trust + [other], in: vault.folder)
    #expect(wrong.code == 77 && wrong.lines.count == 1)
    #expect(wrong.errors.contains("That is not the fingerprint of vault, which is \(fingerprint)"))
    #expect(try vault.run(["policy", "verify"] + elsewhere).code == 77)
    let right = try ProgramRun(trust + [fingerprint.uppercased()], in: vault.folder)
    #expect(right.code == 0, "\(right.lines)")
    try vault.demand(["policy", "verify"] + elsewhere)
    // The pin says whose vault it is; the key to its clips stays where it was.
    let export = try vault.run(["labels", "export"] + elsewhere)
    #expect(export.code != 0 && export.lines.count == 1, "\(export.lines)")
    // A vault of somebody else's under the same id is not believed.
    let path = try #require(
      try vault.folder.contents("elsewhere").keys.first { $0.hasSuffix("/trust") })
    try vault.folder.write("elsewhere/\(path)", other + "\n")
    let changed = try vault.run(["policy", "verify"] + elsewhere)
    #expect(changed.code == 77 && changed.errors.contains("is not the vault that was confirmed"))
  }
}
