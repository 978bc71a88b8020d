// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import Lockdown
internal import Vocabulary

/// How a reviewer's sitting begins.
extension VaultEntry {
  /// Begins the reviewer's session, and logs what the seat is worth.
  func beginSession(
    in store: LabelStore, nowMilliseconds now: Int64
  ) throws(StoreError) -> StoreSession {
    let session = try store.beginSession(
      actor, taxonomy: vault.taxonomy, order: vault.policy.worklistOrder,
      leaseMilliseconds: Int64(vault.policy.leaseMinutes) * 60_000, nowMilliseconds: now)
    try store.record([seatReport.draft], by: actor, nowMilliseconds: now)
    return session
  }
}

extension SeatReport {
  /// The event that tells of the seat: its grade, and each measure that holds it down, by the grade
  /// that it leaves.
  var draft: AuditDraft {
    let held = measures.filter { $0.best != .a }.map { ($0.name, AuditValue.word($0.best.letter)) }
    return AuditDraft(.seatGrade, AuditDetail([("grade", .word(grade.letter))] + held))
  }
}
