// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import Lockdown
internal import Sealing
internal import Veil
internal import Vocabulary

/// Opens clips for one session: the clip's row and its consent first, then its bytes, into sealed
/// memory and nowhere else.
struct ClipDoor: Sendable {
  private let vault: Vault
  private let keyStore: KeyStore
  private let opener: ClipOpener
  private let gate: ConsentGate
  private let consents: ConsentFolder

  /// What came of knocking.
  enum Answer: Sendable {
    case opened(SealedClip, KeyRow)
    /// The sentence says why; `isLasting` where another try would fail too.
    case refused(String, isLasting: Bool)
  }

  /// Unlocks the vault's identity with the person's own.
  init(_ entry: VaultEntry) throws(SessionError) {
    let person = try entry.person()
    let vault = entry.vault
    let keyStore = entry.keyStore
    self.vault = vault
    self.keyStore = keyStore
    opener = try inVault { () throws(VaultError) in
      ClipOpener(
        vault.layout,
        try VaultIdentityFile.open(
          vault.layout, with: person.age, expecting: vault.statement.recipient))
    }
    gate = vault.consentGate(keyStore)
    consents = ConsentFolder(vault.layout)
  }

  /// Opens a clip if its consent allows it now; `drafts` gets what the log must tell of it.
  func open(
    _ record: ClipRecord, nowMilliseconds: Int64, noticesAgeMilliseconds: Int64?,
    _ drafts: inout [AuditDraft]
  ) -> Answer {
    do throws(VaultError) {
      guard let row = try keyStore.row(of: record.id) else {
        return .refused("Clip \(record.id.short) was erased and opens no more.", isLasting: true)
      }
      do throws(ConsentDefect) {
        try check(record, row, nowMilliseconds, noticesAgeMilliseconds)
      } catch {
        drafts.append(
          AuditDraft(
            .consentCheck, clip: row.logName,
            ["result": .word("refused"), "field": .word(error.field)]))
        return .refused(error.sentence(record.id), isLasting: false)
      }
      drafts.append(AuditDraft(.consentCheck, clip: row.logName, ["result": .word("passed")]))
      return .opened(try opener.seal(row), row)
    } catch {
      return .refused(error.sentence, isLasting: error.isOfTheClip)
    }
  }

  private func check(
    _ record: ClipRecord, _ row: KeyRow, _ now: Int64, _ noticesAge: Int64?
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
