// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import Testing
import TestSupport
import Vocabulary

@testable import ClipVault

/// Attacks on a vault's signed policy; each has the untouched vault as its positive control.
@Suite struct VaultTrustTests {
  private let folder: TemporaryFolder
  private let vault: Vault

  init() throws {
    folder = try TemporaryFolder()
    vault = try Vault.forTests(in: folder)
    _ = try vault.reopened()
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "\(vault.layout.policy)/\(name)")))
  }

  private func put(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(vault.layout.policy)/\(name)"))
  }

  private func saved() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try VaultDisk.names(vault.layout.policy) { files[name] = try bytes(name) }
    return files
  }

  private func bringBack(_ files: [String: [UInt8]]) throws {
    for (name, bytes) in files { try put(name, bytes) }
  }

  private func defect() -> TrustDefect? {
    do throws(VaultError) {
      _ = try vault.reopened()
      return nil
    } catch {
      guard case .trust(let defect) = error else { return nil }
      return defect
    }
  }

  /// Makes the files' signatures anew, as whoever has these keys could.
  private func sign(
    _ identity: Identity, people version: Int? = nil, policy: Int, recipient: AgeRecipient? = nil
  ) throws {
    let texts = try SignedPolicy.read(vault.layout).texts
    let signer = PolicySigner(identity: identity, nowMilliseconds: Vault.testTime)
    if let version {
      try put("people.sig", signer.peopleNote(texts, vault: vault.id, version: version))
    }
    try put(
      "policy.sig",
      signer.policyNote(
        texts, vault: vault.id, version: policy,
        recipient: recipient ?? vault.statement.recipient, logKey: vault.statement.logKey))
  }

  @Test(arguments: ["people.toml", "people.sig", "policy.toml", "policy.sig"])
  func aFlippedBitIsRefusedOrMeansTheSame(_ name: String) throws {
    let whole = try bytes(name)
    let everyBit = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    var random = SeededGenerator(seed: 11)
    let bits =
      everyBit || whole.count < 30
      ? Array(0..<whole.count * 8)
      : (0..<250).map { _ in
        Int.random(in: 0..<whole.count * 8, using: &random)
      }
    var refused = 0
    for bit in bits {
      var changed = whole
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      try put(name, changed)
      do throws(VaultError) {
        let same = try vault.reopened()
        #expect(same == vault, "\(name), bit \(bit)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > bits.count * 9 / 10)
    try put(name, whole)
    #expect(try vault.reopened() == vault)
  }

  @Test func aFileChangedByHandIsNamedWithWhoSignedItLast() throws {
    for file in [PolicyFileName.policy, .cameras, .taxonomy] {
      let whole = try bytes(file.rawValue)
      try put(file.rawValue, whole + Array("# note\n".utf8))
      #expect(
        defect() == .changed(file, signer: "ada", version: 1, vault: vault.layout.root))
      try put(file.rawValue, whole)
      #expect(defect() == nil)
    }
    let error = VaultError.trust(.changed(.cameras, signer: "ada", version: 7, vault: "/v"))
    #expect(
      error.sentence
        == "policy/cameras.toml was changed after lead ada signed version 7; a lead checks it and "
        + "runs `milkglass policy sign --vault /v`.")
    #expect(error.exitCode == 65)
    try put("people.toml", try bytes("people.toml") + [0x0A])
    #expect(defect() == .peopleChanged(founder: "ada"))
  }

  @Test func missingFilesAreNamed() throws {
    for name in try VaultDisk.names(vault.layout.policy) {
      let whole = try bytes(name)
      try VaultDisk.remove("\(vault.layout.policy)/\(name)")
      #expect(defect() == .missing(name))
      try put(name, whole)
    }
    #expect(defect() == nil)
  }

  @Test func newerFormatsAreToldApartFromDamage() throws {
    for (name, title) in [("people.sig", "milkglass people"), ("policy.sig", "milkglass policy")] {
      let whole = try bytes(name)
      try put(name, Array("\(title)\nformat 2\nanything\n".utf8))
      #expect(defect() == .newer(name))
      try put(name, Array("\(title)\nanything\n".utf8))
      #expect(defect() == .damaged("policy/\(name)"))
      try put(name, [])
      #expect(defect() == .damaged("policy/\(name)"))
      try put(name, whole)
    }
    #expect(defect() == nil)
  }

  @Test func signaturesDoNotFitOtherFiles() throws {
    let files = try saved()
    try put("people.sig", files["policy.sig"] ?? [])
    #expect(defect() == .damaged("policy/people.sig"))
    try bringBack(files)
    try put("policy.sig", files["people.sig"] ?? [])
    #expect(defect() == .damaged("policy/policy.sig"))
    try bringBack(files)
    let other = try Vault.forTests(in: folder, name: "other")
    for name in ["people.sig", "policy.sig"] {
      let foreign = try Data(contentsOf: URL(filePath: "\(other.layout.policy)/\(name)"))
      try put(name, [UInt8](foreign))
      #expect(defect() != nil)
      try bringBack(files)
    }
    #expect(defect() == nil)
  }

  @Test func anotherVaultsWholePolicyHasAnotherFounder() throws {
    let files = try saved()
    let foreign = try TemporaryFolder()
    let other = try Vault.forTests(in: foreign)
    for name in files.keys {
      try put(name, [UInt8](try Data(contentsOf: URL(filePath: "\(other.layout.policy)/\(name)"))))
    }
    #expect(
      defect()
        == .unpinned(
          vault: vault.layout.root, founder: "ada", fingerprint: other.fingerprint))
    // The same, under this vault's id: the pin is found and says another key.
    let stranger = IdentityKeys()
    let person = Person(
      name: "ada", roles: [.lead, .reviewer], recipient: stranger.age.recipient,
      signer: stranger.signing.publicKey)
    let people = People(vault: vault.id, founderName: "ada", persons: [person])
    try put("people.toml", Array(PeopleFile.text(people).utf8))
    try sign(Identity(person: person, keys: stranger), people: 2, policy: 2)
    #expect(
      defect()
        == .otherFounder(
          vault: vault.layout.root, fingerprint: stranger.signing.publicKey.fingerprint,
          pinned: TrustPin.digits(vault.fingerprint) ?? "", place: vault.state.trustFile))
    try bringBack(files)
    #expect(defect() == nil)
  }

  @Test func aVersionMayNotFall() throws {
    let files = try saved()
    _ = try vault.policyEditor().set(.dailyGoal, "10")
    try bringBack(files)
    #expect(defect() == .older(version: 1, seen: 2))
    // Without what this seat has seen, nothing could be told: the control.
    try VaultDisk.remove(vault.state.seenFile)
    #expect(defect() == nil)
    for rubbish in ["", "policy x\npeople 1\n", "policy 1\n", "policy 1\npeople 1\nmore\n"] {
      try Data(rubbish.utf8).write(to: URL(filePath: vault.state.seenFile))
      #expect(defect() == .damaged(vault.state.seenFile))
    }
  }

  @Test func onlyALeadOfTheListSigns() throws {
    let editor = try vault.peopleEditor()
    _ = try editor.add("rex", roles: [.reviewer], passphrase: .words("rex"))
    _ = try editor.add("audrey", roles: [.auditor], passphrase: .words("audrey"))
    let now = try editor.add("lena", roles: [.lead], passphrase: .words("lena"))
    for name in ["rex", "audrey"] {
      try sign(try now.unlock(name, .words(name)), policy: 9)
      #expect(defect() == .policyUnsigned)
    }
    let stranger = IdentityKeys()
    try sign(
      Identity(person: try #require(now.people["lena"]), keys: stranger), policy: 9)
    #expect(defect() == .policyUnsigned)
    try sign(try now.unlock("lena", .words("lena")), policy: 9)
    #expect(defect() == nil)
    #expect(try vault.reopened().signer == "lena")
    // A lead other than the founder cannot change the list, even with both signatures.
    try sign(try now.unlock("lena", .words("lena")), people: 9, policy: 10)
    #expect(defect() != nil)
  }

  @Test func aRemovedLeadCannotComeBack() throws {
    let editor = try vault.peopleEditor()
    let with = try editor.add("lena", roles: [.lead], passphrase: .words("lena"))
    let files = try saved()
    let lena = try with.unlock("lena", .words("lena"))
    _ = try editor.remove("lena")
    #expect(defect() == nil)
    try sign(lena, policy: 99)
    #expect(defect() == .policyUnsigned)
    // With the old list, which the founder did sign, and a version as high as she likes.
    try bringBack(files)
    try sign(lena, policy: 99)
    #expect(defect() == .olderPeople(version: 2, seen: 3))
  }

  @Test func anUnknownVaultIsConfirmedByItsFingerprint() throws {
    try VaultDisk.remove(vault.state.trustFile)
    #expect(
      defect()
        == .unpinned(vault: vault.layout.root, founder: "ada", fingerprint: vault.fingerprint))
    let wrong = String(repeating: "0", count: 32)
    let root = vault.layout.root
    let places = vault.places
    for text in [wrong, "", "nonsense", vault.fingerprint + "0"] {
      #expect(
        throws: VaultError.trust(.otherFingerprint(vault: root, fingerprint: vault.fingerprint))
      ) {
        try TrustPin.set(text, for: root, places)
      }
    }
    #expect(defect() != nil)
    try TrustPin.set(vault.fingerprint.uppercased(), for: root, places)
    #expect(defect() == nil)
    try Data("\n".utf8).write(to: URL(filePath: vault.state.trustFile))
    #expect(defect() == .damaged(vault.state.trustFile))
  }

  @Test func theSystemsPinOutranksTheSeats() throws {
    let system = vault.places.systemFile
    let wrong = String(repeating: "0", count: 32)
    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: system)) }
    try write("# pins\n\n\(VaultID.random().text) \(wrong)\n")
    #expect(defect() == nil)
    try write("\(vault.id.text) \(wrong)\n")
    #expect(
      defect()
        == .otherFounder(
          vault: vault.layout.root, fingerprint: vault.fingerprint, pinned: wrong, place: system))
    try VaultDisk.remove(vault.state.trustFile)
    try write("\(vault.id.text) \(vault.fingerprint)\n")
    #expect(defect() == nil)
    for rubbish in ["x", vault.id.text, "\(vault.id.text) \(wrong)0", " \(vault.id.text)"] {
      try write("# first\n\(rubbish)\n")
      #expect(defect() == .trustFile(system, line: 2))
    }
  }

  @Test func someoneWithoutPassphraseIsRefusedWhereThePolicySaysSo() throws {
    let keys = IdentityKeys()
    let open = Person(
      name: "open", roles: [.reviewer], recipient: keys.age.recipient,
      signer: keys.signing.publicKey, hasPassphrase: false)
    let people = People(
      vault: vault.id, founderName: "ada", persons: vault.people.persons + [open])
    let ada = try vault.ada
    try put("people.toml", Array(PeopleFile.text(people).utf8))
    try sign(ada, people: 2, policy: 2)
    #expect(defect() == .openPerson("open"))
  }

  @Test func aVaultThatCannotBeWrittenToOpens() throws {
    let now = try vault.policyEditor().set(.dailyGoal, "10")
    // Folders in the way of what would be written: they stop even root.
    try VaultDisk.remove(vault.state.seenFile)
    try VaultDisk.makeFolder(VaultDisk.incoming(vault.state.seenFile))
    try VaultDisk.remove(vault.layout.lockFile)
    try VaultDisk.makeFolder(vault.layout.lockFile)
    #expect(try vault.reopened() == now)
    #expect(throws: VaultError.self) { try vault.policyEditor().set(.dailyGoal, "20") }
    // A change that was committed, but is not in place, is in force all the same.
    let texts = try SignedPolicy.read(vault.layout).texts
    let files = try saved()
    try VaultDisk.makeFolder(vault.layout.stage)
    var changed = texts
    changed.bytes[.policy] = Array("daily_goal = 30\n".utf8)
    let signer = PolicySigner(identity: try vault.ada, nowMilliseconds: 0)
    let note = signer.policyNote(
      changed, vault: vault.id, version: 3, recipient: vault.statement.recipient,
      logKey: vault.statement.logKey)
    try put(".next/policy.toml", changed.bytes[.policy] ?? [])
    try put(".next/policy.sig", note)
    #expect(try vault.reopened().policy.dailyGoal == 30)
    for (name, bytes) in files { #expect(try self.bytes(name) == bytes) }
    // Once it can be written to, the next opening puts the files in place.
    try VaultDisk.removeFolder(vault.layout.lockFile)
    #expect(try vault.reopened().statement.version == 3)
    #expect(try bytes("policy.toml") == changed.bytes[.policy])
    #expect(try VaultDisk.names(vault.layout.policy).count == 6)
  }
}
