// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
package import ClipVault
internal import Lockdown
internal import Sealing
internal import Vocabulary

/// The rules of the vault.
extension VaultEntry {
  /// Sets fields of `policy.toml`, each by name and typed value, all or none, and signs.
  package func editPolicy(
    _ fields: [(field: PolicyField, typed: String)]
  ) throws(SessionError) -> Int {
    let editor = try policyEditor()
    let version = try inVault { () throws(VaultError) in
      try editor.set(fields).statement.version
    }
    try logSigned(version)
    return version
  }

  /// Puts a file's text in the place of one of the policy's files, and signs.
  package func replacePolicyFile(
    _ file: PolicyFileName, from path: String
  ) throws(SessionError) -> Int {
    let editor = try policyEditor()
    let version = try inVault { () throws(VaultError) in
      try editor.replace(file, with: try PolicyFileName.text(at: path)).statement.version
    }
    try logSigned(version)
    return version
  }

  /// Signs the policy's files as they lie there, which may have been changed by hand since.
  ///
  /// This is a way in of its own: a vault whose files were changed is not opened otherwise.
  package static func signPolicy(through entrance: Entrance) throws(SessionError) -> Int {
    let places = try entrance.places()
    let locked = try entrance.lock(for: .policySign)
    let people = try inVault { () throws(VaultError) in
      try PolicyEditor.people(of: entrance.path, places)
    }
    let name = entrance.personName(in: people)
    let passphrase =
      people[name]?.hasPassphrase == false
      ? SecretBytes(count: 0) { _ in } : try entrance.askPassphrase(of: name, locked)
    let lead = try inVault { () throws(VaultError) in
      try PolicyEditor.unlock(name, passphrase, of: entrance.path, places)
    }
    let editor = PolicyEditor(
      entrance.path, places, lead: lead, nowMilliseconds: SessionClock.wallMilliseconds)
    let signed = try inVault { () throws(VaultError) in try editor.sign() }
    let entry = VaultEntry(vault: signed, identity: lead, seat: entrance.seat, locked: locked)
    try entry.logSigned(signed.statement.version)
    return signed.statement.version
  }

  /// Begins a new epoch and a new vault identity; every clip's header is wrapped anew.
  package func rekey(progress: @escaping (Int) -> Void) throws(SessionError) {
    let person = try person()
    let editor = try policyEditor()
    let keyStore = keyStore
    try inVault { () throws(VaultError) in
      try vault.whileLocked { () throws(VaultError) in
        let old = try VaultIdentityFile.open(
          vault.layout, with: person.age, expecting: vault.statement.recipient)
        try Rekey(keyStore).run(
          from: old, to: vault.people.clipRecipients,
          publish: { (recipient) throws(VaultError) in try editor.publish(recipient) },
          progress: progress)
      }
    }
    try logDone([AuditDraft(.rekey)])
  }

  private func policyEditor() throws(SessionError) -> PolicyEditor {
    try demandLog()
    return PolicyEditor(
      path, places, lead: try person(), nowMilliseconds: SessionClock.wallMilliseconds)
  }

  private func logSigned(_ version: Int) throws(SessionError) {
    try logDone([AuditDraft(.policySigned, ["version": .number(Int64(version))])])
  }
}
