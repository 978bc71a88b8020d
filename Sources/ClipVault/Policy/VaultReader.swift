// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Vocabulary

/// Reads a vault's policy and believes it step by step: the pin, the founding lead's signature, the
/// list of people, a lead's signature, the digests, the files' text, the versions.
struct VaultReader {
  let layout: VaultLayout
  let places: TrustPlaces

  /// Opens the vault.
  ///
  /// A change that happens while we read gives a mixture that is refused; then what lies there now
  /// differs from what was read, and is read again.
  func open() throws(VaultError) -> LoadedVault {
    var signed = try SignedPolicy.read(layout)
    for _ in 0..<3 {
      do throws(VaultError) { return try judge(signed) } catch {
        let again = try SignedPolicy.read(layout)
        guard again != signed else { throw error }
        signed = again
      }
    }
    return try judge(signed)
  }

  private func judge(_ signed: SignedPolicy) throws(VaultError) -> LoadedVault {
    let founding = try signed.peopleStatement()
    try signed.checkPin(founding, places)
    guard signed.texts.digest(.people) == founding.digest else {
      throw .trust(.peopleChanged(founder: founding.founderName))
    }
    let people = try signed.people(founding)
    let (statement, signer) = try signed.policyStatement(leads: people.leadKeys)
    guard statement.vault == founding.vault else { throw .trust(.mixed) }
    for file in PolicyFileName.allCases
    where signed.texts.digest(file) != statement.digests[file] {
      throw .trust(
        .changed(file, signer: signer, version: statement.version, vault: layout.root))
    }
    let vault = Vault(
      layout: layout, places: places, people: people, founding: founding, statement: statement,
      signer: signer, files: try PolicyFiles(signed.texts))
    try Self.checkPassphrases(people, vault.policy)
    try SeenVersions.check(
      SeenVersions(policy: statement.version, people: founding.version), in: vault.state)
    return LoadedVault(vault: vault, texts: signed.texts)
  }

  /// Refuses people without a passphrase where the policy does not allow them.
  static func checkPassphrases(_ people: People, _ policy: Policy) throws(VaultError) {
    guard !policy.openPeople else { return }
    if let person = people.persons.first(where: { !$0.hasPassphrase }) {
      throw .trust(.openPerson(person.name))
    }
  }
}

/// A vault, and the bytes of the files that it was read from.
struct LoadedVault {
  let vault: Vault
  let texts: PolicyTexts
}

/// The three files that are not about people, read strictly.
struct PolicyFiles {
  let taxonomy: Taxonomy
  let cameras: CameraBook
  let policy: Policy

  init(_ texts: PolicyTexts) throws(VaultError) {
    let taxonomy = try texts.text(.taxonomy)
    let cameras = try texts.text(.cameras)
    let policy = try texts.text(.policy)
    do {
      self.taxonomy = try TaxonomyFile.parse(taxonomy)
      self.cameras = try CamerasFile.parse(cameras)
      self.policy = try PolicyFile.parse(policy)
    } catch { throw .policy(error) }
  }
}
