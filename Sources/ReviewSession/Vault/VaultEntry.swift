// SPDX-License-Identifier: Apache-2.0

package import AuditLog
package import ClipVault
internal import LabelStore
internal import Sealing
internal import Vocabulary
internal import Words

/// An opened vault with who acts in it, and at which seat.
package struct VaultEntry: Sendable {
  package internal(set) var vault: Vault
  /// Nil for commands that need nobody, and while a session is locked.
  package internal(set) var identity: Identity?
  package let seat: String
  /// What was found last at the terminal; one for all who work in this session.
  let terminal = TerminalStanding()
  /// What a person at the screen is told in.
  var language = Language.english
  /// The lock under which the vault was opened; nil in tests, which put entries together themselves.
  var locked: Locked?

  /// Who acts, as the audit log says it; housekeeping where nobody does.
  package var actor: AuditActor { AuditActor(identity?.person.name ?? "", seat: seat) }

  /// What they are told.
  var texts: Texts { Words.texts(language) }

  var places: TrustPlaces { vault.places }
  var path: String { vault.layout.root }
  var keyStore: KeyStore { KeyStore(vault.layout, vault.state) }

  /// The person at the keys.
  ///
  /// - Throws: where the command was entered without anybody.
  func person() throws(SessionError) -> Identity {
    guard let identity else {
      throw .start(.nobody, exitCode: 77)
    }
    return identity
  }

  /// Opens the label store as somebody who writes its log.
  func openStore() throws(SessionError) -> LabelStore {
    guard vault.state.isHere else {
      throw .start(
        .keysElsewhere, [DisplayText.line(path, limit: 200), vault.state.folder], exitCode: 66)
    }
    let key = try inVault { () throws(VaultError) in try vault.state.logKey() }
    guard key.publicKey == vault.statement.logKey else {
      throw .start(.otherLogKey, exitCode: 78)
    }
    return try inStore { () throws(StoreError) in
      let store = try LabelStore.open(
        directory: vault.layout.store, log: AuditSigner(vault: vault.id.text, key: key))
      try store.notePolicy(
        version: vault.statement.version, by: actor,
        nowMilliseconds: SessionClock.wallMilliseconds)
      return store
    }
  }

  /// Does something with the label store, and closes it.
  func withStore<Value>(
    _ body: (LabelStore) throws(SessionError) -> Value
  ) throws(SessionError) -> Value {
    let store = try openStore()
    let value: Value
    do throws(SessionError) { value = try body(store) } catch {
      try? store.close()
      throw error
    }
    // What was done is on disk; the next one to open the store folds its log in.
    try? store.close()
    return value
  }

  /// Finds out whether an act can be logged, before it is done.
  func demandLog() throws(SessionError) { try withStore { (_) throws(SessionError) in } }

  /// Logs acts that have taken effect outside of the store; where that fails, says that they have.
  func logDone(_ drafts: [AuditDraft], by somebody: AuditActor? = nil) throws(SessionError) {
    do { try log(drafts, by: somebody) } catch {
      guard case .store(let cause) = error else { throw error }
      throw .words(
        "This took effect, but is not in the log: \(cause.sentence)", exitCode: cause.exitCode)
    }
  }

  /// Logs acts that changed nothing in the store itself; `somebody` where nobody is signed in yet.
  func log(_ drafts: [AuditDraft], by somebody: AuditActor? = nil) throws(SessionError) {
    try withStore { (store) throws(SessionError) in
      try inStore { () throws(StoreError) in
        try store.record(
          drafts, by: somebody ?? actor, nowMilliseconds: SessionClock.wallMilliseconds)
      }
    }
  }
}

/// Does something with the label store; its errors become the session's.
func inStore<Value>(
  _ body: () throws(StoreError) -> Value
) throws(SessionError) -> Value {
  do { return try body() } catch { throw .store(error) }
}
