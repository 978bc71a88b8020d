// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
package import Lockdown
internal import Sealing
package import Vocabulary

/// Who works here.
extension VaultEntry {
  /// Enrols a person.
  package func addPerson(
    _ name: String, roles: Set<Role>, passphrase: SecretBytes
  ) throws(SessionError) {
    let editor = try peopleEditor()
    try inVault { () throws(VaultError) in
      _ = try editor.add(name, roles: roles, passphrase: passphrase)
    }
    try logChange("added", of: name)
  }

  /// A passphrase for somebody who is enrolled; empty where the vault's people have none.
  package func newPassphrase(
    of name: String, descriptor: Int?
  ) throws(SessionError) -> SecretBytes {
    if vault.policy.openPeople, descriptor == nil { return SecretBytes(count: 0) { _ in } }
    return try Entrance.newPassphrase(of: name, descriptor: descriptor)
  }

  /// Enrols a key (standard base64) that signs consent records and notices.
  package func addIntakeKey(_ name: String, base64: String) throws(SessionError) {
    guard let key = VerifyingKey(text: base64) else {
      throw .words(
        "The intake key must be an Ed25519 public key in base64, 44 characters.", exitCode: 64)
    }
    let editor = try peopleEditor()
    try inVault { () throws(VaultError) in _ = try editor.addIntake(name, key) }
    try logChange("intake_added", of: name)
  }

  /// Takes a person or an intake key off the list.
  package func removePerson(_ name: String) throws(SessionError) {
    let editor = try peopleEditor()
    try inVault { () throws(VaultError) in _ = try editor.remove(name) }
    try logChange("removed", of: name)
  }

  /// Gives a person new keys under a new passphrase, who forgot theirs.
  package func resetPerson(_ name: String, passphrase: SecretBytes) throws(SessionError) {
    let editor = try peopleEditor()
    try inVault { () throws(VaultError) in
      _ = try editor.resetPassphrase(of: name, to: passphrase)
    }
    try logChange("reset", of: name)
  }

  /// Gives a person another passphrase, who has the old one.
  package static func changePassphrase(
    through entrance: Entrance, newDescriptor: Int?
  ) throws(SessionError) {
    let places = try entrance.places()
    let locked = try entrance.lock(for: .personPassphrase)
    let vault = try inVault { () throws(VaultError) in try Vault.open(entrance.path, places) }
    let name = entrance.personName(in: vault.people)
    let old =
      vault.people[name]?.hasPassphrase == false
      ? SecretBytes(count: 0) { _ in } : try entrance.askPassphrase(of: name, locked)
    // Asked for only once the old one is right, so that nobody types a new one in vain.
    let identity = try inVault { () throws(VaultError) in try vault.unlock(name, old) }
    let new = try Entrance.newPassphrase(of: name, descriptor: newDescriptor)
    try inVault { () throws(VaultError) in
      try vault.changePassphrase(of: name, from: old, to: new)
    }
    let entry = VaultEntry(vault: vault, identity: identity, seat: entrance.seat, locked: locked)
    try entry.logChange("passphrase", of: name)
  }

  /// The people, a line each.
  package var peopleLines: [String] {
    let people = vault.people
    let width = (people.persons.map(\.name) + people.intakeKeys.map(\.name)).map(\.count).max() ?? 0
    func padded(_ name: String) -> String {
      name + String(repeating: " ", count: max(0, width - name.count))
    }
    return people.persons.map { person in
      let roles = person.roles.sorted().map(\.rawValue).joined(separator: ", ")
      let founder = person.name == people.founderName ? ", founding lead" : ""
      let open = person.hasPassphrase ? "" : ", no passphrase"
      return "\(padded(person.name))  \(person.signer.fingerprint)  \(roles)\(founder)\(open)"
    } + people.intakeKeys.map { "\(padded($0.name))  \($0.key.fingerprint)  intake key" }
  }

  private func peopleEditor() throws(SessionError) -> PeopleEditor {
    try demandLog()
    return PeopleEditor(
      path, places, founder: try person(), nowMilliseconds: SessionClock.wallMilliseconds)
  }

  /// Logs that the vault was made.
  func logMade(by founder: String) throws(SessionError) {
    try logDone(
      [AuditDraft(.vaultMade, ["founder": .word(founder)])], by: AuditActor(founder, seat: seat))
  }

  private func logChange(_ what: String, of name: String) throws(SessionError) {
    try logDone([AuditDraft(.personChanged, ["what": .word(what), "who": .word(name)])])
  }
}
