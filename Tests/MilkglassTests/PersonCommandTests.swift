// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Who works in a vault, by the command line.
@Suite("People")
struct PersonCommandTests {
  @Test("add, list and remove change who may do what, and only the founding lead does it")
  func enrolment() throws {
    let vault = TestVault(in: try TestVault.empty())
    try vault.demand(["person", "add", "zoe", "--role", "reviewer", "--role", "lead"])
    let list = try vault.demand(["person", "list"], as: "olga").output
    #expect(list.contains(/ada +(?:[0-9a-f]{4}-){7}[0-9a-f]{4}  lead, reviewer, founding lead, no/))
    #expect(list.contains(/zoe +\S+  lead, reviewer, no passphrase/))
    #expect(list.contains(/olga +\S+  auditor, no passphrase/))
    for (words, name, reason) in [
      (
        ["person", "list"], "r07", "r07 is a reviewer here and may not run `milkglass person list`"
      ),
      (["person", "add", "eve", "--role", "lead"], "r07", "ask the founding lead, ada."),
      (["person", "add", "eve", "--role", "lead"], "zoe", "ask the founding lead, ada."),
      (["person", "remove", "r08"], "zoe", "ask the founding lead, ada."),
      (["person", "reset", "r08"], "zoe", "ask the founding lead, ada."),
    ] {
      let run = try vault.run(words, as: name)
      #expect(run.code == 77 && run.lines.count == 1 && run.errors.contains(reason), "\(run.lines)")
    }
    for (words, reason) in [
      (["person", "add", "zoe", "--role", "auditor"], "\"zoe\" is taken"),
      (["person", "add", "Zoe/..", "--role", "auditor"], "\"Zoe/..\" cannot be a name"),
      (["person", "remove", "eve"], "Nobody here is called \"eve\""),
      (["person", "remove", "ada"], "ada founded this vault"),
      (["person", "reset", "ada"], "ada founded this vault"),
    ] {
      let run = try vault.run(words)
      #expect(run.code == 65 && run.lines.count == 1 && run.errors.contains(reason), "\(run.lines)")
    }
    #expect(try vault.demand(["person", "list"]).output == list)
    let removed = try vault.demand(["person", "remove", "zoe"])
    #expect(removed.output == "zoe is removed; policy signed.\n")
    #expect(try vault.demand(["person", "list"]).output.contains("zoe") == false)
    let gone = try ProgramRun(
      ["person", "list", "--vault", "vault", "--as", "zoe", "--passphrase-fd", "0"],
      in: vault.folder)
    #expect(gone.code == 77)
    #expect(gone.errors == "milkglass: That name and passphrase do not open this vault.\n")
    let log = try vault.demand(["audit", "show"], as: "olga").output
    #expect(log.contains(/ada  person changed .*who=zoe  what=added/))
    #expect(log.contains(/ada  person changed .*who=zoe  what=removed/))
  }

  @Test("a passphrase may come by standard input, and the store is written all the same")
  func passphraseByStandardInput() throws {
    let folder = try TestFolder()
    let made = try ProgramRun(
      [
        "init", "vault", "--as", "zoe", "--daily-goal", "10", "--quick-levels", "no",
        "--passphrase-fd", "0",
      ], inputs: [0: "a line that is long enough"], in: folder)
    #expect(made.code == 0, "\(made.lines)")
    let shown = try ProgramRun(
      ["policy", "show", "--vault", "vault", "--as", "zoe", "--passphrase-fd", "0"],
      inputs: [0: "a line that is long enough"], in: folder)
    #expect(shown.code == 0, "\(shown.lines)")
  }

  @Test("an intake key is enrolled and removed by name; what is none is refused")
  func intakeKey() throws {
    let vault = TestVault(in: try TestVault.empty())
    // The public key of RFC 8032's first test vector.
    let key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    try vault.demand(["person", "add", "app", "--intake-key", key])
    #expect(try vault.demand(["person", "list"]).output.contains(/app +\S+  intake key/))
    let again = try vault.run(["person", "add", "web", "--intake-key", key])
    #expect(again.code == 65 && again.errors.contains("That key is app's already"))
    let none = try vault.run(["person", "add", "web", "--intake-key", "secret"])
    #expect(none.code == 64 && none.lines.count == 1)
    #expect(none.errors.contains("must be an Ed25519 public key"))
    try vault.demand(["person", "remove", "app"])
    #expect(try vault.demand(["person", "list"]).output.contains("intake key") == false)
  }

  @Test("a passphrase opens, another does not, and both it and its loss can be dealt with")
  func passphrases() throws {
    let vault = TestVault(in: try TestVault.empty())
    func run(_ words: [String], _ inputs: [Int: String] = [:], as name: String) throws -> ProgramRun
    {
      let descriptors =
        (inputs[3] == nil ? [] : ["--passphrase-fd", "3"])
        + (inputs[4] == nil ? [] : ["--new-passphrase-fd", "4"])
      return try ProgramRun(
        words + ["--vault", "vault", "--as", name] + descriptors, inputs: inputs,
        in: vault.folder)
    }
    let add = ["person", "add", "max", "--role", "auditor"]
    let short = try run(add, [4: "short"], as: "ada")
    #expect(short.code == 77 && short.errors.contains("at least 8 characters"))
    #expect(try run(add, [4: "first words"], as: "ada").code == 0)
    let list = ["person", "list"]
    let none = try run(list, as: "max")
    #expect(none.code == 77 && none.lines.count == 1)
    #expect(none.errors.contains("There is no terminal to ask for the passphrase at"))
    let change = ["person", "passphrase"]
    #expect(try run(change, [3: "first words", 4: "second words"], as: "max").code == 0)
    let old = try run(list, [3: "first words"], as: "max")
    #expect(old.code == 77)
    #expect(old.errors == "milkglass: That name and passphrase do not open this vault.\n")
    #expect(try run(["person", "reset", "max"], [4: "third words"], as: "ada").code == 0)
    let right = try run(list, [3: "third words"], as: "max")
    #expect(right.code == 0 && right.output.contains(/max +\S+  auditor\n/))
    // None of them is in any file of vault or state.
    let words = ["first", "second", "third"].map { Data("\($0) words".utf8) }
    for folder in ["vault", ProgramRun.stateFolder] {
      for (name, bytes) in try vault.folder.contents(folder) {
        #expect(words.allSatisfy { bytes.range(of: $0) == nil }, "\(name)")
      }
    }
    let open = try run(change, [3: "", 4: "second words"], as: "ada")
    #expect(open.code == 65 && open.lines.count == 1)
    #expect(open.errors.contains("ada has no passphrase in this vault"))
  }
}
