// SPDX-License-Identifier: Apache-2.0

package import Lockdown
package import Sealing
package import Vocabulary

/// Changes who works with a vault, in the founding lead's hands.
///
/// Each change puts the list, both signatures, the vault's key and the person's identity in place as
/// one, raises both versions by one, and gives the vault as it is then.
package struct PeopleEditor {
  private let layout: VaultLayout
  private let places: TrustPlaces
  private let signer: PolicySigner
  var cost = PassphraseCost.standard
  /// Called before each step that writes; tests crash here.
  var willDo: (PolicyStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  /// Edits a vault as its founding lead; `nowMilliseconds` is the wall clock since 1970.
  package init(_ path: String, _ places: TrustPlaces, founder: Identity, nowMilliseconds: Int64) {
    layout = VaultLayout(root: path)
    self.places = places
    signer = PolicySigner(identity: founder, nowMilliseconds: nowMilliseconds)
  }

  /// Makes keys for a new person and lists them.
  ///
  /// An empty passphrase is accepted only where the policy has `open_people`.
  package func add(
    _ name: String, roles: Set<Role>, passphrase: SecretBytes
  ) throws(VaultError) -> Vault {
    try change { (vault) throws(VaultError) in
      try checkNew(name, in: vault.people)
      if let defect = PeopleFile.defect(roles) { throw .people(.badRoles(defect)) }
      let (person, file) = try make(name, roles, passphrase, vault.policy)
      return Change(
        people: vault.people.with(persons: vault.people.persons + [person]),
        files: [(.identity(name), file)])
    }
  }

  /// Lists a key that signs consent records and notices.
  package func addIntake(_ name: String, _ key: VerifyingKey) throws(VaultError) -> Vault {
    try change { (vault) throws(VaultError) in
      let people = vault.people
      try checkNew(name, in: people)
      let owner =
        people.persons.first { $0.signer == key }?.name
        ?? people.intakeKeys.first { $0.key == key }?.name
      if let owner { throw .people(.keyTaken(owner)) }
      return Change(
        people: people.with(intakeKeys: people.intakeKeys + [IntakeKey(name: name, key: key)]))
    }
  }

  /// Takes a person, or an intake key, off the list; a person's identity file goes as well.
  ///
  /// Whoever kept copies of the vault from before can open those still, until `rekey`.
  package func remove(_ name: String) throws(VaultError) -> Vault {
    try change { (vault) throws(VaultError) in
      let people = vault.people
      guard people.has(name) else { throw .people(.unknown(name)) }
      // The founder is a lead, so that one lead always stays.
      guard name != people.founderName else { throw .people(.founderStays(name)) }
      guard people[name] != nil else {
        return Change(people: people.with(intakeKeys: people.intakeKeys.filter { $0.name != name }))
      }
      return Change(
        people: people.with(persons: people.persons.filter { $0.name != name }),
        files: [(.noIdentity(name), [])])
    }
  }

  /// Gives a person new keys under a new passphrase, who forgot the old one.
  package func resetPassphrase(
    of name: String, to passphrase: SecretBytes
  ) throws(VaultError) -> Vault {
    try change { (vault) throws(VaultError) in
      guard let old = vault.people[name] else { throw .people(.unknown(name)) }
      guard name != vault.people.founderName else { throw .people(.founderReset(name)) }
      let (person, file) = try make(name, old.roles, passphrase, vault.policy)
      return Change(
        people: vault.people.with(
          persons: vault.people.persons.map { $0.name == name ? person : $0 }),
        files: [(.identity(name), file)])
    }
  }

  private struct Change {
    let people: People
    var files: [(file: StagedFile, bytes: [UInt8])] = []
  }

  private func make(
    _ name: String, _ roles: Set<Role>, _ passphrase: SecretBytes, _ policy: Policy
  ) throws(VaultError) -> (Person, [UInt8]) {
    let hasPassphrase = passphrase.count > 0
    guard hasPassphrase || policy.openPeople else { throw .people(.emptyPassphrase) }
    let (keys, file) = try IdentityFile.make(passphrase, cost: hasPassphrase ? cost : .open)
    return (
      Person(
        name: name, roles: roles, recipient: keys.age.recipient, signer: keys.signing.publicKey,
        hasPassphrase: hasPassphrase), file
    )
  }

  private func checkNew(_ name: String, in people: People) throws(VaultError) {
    guard PersonName.isValid(name) else { throw .people(.badName(name)) }
    guard !people.has(name) else { throw .people(.nameTaken(name)) }
    guard max(people.persons.count, people.intakeKeys.count) < PeopleFile.limit else {
      throw .people(.tooMany)
    }
  }

  private func change(
    _ edit: (Vault) throws(VaultError) -> Change
  ) throws(VaultError) -> Vault {
    guard case .folder = VaultDisk.kind(layout.clips) else { throw .notAVault(layout.root) }
    let lock = try VaultLock(layout.lockFile, vault: layout.root)
    defer { withExtendedLifetime(lock) {} }
    try PolicyStage(layout: layout).recover()
    let reader = VaultReader(layout: layout, places: places)
    let loaded = try reader.open()
    let vault = loaded.vault
    guard signer.identity.signing.publicKey == vault.founding.founderKey else {
      throw .people(.notFounder(vault.founding.founderName))
    }
    let change = try edit(vault)
    var texts = loaded.texts
    texts.bytes[.people] = Array(PeopleFile.text(change.people).utf8)
    let peopleNote = signer.peopleNote(texts, vault: vault.id, version: vault.founding.version + 1)
    let policyNote = signer.policyNote(
      texts, vault: vault.id, version: vault.statement.version + 1,
      recipient: vault.statement.recipient, logKey: vault.statement.logKey)
    let vaultIdentity = try signer.resealedVaultIdentity(layout, for: change.people)
    try PolicyStage(layout: layout, willDo: willDo).put(
      change.files + [
        (.policy(.people), texts.bytes[.people] ?? []), (.peopleSignature, peopleNote),
        (.policySignature, policyNote), (.vaultIdentity, vaultIdentity),
      ])
    return try reader.open().vault
  }
}

extension People {
  /// The list with other people or other intake keys.
  fileprivate func with(persons: [Person]? = nil, intakeKeys: [IntakeKey]? = nil) -> People {
    People(
      vault: vault, founderName: founderName, persons: persons ?? self.persons,
      intakeKeys: intakeKeys ?? self.intakeKeys)
  }
}
