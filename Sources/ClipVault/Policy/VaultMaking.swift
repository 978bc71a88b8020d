// SPDX-License-Identifier: Apache-2.0

package import Lockdown
import Sealing
import Vocabulary

/// Who founds a vault: its first lead, whose key all trust hangs on.
package struct Founder {
  /// The name, after `PersonName`.
  package let name: String
  /// Empty only where the policy has `open_people`.
  package let passphrase: SecretBytes
  var cost = PassphraseCost.standard

  /// Names a founder.
  package init(name: String, passphrase: SecretBytes) {
    self.name = name
    self.passphrase = passphrase
  }
}

extension Vault {
  /// Makes a new vault and opens it: id, founder (lead and reviewer), the vault's identity, an empty
  /// key store under its first epoch, the log's key, the signed policy, and the pin on this seat.
  ///
  /// The folder may be missing, empty, or a vault whose making was interrupted; the signed policy
  /// comes last and marks the vault as finished. `cameras` is the text of `cameras.toml`; nil gives
  /// one staff test camera, `bench`. What an interrupted attempt left in the state folder opens
  /// nothing and stays.
  package static func initialise(
    at path: String, _ places: TrustPlaces, founder: Founder, policy: Policy = Policy(),
    cameras: String? = nil, nowMilliseconds: Int64
  ) throws(VaultError) -> Vault {
    let layout = VaultLayout(root: path)
    try refuseOccupied(layout)
    let isOpen = founder.passphrase.count == 0
    guard PersonName.isValid(founder.name) else { throw .people(.badName(founder.name)) }
    guard !isOpen || policy.openPeople else { throw .people(.emptyPassphrase) }
    var texts = PolicyTexts(bytes: [
      .policy: Array(PolicyFile.text(policy).utf8),
      .cameras: Array((cameras ?? CamerasFile.initial).utf8),
      .taxonomy: Array(DefaultTaxonomy.text.utf8),
    ])
    _ = try PolicyFiles(texts)
    let (keys, file) = try IdentityFile.make(
      founder.passphrase, cost: isOpen ? .open : founder.cost)
    let person = Person(
      name: founder.name, roles: [.lead, .reviewer], recipient: keys.age.recipient,
      signer: keys.signing.publicKey, hasPassphrase: !isOpen)

    for folder in [layout.root] + layout.folders + [layout.people] {
      try VaultDisk.makeFolder(folder)
    }
    let lock = try VaultLock(layout.lockFile, vault: layout.root)
    defer { withExtendedLifetime(lock) {} }
    try clear(layout)
    let people = People(vault: .random(), founderName: founder.name, persons: [person])
    texts.bytes[.people] = Array(PeopleFile.text(people).utf8)
    let state = VaultState(root: places.stateRoot, vault: people.vault)
    let vaultIdentity = AgeIdentity()
    let logKey = try makeKeys(people, vaultIdentity, layout, state)
    let signer = PolicySigner(
      identity: Identity(person: person, keys: keys), nowMilliseconds: nowMilliseconds)
    var files: [(file: StagedFile, bytes: [UInt8])] = [(.identity(founder.name), file)]
    for name in PolicyFileName.allCases { files.append((.policy(name), texts.bytes[name] ?? [])) }
    let policyNote = signer.policyNote(
      texts, vault: people.vault, version: 1, recipient: vaultIdentity.recipient,
      logKey: logKey.publicKey)
    files.append((.peopleSignature, signer.peopleNote(texts, vault: people.vault, version: 1)))
    files.append((.policySignature, policyNote))
    try TrustPin.write(person.signer.fingerprint, state)
    try PolicyStage(layout: layout).put(files)
    try VaultDisk.syncFolder(layout.root)
    return try VaultReader(layout: layout, places: places).open().vault
  }

  /// Whether a vault could be made there by somebody of that name, before anybody types a passphrase.
  package static func refuseOccupied(_ path: String, founder: String) throws(VaultError) {
    guard PersonName.isValid(founder) else { throw .people(.badName(founder)) }
    try refuseOccupied(VaultLayout(root: path))
  }

  private static func makeKeys(
    _ people: People, _ vaultIdentity: AgeIdentity, _ layout: VaultLayout, _ state: VaultState
  ) throws(VaultError) -> SigningKey {
    try state.makeFolder()
    try VaultIdentityFile.seal([vaultIdentity], for: people.clipRecipients, in: layout)
    _ = try KeyStore.create(layout, state)
    return try state.makeLogKey()
  }

  /// Removes what an interrupted making left; `refuseOccupied` has seen that it is nothing else.
  private static func clear(_ layout: VaultLayout) throws(VaultError) {
    for path in [layout.keyStore, layout.vaultIdentity] { try VaultDisk.remove(path) }
    for name in try VaultDisk.names(layout.people) {
      try VaultDisk.remove("\(layout.people)/\(name)")
    }
    try PolicyStage(layout: layout).recover()
  }

  private static func refuseOccupied(_ layout: VaultLayout) throws(VaultError) {
    switch VaultDisk.kind(layout.root) {
    case .nothing: return
    case .file, .other: throw .notEmpty(layout.root)
    case .folder: break
    }
    for mark in [layout.policySignature, layout.stage, layout.policyFile]
    where !isNothing(mark) { throw .alreadyAVault(layout.root) }
    let ours: Set<String> = ["clips", "keys", "policy", "store"]
    guard ours.isSuperset(of: try VaultDisk.names(layout.root)) else {
      throw .notEmpty(layout.root)
    }
    let leftovers: [(folder: String, mine: Set<String>)] = [
      (layout.clips, [".lock"]), (layout.store, []), (layout.people, []),
      (layout.keys, ["store", "vault.age", "people"]),
      (layout.policy, [VaultLayout.incomingPrefix + "next"]),
    ]
    for (folder, mine) in leftovers where !isNothing(folder) {
      let strangers = try VaultDisk.names(folder).filter {
        !mine.contains($0) && !$0.hasPrefix(VaultLayout.incomingPrefix)
      }
      guard strangers.isEmpty else { throw .notEmpty(layout.root) }
    }
  }

  private static func isNothing(_ path: String) -> Bool {
    if case .nothing = VaultDisk.kind(path) { true } else { false }
  }
}
