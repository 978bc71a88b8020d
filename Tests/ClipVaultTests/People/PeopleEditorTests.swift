// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct PeopleEditorTests {
  private let folder: TemporaryFolder
  private let vault: Vault

  init() throws {
    folder = try TemporaryFolder()
    vault = try Vault.forTests(in: folder)
  }

  /// Whether a person's key opens the vault's identity as it lies on disk.
  private func opensClips(_ identity: Identity) -> Bool {
    let recipient = vault.statement.recipient
    return
      (try? VaultIdentityFile.open(vault.layout, with: identity.age, expecting: recipient)) != nil
  }

  @Test func aNewPersonUnlocksAndOpensWhatTheirRolesLet() throws {
    let editor = try vault.peopleEditor()
    for (name, role, opens) in [
      ("rex", Role.reviewer, true), ("lena", .lead, true), ("audrey", .auditor, false),
    ] {
      let now = try editor.add(name, roles: [role], passphrase: .words("for \(name)"))
      #expect(now == (try vault.reopened()))
      let identity = try now.unlock(name, .words("for \(name)"))
      #expect(identity.person == now.people[name] && identity.person.roles == [role])
      #expect(opensClips(identity) == opens, "\(name)")
      #expect(throws: VaultError.unlock(.wrongPassphrase)) {
        try IdentityFile.open(
          try VaultDisk.read(vault.layout.identity(name), limit: 4096), of: identity.person,
          .words("for ada"), cost: .cheap)
      }
    }
    let now = try vault.reopened()
    #expect(now.statement.version == 4 && now.founding.version == 4)
    #expect(now.people.persons.map(\.name) == ["ada", "rex", "lena", "audrey"])
    #expect(opensClips(try now.ada))
  }

  @Test func whoIsRemovedLosesKeysAndFile() throws {
    let editor = try vault.peopleEditor()
    let with = try editor.add("rex", roles: [.reviewer], passphrase: .words("rex"))
    let rex = try with.unlock("rex", .words("rex"))
    #expect(opensClips(rex))
    let without = try editor.remove("rex")
    #expect(without.people["rex"] == nil && without.statement.version == 3)
    #expect(!opensClips(rex))
    #expect(opensClips(try without.ada))
    #expect(try VaultDisk.names(vault.layout.people) == ["ada.age"])
    #expect(throws: VaultError.people(.unknown("rex"))) { try editor.remove("rex") }
    #expect(throws: VaultError.people(.founderStays("ada"))) { try editor.remove("ada") }
  }

  @Test func aResetGivesNewKeysAndShutsTheOld() throws {
    let editor = try vault.peopleEditor()
    let before = try editor.add("rex", roles: [.reviewer], passphrase: .words("old"))
    let old = try before.unlock("rex", .words("old"))
    let after = try editor.resetPassphrase(of: "rex", to: .words("new"))
    let new = try after.unlock("rex", .words("new"))
    #expect(new.person.roles == [.reviewer] && new.person.recipient != old.person.recipient)
    #expect(opensClips(new) && !opensClips(old))
    #expect(throws: VaultError.people(.founderReset("ada"))) {
      try editor.resetPassphrase(of: "ada", to: .words("x"))
    }
    #expect(throws: VaultError.people(.unknown("nobody"))) {
      try editor.resetPassphrase(of: "nobody", to: .words("x"))
    }
    #expect(throws: VaultError.people(.emptyPassphrase)) {
      try editor.resetPassphrase(of: "rex", to: .words(""))
    }
  }

  @Test func aPersonChangesTheirPassphraseAlone() throws {
    _ = try vault.peopleEditor().add("rex", roles: [.reviewer], passphrase: .words("old"))
    let now = try vault.reopened()
    let old = try now.unlock("rex", .words("old"))
    #expect(throws: VaultError.unlock(.wrongPassphrase)) {
      try now.changePassphrase(of: "rex", from: .words("x"), to: .words("new"), cost: .cheap)
    }
    #expect(throws: VaultError.people(.emptyPassphrase)) {
      try now.changePassphrase(of: "rex", from: .words("old"), to: .words(""), cost: .cheap)
    }
    try now.changePassphrase(of: "rex", from: .words("old"), to: .words("new"), cost: .cheap)
    #expect(try now.unlock("rex", .words("new")).person == old.person)
    #expect(throws: VaultError.unlock(.wrongPassphrase)) { try now.unlock("rex", .words("old")) }
    #expect(try vault.reopened() == now)
  }

  @Test func whatIsNoIdentityFileIsToldAsAWrongPassphrase() throws {
    let path = vault.layout.identity("ada")
    let whole = try VaultDisk.read(path, limit: 4096)
    try Data([UInt8](repeating: 0, count: 5000)).write(to: URL(filePath: path))
    #expect(throws: VaultError.unlock(.damagedFile)) { try vault.ada }
    try VaultDisk.remove(path)
    #expect(throws: VaultError.unlock(.missingFile)) { try vault.ada }
    try VaultDisk.makeFolder(path)
    #expect(throws: VaultError.unlock(.damagedFile)) { try vault.ada }
    try VaultDisk.removeFolder(path)
    try Data(whole).write(to: URL(filePath: path))
    #expect(try vault.ada.person.name == "ada")
  }

  @Test func intakeKeysComeAndGo() throws {
    let editor = try vault.peopleEditor()
    let key = SigningKey().publicKey
    let with = try editor.addIntake("desk", key)
    #expect(with.people.intakeKeys == [IntakeKey(name: "desk", key: key)])
    #expect(throws: VaultError.people(.nameTaken("desk"))) {
      try editor.add("desk", roles: [.reviewer], passphrase: .words("x"))
    }
    #expect(throws: VaultError.people(.keyTaken("desk"))) { try editor.addIntake("other", key) }
    #expect(throws: VaultError.people(.keyTaken("ada"))) {
      try editor.addIntake("other", vault.founding.founderKey)
    }
    #expect(try editor.remove("desk").people == vault.people)
  }

  @Test func wrongNewcomersAreRefusedAndChangeNothing() throws {
    let editor = try vault.peopleEditor()
    let before = try vault.reopened()
    let cases: [(String, Set<Role>, String, PeopleDefect)] = [
      ("ada", [.reviewer], "x", .nameTaken("ada")),
      ("../ada", [.reviewer], "x", .badName("../ada")),
      ("Rex", [.reviewer], "x", .badName("Rex")),
      ("rex", [.reviewer], "", .emptyPassphrase),
      ("rex", [], "x", .badRoles("a person needs a role (lead, reviewer or auditor)")),
      (
        "rex", [.auditor, .lead], "x", .badRoles("an auditor can be neither reviewer nor lead")
      ),
    ]
    for (name, roles, words, defect) in cases {
      #expect(throws: VaultError.people(defect)) {
        try editor.add(name, roles: roles, passphrase: .words(words))
      }
    }
    #expect(try vault.reopened() == before)
    #expect(throws: Never.self) {
      try editor.add("rex", roles: [.reviewer], passphrase: .words("x"))
    }
  }

  @Test func onlyTheFoundingLeadChangesPeople() throws {
    let now = try vault.peopleEditor().add("lena", roles: [.lead], passphrase: .words("lena"))
    let lena = try now.unlock("lena", .words("lena"))
    let editor = PeopleEditor(vault.layout.root, vault.places, founder: lena, nowMilliseconds: 0)
    let error = #expect(throws: VaultError.people(.notFounder("ada"))) {
      try editor.add("rex", roles: [.reviewer], passphrase: .words("x"))
    }
    #expect(
      error?.sentence == "Only the founding lead, ada, changes the list of people; ask ada.")
    #expect(throws: VaultError.people(.notFounder("ada"))) { try editor.remove("lena") }
  }

  @Test func twoAtOnceAreToldApart() throws {
    let editor = try vault.peopleEditor()
    let lock = try VaultLock(vault.layout.lockFile, vault: vault.layout.root)
    #expect(throws: VaultError.busy(vault.layout.root)) {
      try editor.add("rex", roles: [.reviewer], passphrase: .words("x"))
    }
    #expect(throws: VaultError.busy(vault.layout.root)) {
      try vault.changePassphrase(of: "ada", from: .words("x"), to: .words("y"))
    }
    // Reading needs no lock.
    #expect(try vault.reopened() == vault)
    withExtendedLifetime(lock) {}
  }

  /// Crashes before each step of a change in turn, then looks at what is left.
  private func crashEverywhere(
    _ change: (PeopleEditor) throws(VaultError) -> Vault, _ check: (Vault, Bool) throws -> Void
  ) throws {
    var crashes = 0
    while try isStopped(before: crashes, change, check) { crashes += 1 }
    #expect(crashes > 10)
  }

  private func isStopped(
    before step: Int, _ change: (PeopleEditor) throws(VaultError) -> Vault,
    _ check: (Vault, Bool) throws -> Void
  ) throws -> Bool {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    var editor = try vault.peopleEditor()
    _ = try editor.add("rex", roles: [.reviewer], passphrase: .words("rex"))
    let crash = Crash(before: step)
    editor.willDo = crash.pass
    _ = try? change(editor)
    // First as a reader who cannot settle it, then as one who can.
    let seen = try vault.whileLocked { () throws(VaultError) in try vault.reopened() }
    let now = try vault.reopened()
    #expect(now == seen, "step \(step)")
    #expect(now.statement.version == (crash.isCommitted || !crash.happened ? 3 : 2), "\(step)")
    try check(now, crash.isCommitted)
    let names = try VaultDisk.names(vault.layout.policy)
    #expect(names.count == 6, "step \(step): \(names)")
    _ = try now.peopleEditor().add("zoe", roles: [.lead], passphrase: .words("zoe"))
    return crash.happened
  }

  @Test func aCrashWhileAddingLeavesOneOrTheOther() throws {
    try crashEverywhere { (editor) throws(VaultError) in
      try editor.add("lena", roles: [.lead], passphrase: .words("lena"))
    } _: { now, isCommitted in
      #expect((now.people["lena"] != nil) == isCommitted)
      guard isCommitted else { return }
      let lena = try now.unlock("lena", .words("lena"))
      #expect(throws: Never.self) {
        try VaultIdentityFile.open(
          now.layout, with: lena.age, expecting: now.statement.recipient)
      }
    }
  }

  @Test func aCrashWhileRemovingLeavesOneOrTheOther() throws {
    try crashEverywhere { (editor) throws(VaultError) in
      try editor.remove("rex")
    } _: { now, isCommitted in
      #expect((now.people["rex"] == nil) == isCommitted)
      let names = try VaultDisk.names(now.layout.people)
      #expect(names == (isCommitted ? ["ada.age"] : ["ada.age", "rex.age"]))
      if !isCommitted { _ = try now.unlock("rex", .words("rex")) }
    }
  }
}
