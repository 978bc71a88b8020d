// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import Lockdown
internal import Vocabulary

/// How a reviewer's sitting begins.
extension VaultEntry {
  /// Opens the store, after erasing what is due, if anything is.
  ///
  /// Where another process is at the vault just now, that one does it, or the next start.
  func openStoreForReview() throws(SessionError) -> LabelStore {
    let store = try openStore()
    guard try isHousekeepingDue(store) else { return store }
    try inStore { () throws(StoreError) in try store.close() }
    do throws(SessionError) { _ = try keepHouse { _ in } } catch {
      guard case .vault(_, exitCode: 75) = error else { throw error }
    }
    return try openStore()
  }

  /// Begins the reviewer's session, and logs what the seat is worth.
  func beginSession(
    in store: LabelStore, nowMilliseconds now: Int64
  ) throws(StoreError) -> StoreSession {
    let session = try store.beginSession(actor, taxonomy: vault.taxonomy, nowMilliseconds: now)
    try store.record(
      [AuditDraft(.seatGrade, ["grade": .word(seatReport.grade.letter)])], by: actor,
      nowMilliseconds: now)
    return session
  }
}
