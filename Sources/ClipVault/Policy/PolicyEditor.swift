// SPDX-License-Identifier: Apache-2.0

package import Lockdown
package import Sealing
import StrictTOML
import Vocabulary

/// Changes a vault's policy in a lead's hands; each change raises the version by one and is signed.
package struct PolicyEditor {
  private let layout: VaultLayout
  private let places: TrustPlaces
  private let signer: PolicySigner
  /// Called before each step that writes; tests crash here.
  var willDo: (PolicyStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  /// Edits a vault as a lead; `nowMilliseconds` is the wall clock since 1970.
  package init(_ path: String, _ places: TrustPlaces, lead: Identity, nowMilliseconds: Int64) {
    layout = VaultLayout(root: path)
    self.places = places
    signer = PolicySigner(identity: lead, nowMilliseconds: nowMilliseconds)
  }

  /// The people of a vault whose files were changed by hand and are not signed yet.
  package static func people(of path: String, _ places: TrustPlaces) throws(VaultError) -> People {
    let layout = VaultLayout(root: path)
    PolicyStage.recoverIfFree(layout)
    return try PolicyDraft(layout, places).people
  }

  /// The identity of a lead of a vault whose files were changed by hand and are not signed yet.
  ///
  /// - Throws: as `Vault.unlock`, and whatever speaks against the founding lead's pin.
  package static func unlock(
    _ name: String, _ passphrase: SecretBytes, of path: String, _ places: TrustPlaces
  ) throws(VaultError) -> Identity {
    let layout = VaultLayout(root: path)
    PolicyStage.recoverIfFree(layout)
    let draft = try PolicyDraft(layout, places)
    return try IdentityFile.open(name, in: layout, draft.people, passphrase)
  }

  /// Signs the four files as they lie there, once all of them are found to be good.
  ///
  /// The list of people may have been changed as well if the identity is the founding lead's; who
  /// may open clips then follows the list.
  package func sign() throws(VaultError) -> Vault {
    try locked { (lock) throws(VaultError) in
      let draft = try PolicyDraft(layout, places)
      try checkLead(draft.people)
      let files = try PolicyFiles(draft.texts)
      try VaultReader.checkPassphrases(draft.people, files.policy)
      var change: [(file: StagedFile, bytes: [UInt8])] = []
      if draft.peopleNeedSigning {
        guard isFounder(draft.founding) else {
          throw .people(.notFounder(draft.founding.founderName))
        }
        let note = signer.peopleNote(
          draft.texts, vault: draft.founding.vault, version: draft.nextPeopleVersion)
        let vaultIdentity = try signer.resealedVaultIdentity(layout, for: draft.people)
        change = [(.peopleSignature, note), (.vaultIdentity, vaultIdentity)]
      }
      let note = signer.policyNote(
        draft.texts, vault: draft.founding.vault, version: draft.nextVersion,
        recipient: draft.statement.recipient, logKey: draft.statement.logKey)
      return try put(change + [(.policySignature, note)])
    }
  }

  /// Gives a field of `policy.toml` another value, and leaves the rest of the file as it is.
  ///
  /// `typed` is the value without quotes; notices have commas between.
  package func set(_ field: PolicyField, _ typed: String) throws(VaultError) -> Vault {
    try set([(field, typed)])
  }

  /// Gives fields other values, as above: all of them or, where one is wrong, none.
  package func set(
    _ fields: [(field: PolicyField, typed: String)]
  ) throws(VaultError) -> Vault {
    try change { (texts) throws(VaultError) in
      var text = try texts.text(.policy)
      do throws(PolicyFileError) {
        for (field, typed) in fields {
          text = try PolicyFieldEdit.set(field, to: field.text(typed: typed), in: text)
        }
      } catch {
        throw .policy(error)
      }
      texts.bytes[.policy] = Array(text.utf8)
      return .policy
    }
  }

  /// Puts another text in a file's place; `people.toml` is changed by `PeopleEditor` alone.
  package func replace(_ file: PolicyFileName, with text: String) throws(VaultError) -> Vault {
    try change { (texts) throws(VaultError) in
      guard file != .people else { throw .people(.notEditable(file)) }
      texts.bytes[file] = Array(text.utf8)
      return file
    }
  }

  /// Names another recipient for clips, as `rekey` does when the vault has a new identity.
  ///
  /// The caller holds the vault's lock (`Vault.whileLocked`).
  @discardableResult
  package func publish(_ recipient: AgeRecipient) throws(VaultError) -> Vault {
    try PolicyStage(layout: layout).recover()
    let loaded = try VaultReader(layout: layout, places: places).open()
    try checkLead(loaded.vault.people)
    return try put([(.policySignature, note(loaded, loaded.texts, recipient))])
  }

  private func change(
    _ edit: (inout PolicyTexts) throws(VaultError) -> PolicyFileName
  ) throws(VaultError) -> Vault {
    try locked { (lock) throws(VaultError) in
      let loaded = try VaultReader(layout: layout, places: places).open()
      try checkLead(loaded.vault.people)
      var texts = loaded.texts
      let file = try edit(&texts)
      let files = try PolicyFiles(texts)
      try VaultReader.checkPassphrases(loaded.vault.people, files.policy)
      let note = note(loaded, texts, loaded.vault.statement.recipient)
      return try put([(.policy(file), texts.bytes[file] ?? []), (.policySignature, note)])
    }
  }

  private func note(
    _ loaded: LoadedVault, _ texts: PolicyTexts, _ recipient: AgeRecipient
  ) -> [UInt8] {
    let statement = loaded.vault.statement
    return signer.policyNote(
      texts, vault: statement.vault, version: statement.version + 1, recipient: recipient,
      logKey: statement.logKey)
  }

  private func locked(
    _ body: (VaultLock) throws(VaultError) -> Vault
  ) throws(VaultError) -> Vault {
    guard case .folder = VaultDisk.kind(layout.clips) else { throw .notAVault(layout.root) }
    let lock = try VaultLock(layout.lockFile, vault: layout.root)
    defer { withExtendedLifetime(lock) {} }
    try PolicyStage(layout: layout).recover()
    return try body(lock)
  }

  private func put(_ files: [(file: StagedFile, bytes: [UInt8])]) throws(VaultError) -> Vault {
    try PolicyStage(layout: layout, willDo: willDo).put(files)
    return try VaultReader(layout: layout, places: places).open().vault
  }

  private func checkLead(_ people: People) throws(VaultError) {
    let own = signer.identity.person
    guard let person = people[own.name], person.roles.contains(.lead),
      person.signer == signer.identity.signing.publicKey
    else { throw .people(.notLead(own.name)) }
  }

  private func isFounder(_ founding: PeopleStatement) -> Bool {
    founding.founderName == signer.identity.person.name
      && founding.founderKey == signer.identity.signing.publicKey
  }
}
