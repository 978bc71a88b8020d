// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
package import Vocabulary

/// A flagged clip as a lead sees it who decides on it: where and when, never a label.
package struct FlaggedClip: Hashable, Sendable {
  package let clip: ClipID
  package let camera: CameraID
  /// ISO 8601 with zone; empty if unknown.
  package let recordedAt: String
  package let facts: ClipFacts
  package let flaggedBy: ReviewerID
  /// Milliseconds since 1970.
  package let flaggedAtMilliseconds: Int64
  /// Why, as who flagged it said; nil where they did not.
  package let reason: FlagReason?
  /// When it is erased unless somebody decides otherwise, milliseconds since 1970; the hold's end
  /// where that is later.
  package let dueAtMilliseconds: Int64
  /// The hold's reason, one word; nil where it is not held.
  package let heldReason: String?
  /// When the hold ends, milliseconds since 1970; nil where it is not held.
  package let heldUntilMilliseconds: Int64?
}

extension LabelStore {
  /// The flagged clips, the oldest flag first, without those whose erasure was ordered.
  ///
  /// `hours` is how long a flagged clip waits before it is erased.
  package func flagged(hours: Int) throws(StoreError) -> [FlaggedClip] {
    try read { database in
      try FlaggedColumns.fetchAll(database, sql: FlaggedColumns.select).map { columns in
        let record = try JSONDecoder().decode(ClipRecord.self, from: Data(columns.record.utf8))
        let (end, isPastAllTime) = columns.flaggedAtMilliseconds
          .addingReportingOverflow(Int64(hours) * 3_600_000)
        let due = isPastAllTime ? Int64.max : end
        return FlaggedClip(
          clip: record.id, camera: record.camera, recordedAt: record.recordedAt,
          facts: record.facts, flaggedBy: ReviewerID(columns.flaggedBy),
          flaggedAtMilliseconds: columns.flaggedAtMilliseconds,
          reason: columns.flagReason.flatMap { FlagReason(rawValue: $0) },
          dueAtMilliseconds: max(due, columns.heldUntilMilliseconds ?? due),
          heldReason: columns.heldReason, heldUntilMilliseconds: columns.heldUntilMilliseconds)
      }
    }
  }

  /// The flagged clips that are to be erased at that time; not those that are held then.
  package func flagsDue(
    atMilliseconds now: Int64, hours: Int
  ) throws(StoreError) -> [ClipID] {
    try flagged(hours: hours).filter { $0.dueAtMilliseconds <= now }.map(\.clip)
  }
}

private struct FlaggedColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT c.record, w.flagged_by, w.flagged_ms, h.reason AS held_reason, h.until_ms AS held_until,
      (SELECT e.reason FROM label_event e
        WHERE e.clip = w.clip AND e.kind = 'flag_reason' AND e.ordinal > (
          SELECT max(f.ordinal) FROM label_event f WHERE f.clip = w.clip AND f.kind = 'flag')
        ORDER BY e.ordinal DESC LIMIT 1) AS flag_reason
    FROM worklist w JOIN clip c ON c.position = w.clip
    LEFT JOIN closure h ON h.clip = w.clip AND h.kind = 'held'
    WHERE w.flagged_ms IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM closure x WHERE x.clip = w.clip AND x.kind = 'erasing')
    ORDER BY w.flagged_ms, w.clip
    """

  var record: String
  var flaggedBy: String
  var flaggedAtMilliseconds: Int64
  var flagReason: String?
  var heldReason: String?
  var heldUntilMilliseconds: Int64?

  enum CodingKeys: String, CodingKey {
    case record
    case flaggedBy = "flagged_by"
    case flaggedAtMilliseconds = "flagged_ms"
    case flagReason = "flag_reason"
    case heldReason = "held_reason"
    case heldUntilMilliseconds = "held_until"
  }
}
