// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import Lockdown
internal import Sealing
internal import Synchronization
internal import Veil
internal import Vocabulary

/// Opens clips for one session: the clip's row and its consent first, then its bytes, into sealed
/// memory and nowhere else.
///
/// What is signed is read again for each clip: who was removed, or a rule that was changed, counts
/// in running sessions too, and `rekey` hinders none.
final class ClipDoor: Sendable {
  private let identity: Identity
  private let keyStore: KeyStore
  private let consents: ConsentFolder
  private let seat: SeatGrade
  private let terminal: TerminalStanding
  private let texts: Texts
  private let opening: Mutex<Opening>

  /// What follows from the policy as it was last read.
  private struct Opening: Sendable {
    let vault: Vault
    let opener: ClipOpener
    let gate: ConsentGate
  }

  /// What came of knocking.
  enum Answer: Sendable {
    case opened(SealedClip, KeyRow)
    /// The sentence says why; `isLasting` where another try would fail too.
    case refused(String, isLasting: Bool)
  }

  /// Unlocks the vault's identity with the person's own.
  init(_ entry: VaultEntry) throws(SessionError) {
    let identity = try entry.person()
    let (vault, keyStore) = (entry.vault, entry.keyStore)
    self.identity = identity
    self.keyStore = keyStore
    consents = ConsentFolder(vault.layout)
    seat = entry.seatReport.grade
    terminal = entry.terminal
    texts = entry.texts
    opening = Mutex(
      try inVault { () throws(VaultError) in try Self.opening(vault, identity, keyStore) })
  }

  private static func opening(
    _ vault: Vault, _ identity: Identity, _ keyStore: KeyStore
  ) throws(VaultError) -> Opening {
    let identities = try VaultIdentityFile.open(
      vault.layout, with: identity.age, expecting: vault.statement.recipient)
    return Opening(
      vault: vault, opener: ClipOpener(vault.layout, identities),
      gate: vault.consentGate(keyStore))
  }

  /// What follows from the policy as it lies there now.
  ///
  /// - Throws: why the policy is not believed, or `rights` where the person may not review any more.
  private func current() throws(VaultError) -> Opening {
    let known = opening.withLock { $0 }
    let vault = try Vault.open(known.vault.layout.root, known.vault.places)
    guard vault.statement != known.vault.statement else { return known }
    let name = identity.person.name
    guard let person = vault.people[name], person.signer == identity.person.signer else {
      throw .people(.unknown(name))
    }
    try Rights.demand(.review, of: person, in: vault.people)
    let fresh = try Self.opening(vault, identity, keyStore)
    opening.withLock { $0 = fresh }
    return fresh
  }

  /// Opens a clip if its consent allows it now; `drafts` gets what the log must tell of it.
  func open(
    _ record: ClipRecord, nowMilliseconds: Int64, noticesAgeMilliseconds: Int64?,
    _ drafts: inout [AuditDraft]
  ) -> Answer {
    do throws(VaultError) {
      let opening = try current()
      guard let row = try keyStore.row(of: record.id) else {
        return .refused(texts(WalkPhrase.erasedAlready, record.id.short), isLasting: true)
      }
      if let refusal = refusal(record, row, opening.vault.policy, &drafts) { return refusal }
      do throws(ConsentDefect) {
        try check(record, row, opening.gate, nowMilliseconds, noticesAgeMilliseconds)
      } catch {
        drafts.append(
          AuditDraft(
            .consentCheck, clip: row.logName,
            ["result": .word("refused"), "field": .word(error.field)]))
        return .refused(error.spoken(record.id, texts), isLasting: false)
      }
      drafts.append(AuditDraft(.consentCheck, clip: row.logName, ["result": .word("passed")]))
      return .opened(try opening.opener.seal(row), row)
    } catch {
      return .refused(error.spoken(texts), isLasting: error.isOfTheClip)
    }
  }

  /// Why a customer's clip may not be shown at this seat and terminal, whatever its consent says; nil
  /// where it may.
  private func refusal(
    _ record: ClipRecord, _ row: KeyRow, _ policy: Policy, _ drafts: inout [AuditDraft]
  ) -> Answer? {
    guard record.source == .customerFeedback else { return nil }
    if seat > policy.seatGrade {
      drafts.append(
        AuditDraft(
          .seatRefused, clip: row.logName,
          [
            "field": .word("seat"), "grade": .word(seat.letter),
            "asked": .word(policy.seatGrade.letter),
          ]))
      return .refused(
        texts(WalkPhrase.seatGrade, seat.letter, policy.seatGrade.letter), isLasting: false)
    }
    let verdict = terminal.verdict(policy.terminalRules)
    guard verdict.outcome == .refused else { return nil }
    drafts.append(
      AuditDraft(
        .seatRefused, clip: row.logName,
        ["field": .word("terminal"), "kind": .word(verdict.nature.rawValue)]))
    return .refused(verdict.sentence(texts), isLasting: false)
  }

  private func check(
    _ record: ClipRecord, _ row: KeyRow, _ gate: ConsentGate, _ now: Int64, _ noticesAge: Int64?
  ) throws(ConsentDefect) {
    let document = try? consents.read(row.consent)
    _ = try gate.check(
      ConsentGate.Clip(record, row), document ?? nil, nowMilliseconds: now,
      noticesAgeMilliseconds: noticesAge)
  }
}

extension VaultError {
  /// Whether the clip itself is at fault, so that another try would fail too.
  fileprivate var isOfTheClip: Bool {
    switch self {
    case .clipMissing, .clipChanged, .keyDamaged: true
    default: false
    }
  }
}
