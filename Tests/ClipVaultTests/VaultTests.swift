// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictTOML
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct VaultTests {
  @Test func aNewVaultOpensWithItsDefaults() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/new/"
    let vault = try Vault.initialise(at: path, policy: Policy(dailyGoal: 90))
    #expect(vault == (try Vault.open(path)))
    #expect(vault.policy == Policy(dailyGoal: 90))
    #expect(vault.taxonomy.terms.count == 16)
    #expect(vault.cameras[CameraID("bench")]?.isStaff == true)
    #expect(vault.layout.root == folder.path + "/new")
    for path in [vault.layout.root] + vault.layout.folders {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o700)
    }
    let mode = try FileManager.default.attributesOfItem(atPath: vault.layout.taxonomyFile)
    #expect(mode[.posixPermissions] as? Int == 0o600)
  }

  @Test func foreignFoldersAreLeftAlone() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Never.self) { try Vault.initialise(at: folder.path) }
    #expect(throws: VaultError.alreadyAVault(folder.path)) {
      try Vault.initialise(at: folder.path)
    }
    let other = try TemporaryFolder()
    let file = try other.write("letter.txt", "dear")
    #expect(throws: VaultError.notEmpty(other.path)) { try Vault.initialise(at: other.path) }
    #expect(throws: VaultError.notEmpty(file)) { try Vault.initialise(at: file) }
    #expect(throws: VaultError.notAVault(other.path)) { try Vault.open(other.path) }
    #expect(try VaultDisk.names(other.path) == ["letter.txt"])
  }

  @Test func anInterruptedStartIsFinished() throws {
    let folder = try TemporaryFolder()
    let layout = VaultLayout(root: folder.path)
    for path in layout.folders { try VaultDisk.makeFolder(path) }
    try Data("rest".utf8).write(to: URL(filePath: layout.taxonomyFile + ".incoming"))
    #expect(throws: VaultError.notAVault(folder.path)) { try Vault.open(folder.path) }
    #expect(throws: Never.self) { try Vault.initialise(at: folder.path) }
    let names = try VaultDisk.names(layout.policy)
    #expect(names == ["cameras.toml", "policy.toml", "taxonomy.toml"])
  }

  @Test func aVaultWithClipsButNoPolicyIsNotMadeAnew() throws {
    let folder = try TemporaryFolder()
    let layout = VaultLayout(root: folder.path)
    for path in layout.folders { try VaultDisk.makeFolder(path) }
    try Data("x".utf8).write(to: URL(filePath: layout.clips + "/x"))
    #expect(throws: VaultError.notEmpty(folder.path)) { try Vault.initialise(at: folder.path) }
  }

  @Test func wrongPolicyFilesAreNamedWithTheirPlace() throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.initialise(at: folder.path + "/v")
    try Data("daily_goal = 0\n".utf8).write(to: URL(filePath: vault.layout.policyFile))
    let error = #expect(throws: VaultError.self) { try Vault.open(vault.layout.root) }
    #expect(error?.sentence == "policy.toml:1:1: \"daily_goal\" must be 1 to 10000 clips.")
    #expect(error?.exitCode == 65)
    try Data([0xFF]).write(to: URL(filePath: vault.layout.camerasFile))
    let encoding = #expect(throws: VaultError.self) { try Vault.open(vault.layout.root) }
    #expect(encoding?.sentence == "cameras.toml: is not UTF-8 text.")
    let path = folder.path + "/w"
    let cameras = #expect(throws: VaultError.self) {
      try Vault.initialise(at: path, cameras: "[[camera]]\n")
    }
    #expect(cameras?.sentence == "cameras.toml:1:1: \"id\" is missing.")
    #expect(!FileManager.default.fileExists(atPath: path))
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
