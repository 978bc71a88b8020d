// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import Lockdown
internal import Vocabulary

/// How a kiosk finds out who sits down at it.
extension Entrance {
  /// How often somebody may try before the kiosk rests and ends.
  package static let mostTries = 3
  /// The rest after the last try, in milliseconds.
  private static let restMilliseconds: Int64 = 10_000

  /// Asks who is there, where that is not said, and for their passphrase, until one of them may
  /// review; `tell` gets a sentence for each try that failed.
  ///
  /// A name that nobody has costs the same work, time and sentence as a wrong passphrase. Every try is
  /// in the log, a name only where somebody has it: people type passphrases there.
  ///
  /// - Throws: after the last try, or why the vault is not believed or nobody can be asked.
  package func openKiosk(
    _ locked: Locked, tell: (String) -> Void
  ) throws(SessionError) -> VaultEntry {
    let places = try places()
    let vault = try inVault { () throws(VaultError) in try Vault.open(path, places) }
    let locked = try locked.narrowed(to: vault.state)
    var attempt = 1
    while attempt <= Self.mostTries {
      let name = try nameAtKiosk(of: vault)
      do throws(SessionError) {
        return try enter(vault, as: name, attempt: attempt, locked)
      } catch {
        guard case .vault = error, error.exitCode == 77 else { throw error }
        tell(error.spoken(texts))
        Self.rest(milliseconds: attempt < Self.mostTries ? 1000 << Int64(attempt - 1) : 0)
      }
      attempt += 1
    }
    tell(texts(StartPhrase.lastTry))
    Self.rest(milliseconds: Self.restMilliseconds)
    throw .start(.noneSignedIn, exitCode: 77)
  }

  private func nameAtKiosk(of vault: Vault) throws(SessionError) -> String {
    if let name { return name }
    if vault.people.persons.count == 1, let only = vault.people.persons.first { return only.name }
    do throws(PassphraseError) {
      return try NamePrompt().read(prompt: texts(StartPhrase.whoAreYou))
    } catch {
      if error == .ended { throw .start(.nobodyCame, exitCode: 77) }
      guard error == .tooLong else { throw .passphrase(error) }
      // Nobody has such a name; the passphrase is asked for all the same.
      return ""
    }
  }

  private func enter(
    _ vault: Vault, as name: String, attempt: Int, _ locked: Locked
  ) throws(SessionError) -> VaultEntry {
    let result = Result { () throws(SessionError) -> Identity in
      try identity(of: name, in: vault, locked)
    }
    let known = vault.people[name]?.name ?? ""
    let entry = VaultEntry(
      vault: vault, identity: try? result.get(), seat: seat, language: language, locked: locked)
    let isOpened = if case .success = result { true } else { false }
    try entry.log(
      [
        AuditDraft(
          .unlock,
          [
            "result": .word(isOpened ? "opened" : "refused"), "attempt": .number(Int64(attempt)),
          ])
      ], by: AuditActor(known, seat: seat))
    _ = try result.get()
    return entry
  }

  private func identity(
    of name: String, in vault: Vault, _ locked: Locked
  ) throws(SessionError) -> Identity {
    let isOpen = vault.people[name].map { !$0.hasPassphrase } ?? false
    let passphrase = isOpen ? SecretBytes(count: 0) { _ in } : try askPassphrase(of: name, locked)
    return try inVault { () throws(VaultError) in
      let identity = try vault.unlock(name, passphrase)
      try Rights.demand(.review, of: identity.person, in: vault.people)
      return identity
    }
  }

  private static func rest(milliseconds: Int64) {
    let end = SessionClock.monotonicMilliseconds + milliseconds
    while SessionClock.monotonicMilliseconds < end {
      _ = Waiting.readable([], milliseconds: end - SessionClock.monotonicMilliseconds)
    }
  }
}
