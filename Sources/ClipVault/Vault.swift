// SPDX-License-Identifier: Apache-2.0

package import Lockdown
import Sealing
package import Vocabulary

/// A vault as its signed policy describes it: where it lies, its people, taxonomy, cameras and rules.
package struct Vault: Hashable, Sendable {
  package let layout: VaultLayout
  /// Where this seat keeps its trust and state.
  package let places: TrustPlaces
  package let people: People
  package let taxonomy: Taxonomy
  package let cameras: CameraBook
  package let policy: Policy
  /// What the founding lead signed.
  package let founding: PeopleStatement
  /// What a lead signed.
  package let statement: PolicyStatement
  /// The name of the lead who signed the policy.
  package let signer: String

  init(
    layout: VaultLayout, places: TrustPlaces, people: People, founding: PeopleStatement,
    statement: PolicyStatement, signer: String, files: PolicyFiles
  ) {
    self.layout = layout
    self.places = places
    self.people = people
    self.founding = founding
    self.statement = statement
    self.signer = signer
    taxonomy = files.taxonomy
    cameras = files.cameras
    policy = files.policy
  }

  /// The vault's name for machines.
  package var id: VaultID { founding.vault }
  /// What belongs to the vault but lies outside of it.
  package var state: VaultState { VaultState(root: places.stateRoot, vault: id) }
  /// The founding lead's fingerprint, for people to compare.
  package var fingerprint: String { founding.founderKey.fingerprint }
  /// Whether anybody here works without a passphrase, which every screen says.
  package var hasOpenPeople: Bool { people.persons.contains { !$0.hasPassphrase } }

  /// Opens a vault, believing nothing that is not signed; a wrong one opens nothing and says why.
  ///
  /// Settles a change that a crash interrupted, and remembers the versions it saw, each where it
  /// may write; a vault that cannot be written to opens as well.
  package static func open(_ path: String, _ places: TrustPlaces) throws(VaultError) -> Vault {
    let layout = VaultLayout(root: path)
    PolicyStage.recoverIfFree(layout)
    return try VaultReader(layout: layout, places: places).open().vault
  }

  /// Does something while nobody else changes clips, keys or policy.
  ///
  /// - Throws: `busy` at once where somebody is at it, and what `body` throws.
  package func whileLocked<Result>(
    _ body: () throws(VaultError) -> Result
  ) throws(VaultError) -> Result {
    let lock = try VaultLock(layout.lockFile, vault: layout.root)
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  /// The identity of a person of this vault.
  ///
  /// - Throws: `unlock`, with the same sentence and after the same work whatever is wrong; `system`
  ///   where the file cannot be read.
  package func unlock(
    _ name: String, _ passphrase: SecretBytes
  ) throws(VaultError) -> Identity {
    try IdentityFile.open(name, in: layout, people, passphrase)
  }

  /// The identity of a person who has no passphrase.
  package func unlockOpen(_ name: String) throws(VaultError) -> Identity {
    try unlock(name, SecretBytes(count: 0) { _ in })
  }

  /// Gives a person another passphrase, who has the old one; keys and signatures stay.
  package func changePassphrase(
    of name: String, from old: SecretBytes, to new: SecretBytes
  ) throws(VaultError) {
    try changePassphrase(of: name, from: old, to: new, cost: .standard)
  }

  func changePassphrase(
    of name: String, from old: SecretBytes, to new: SecretBytes, cost: PassphraseCost
  ) throws(VaultError) {
    try whileLocked { () throws(VaultError) in
      try PolicyStage(layout: layout).recover()
      let now = try VaultReader(layout: layout, places: places).open().vault
      let identity = try now.unlock(name, old)
      guard identity.person.hasPassphrase else { throw .people(.openPerson(name)) }
      guard new.count > 0 else { throw .people(.emptyPassphrase) }
      let file = try IdentityFile.seal(identity.keys, new, cost: cost)
      try VaultDisk.put(layout.identity(name), file)
    }
  }
}
