// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import StrictTOML
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct VaultTests {
  private func make(_ path: String, _ folder: TemporaryFolder) throws(VaultError) -> Vault {
    try Vault.initialise(at: path, folder.places, founder: .ada, nowMilliseconds: Vault.testTime)
  }

  @Test func aNewVaultOpensWithItsDefaults() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/new/"
    let vault = try Vault.initialise(
      at: path, folder.places, founder: .ada, policy: Policy(dailyGoal: 90),
      nowMilliseconds: Vault.testTime)
    #expect(vault == (try Vault.open(path, folder.places)))
    #expect(vault.policy == Policy(dailyGoal: 90))
    #expect(vault.taxonomy.terms.count == 16)
    #expect(vault.cameras[CameraID("bench")]?.isStaff == true)
    #expect(vault.layout.root == folder.path + "/new")
    #expect(vault.statement.version == 1 && vault.founding.version == 1 && vault.signer == "ada")
    #expect(vault.people.persons.map(\.name) == ["ada"])
    #expect(vault.people["ada"]?.roles == [.lead, .reviewer])
    #expect(!vault.hasOpenPeople)
    #expect(try vault.state.logKey().publicKey == vault.statement.logKey)
    #expect(throws: Never.self) { try KeyStore.open(vault.layout, vault.state) }
    for path in [vault.layout.root, vault.layout.people] + vault.layout.folders {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o700)
    }
    let files = [vault.layout.taxonomyFile, vault.state.logKeyFile, vault.layout.identity("ada")]
    for file in files {
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
      #expect(mode as? Int == 0o600)
    }
  }

  @Test func theFounderOpensTheVaultsIdentity() throws {
    let folder = try TemporaryFolder()
    let vault = try make(folder.path + "/v", folder)
    let identities = try VaultIdentityFile.open(
      vault.layout, with: try vault.ada.age, expecting: vault.statement.recipient)
    #expect(identities.map(\.recipient) == [vault.statement.recipient])
  }

  @Test func foreignFoldersAreLeftAlone() throws {
    let state = try TemporaryFolder()
    let folder = try TemporaryFolder()
    #expect(throws: Never.self) { try make(folder.path, state) }
    #expect(throws: VaultError.alreadyAVault(folder.path)) { try make(folder.path, state) }
    let other = try TemporaryFolder()
    let file = try other.write("letter.txt", "dear")
    #expect(throws: VaultError.notEmpty(other.path)) { try make(other.path, state) }
    #expect(throws: VaultError.notEmpty(file)) { try make(file, state) }
    #expect(throws: VaultError.notAVault(other.path)) { try Vault.open(other.path, state.places) }
    #expect(try VaultDisk.names(other.path) == ["letter.txt"])
  }

  @Test func anInterruptedMakingIsFinished() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/v"
    let layout = VaultLayout(root: path)
    for path in [path] + layout.folders + [layout.people, layout.incomingStage] {
      try VaultDisk.makeFolder(path)
    }
    for path in [
      layout.keyStore, layout.vaultIdentity, layout.people + "/.incoming-ada.age",
      layout.incomingStage + "/policy.toml",
    ] {
      try Data("rest".utf8).write(to: URL(filePath: path))
    }
    #expect(throws: VaultError.notAVault(path)) { try Vault.open(path, folder.places) }
    #expect(throws: Never.self) { try make(path, folder) }
    let names = try VaultDisk.names(layout.policy)
    let expected = ["cameras.toml", "people.sig", "people.toml", "policy.sig", "policy.toml"]
    #expect(names == expected + ["taxonomy.toml"])
    #expect(try VaultDisk.names(layout.people) == ["ada.age"])
  }

  @Test func aVaultWithClipsButNoPolicyIsNotMadeAnew() throws {
    for (folderName, file) in [("clips", "x"), ("keys", "row-1"), ("store", "labels.sqlite")] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/v"
      let layout = VaultLayout(root: path)
      for path in [path] + layout.folders { try VaultDisk.makeFolder(path) }
      try folder.write("v/\(folderName)/\(file)", "x")
      #expect(throws: VaultError.notEmpty(path)) { try make(path, folder) }
    }
  }

  @Test func aVaultOfVersion01IsNamedAsSuch() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/v"
    let layout = VaultLayout(root: path)
    for path in [path] + layout.folders { try VaultDisk.makeFolder(path) }
    for (name, text) in [
      ("policy", PolicyFile.text(Policy())), ("cameras", CamerasFile.initial),
      ("taxonomy", DefaultTaxonomy.text),
    ] {
      try folder.write("v/policy/\(name).toml", text)
    }
    let error = #expect(throws: VaultError.trust(.unsealed(vault: path))) {
      try Vault.open(path, folder.places)
    }
    #expect(
      error?.sentence
        == "\(path) was made before clips were sealed; make a new vault with `milkglass init` and "
        + "take the clips in again.")
    #expect(throws: VaultError.alreadyAVault(path)) { try make(path, folder) }
  }

  @Test func wrongFilesGiveNoVault() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/w"
    let cameras = #expect(throws: VaultError.self) {
      try Vault.initialise(
        at: path, folder.places, founder: .ada, cameras: "[[camera]]\n", nowMilliseconds: 0)
    }
    #expect(cameras?.sentence == "cameras.toml:1:1: \"id\" is missing.")
    #expect(throws: VaultError.people(.emptyPassphrase)) {
      try Vault.initialise(
        at: path, folder.places, founder: Founder(name: "ada", passphrase: .words("")),
        nowMilliseconds: 0)
    }
    #expect(throws: VaultError.people(.badName("Ada"))) {
      try Vault.initialise(
        at: path, folder.places, founder: Founder(name: "Ada", passphrase: .words("x")),
        nowMilliseconds: 0)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func aDemonstrationNeedsNoPassphraseAndSaysSo() throws {
    let folder = try TemporaryFolder()
    var policy = Policy()
    policy.openPeople = true
    let vault = try Vault.initialise(
      at: folder.path + "/v", folder.places,
      founder: Founder(name: "demo", passphrase: .words("")), policy: policy, nowMilliseconds: 0)
    #expect(vault.hasOpenPeople)
    #expect(vault.people["demo"]?.hasPassphrase == false)
    #expect(try vault.unlockOpen("demo").person.name == "demo")
    #expect(throws: VaultError.people(.openPerson("demo"))) {
      try vault.changePassphrase(of: "demo", from: .words(""), to: .words("new"), cost: .cheap)
    }
    let lead = try vault.unlockOpen("demo")
    let editor = PolicyEditor(vault.layout.root, vault.places, lead: lead, nowMilliseconds: 1)
    #expect(throws: VaultError.trust(.openPerson("demo"))) { try editor.set(.openPeople, "false") }
  }

  @Test func failuresOfTheSystemHaveTheirSentencesAndExitCodes() {
    let cases: [(SystemFailure.Purpose, Int32, String, Int32)] = [
      (.write, ENOSPC, "The disk is full: cannot write /x; make room and try again.", 74),
      (.create, ENOSPC, "The disk is full: cannot create /x; make room and try again.", 74),
      (.create, EACCES, "You have no permission to create /x.", 77),
      (.create, EROFS, "Cannot create /x: the disk is read-only.", 77),
      (.read, ENOENT, "There is no /x.", 66),
      (.create, ENOTDIR, "Cannot create /x: Not a directory.", 73),
      (.read, EIO, "Cannot read /x: Input/output error.", 74),
    ]
    for (purpose, code, sentence, exitCode) in cases {
      let failure = SystemFailure(purpose, "/x", code: code)
      #expect(failure.sentence == sentence)
      #expect(failure.exitCode == exitCode)
    }
  }
}
