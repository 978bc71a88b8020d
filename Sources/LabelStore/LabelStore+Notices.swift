// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB

/// The last signed notice that was applied.
package struct AppliedNotice: Hashable, Sendable, Codable, FetchableRecord {
  /// Its number, above zero.
  package let number: Int64
  /// When it was signed, milliseconds since 1970.
  package let atMilliseconds: Int64

  enum CodingKeys: String, CodingKey {
    case number
    case atMilliseconds = "at_ms"
  }
}

extension LabelStore {
  /// The notice of the highest number that was applied; nil where none was.
  package func appliedNotice() throws(StoreError) -> AppliedNotice? {
    try read { database in
      try AppliedNotice.fetchOne(
        database,
        sql: "SELECT number, max(at_ms, 0) AS at_ms FROM notice ORDER BY number DESC LIMIT 1")
    }
  }

  /// Applies a notice in one transaction: its withdrawals, the orders of its erasures, its number;
  /// logged (`notices_applied`, and an event for each clip).
  ///
  /// `signedAt` is the notice's own time, milliseconds since 1970.
  ///
  /// - Throws: `noticeApplied` unless its number is above all applied ones, `unknownClip`, `noLog`,
  ///   and what writing throws.
  package func applyNotice(
    _ number: Int64, signedAtMilliseconds signedAt: Int64, withdrawals: [NamedClip],
    erasures: [NamedClip], by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      let last = try Int64.fetchOne(database, sql: "SELECT coalesce(max(number), 0) FROM notice")
      if let last, number <= last { throw StoreError.noticeApplied(last) }
      try database.execute(
        sql: "INSERT INTO notice (number, at_ms) VALUES (?, ?)", arguments: [number, signedAt])
      try log.append(
        AuditDraft(
          .noticesApplied,
          [
            "number": .number(number), "withdrawn": .number(Int64(withdrawals.count)),
            "erased": .number(Int64(erasures.count)),
          ]), by: actor, at: now)
      for clip in withdrawals { try withdraw(clip, "notice", actor, now, database, &log) }
      for clip in erasures { try orderErasure(clip, .notice, actor, now, database, &log) }
    }
  }
}
