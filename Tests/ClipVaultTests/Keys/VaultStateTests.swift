// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import Testing

@testable import ClipVault

@Suite struct VaultStateTests {
  @Test func anIDIs32HexadecimalDigits() {
    let id = VaultID.random()
    #expect(VaultID(text: id.text) == id && id.text.utf8.count == 32)
    #expect(VaultID(bytes: id.bytes) == id)
    #expect(VaultID.random() != id)
    let digits = String(repeating: "0f", count: 16)
    #expect(VaultID(text: digits)?.text == digits)
    for wrong in ["", String(digits.dropLast()), digits + "0", digits.uppercased(), "../" + digits]
    {
      #expect(VaultID(text: wrong) == nil)
    }
    #expect(VaultID(bytes: [1]) == nil)
  }

  @Test func theFolderIsTheStateHomesOrTheHomes() {
    #expect(VaultState.defaultRoot(environment: ["XDG_STATE_HOME": "/s"]) == "/s/milkglass")
    let home = ["HOME": "/h"]
    #expect(VaultState.defaultRoot(environment: home) == "/h/.local/state/milkglass")
    let relative = home.merging(["XDG_STATE_HOME": "s"]) { $1 }
    #expect(VaultState.defaultRoot(environment: relative) == "/h/.local/state/milkglass")
    #expect(VaultState.defaultRoot(environment: [:]) == nil)
    let id = VaultID.random()
    #expect(VaultState(root: "/s//", vault: id).folder == "/s/\(id.text)")
  }

  @Test func epochsAreForTheOwnerAloneAndReadBack() throws {
    let folder = try TemporaryFolder()
    let state = VaultState(root: folder.path + "/a/b", vault: .random())
    #expect(throws: VaultError.epochMissing(state.folder)) { try state.epochs() }
    try state.makeFolder()
    #expect(throws: VaultError.epochMissing(state.folder)) { try state.epochs() }
    for number in [12, 2] {
      let identity = AgeIdentity()
      try state.writeEpoch(number, identity)
      #expect(try state.epoch(number).recipient == identity.recipient)
    }
    for name in [
      "epoch-", "epoch-0", "epoch-01", "epoch--1", "epoch-x", "epoch-9999999999999999999",
    ] {
      try VaultDisk.writeNew("\(state.folder)/\(name)", [])
    }
    #expect(try state.epochs() == [2, 12])
    for path in [state.folder, state.epochFile(2)] {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == (path == state.folder ? 0o700 : 0o600))
    }
    try state.destroyEpoch(2)
    try state.destroyEpoch(2)
    #expect(try state.epochs() == [12])
  }

  @Test func theLogKeyIsKept() throws {
    let folder = try TemporaryFolder()
    let state = VaultState(root: folder.path, vault: .random())
    try state.makeFolder()
    let key = try state.makeLogKey()
    #expect(try state.logKey().publicKey == key.publicKey)
    #expect(try VaultDisk.read(state.logKeyFile, limit: 100).count == 32)
    try VaultDisk.remove(state.logKeyFile)
    try VaultDisk.writeNew(state.logKeyFile, [1, 2, 3])
    #expect(throws: VaultError.stateDamaged(state.logKeyFile)) { try state.logKey() }
    try VaultDisk.remove(state.logKeyFile)
    #expect(throws: VaultError.self) { try state.logKey() }
  }
}
