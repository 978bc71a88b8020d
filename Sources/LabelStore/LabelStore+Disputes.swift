// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import Foundation
import GRDB
package import Vocabulary

/// A clip with two verdicts that differ, as a lead sees it who decides.
package struct DisputedClip: Hashable, Sendable {
  package let record: ClipRecord
  package let first: Opinion
  package let second: Opinion
  /// What they say differently; at least one of it makes the dispute.
  package let differences: [OpinionDifference]
  /// Why it got a second opinion.
  package let cause: OpinionCause
  /// Whether a session has it open just now.
  package let isLeased: Bool
}

extension LabelStore {
  /// The disputed clips in order of ingest: at most `limit` of those behind that one, from the first
  /// where it is nil.
  package func disputed(
    after clip: ClipID? = nil, limit: Int = 1000, taxonomy: Taxonomy
  ) throws(StoreError) -> [DisputedClip] {
    try read { database in
      let start = try clip.map { try position(of: $0, database) } ?? 0
      return try DisputedColumns.fetchAll(
        database.cachedStatement(sql: DisputedColumns.select),
        arguments: ["lease_now": leaseClock.milliseconds(), "start": start, "limit": max(0, limit)]
      ).map { columns in
        let record = try JSONDecoder().decode(ClipRecord.self, from: Data(columns.record.utf8))
        let history = LabelHistory(
          try Self.events(of: record.id, columns.clip, database), taxonomy: taxonomy)
        guard let first = history.first, let second = history.second, let cause = history.cause
        else { throw StoreError.damaged }
        return DisputedClip(
          record: record, first: first, second: second, differences: history.differences,
          cause: cause, isLeased: columns.isLeased)
      }
    }
  }

  /// Takes one of a disputed clip's two verdicts, in a lead's name, and logs it (`adjudicate`); the
  /// clip is done.
  ///
  /// A session that has the clip open finds out with its next label. Whether they may decide at all
  /// the caller has asked.
  ///
  /// - Throws: `opinion` where the clip is not disputed, or one of the verdicts is the lead's own;
  ///   `withdrawn` where it is flagged or shut; `unknownClip`, `noLog`, and what writing throws.
  package func decide(
    _ clip: NamedClip, for choice: OpinionChoice, by actor: AuditActor, taxonomy: Taxonomy,
    nowMilliseconds now: Int64
  ) throws(StoreError) {
    try change(clip, by: actor, taxonomy, now, logging: .adjudicate) { _ in .adjudicate(choice) }
  }

  /// Takes a lead's own decision between two verdicts back, and logs it (`undo`); the clip is
  /// disputed again.
  ///
  /// - Throws: `opinion` where no decision stands or another lead made it; `withdrawn` where the
  ///   clip is flagged or shut; `unknownClip`, `noLog`, and what writing throws.
  package func takeBackDecision(
    on clip: NamedClip, by actor: AuditActor, taxonomy: Taxonomy, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try change(clip, by: actor, taxonomy, now, logging: .undo) { history in
      guard let decision = history.decisionOrdinal else {
        throw StoreError.opinion(clip.id, .settled)
      }
      return .undo(decision)
    }
  }

  /// How many clips wait for a lead's decision between two verdicts.
  package func disputedCount() throws(StoreError) -> Int {
    try read { database in
      try Int.fetchOne(
        database.cachedStatement(sql: "SELECT clips FROM tally WHERE state = 'disputed'")) ?? 0
    }
  }

  /// Adds a lead's event to a clip that is neither flagged nor shut, and logs it in the same
  /// transaction; `body` chooses it by what is there.
  private func change(
    _ clip: NamedClip, by actor: AuditActor, _ taxonomy: Taxonomy, _ now: Int64,
    logging kind: AuditKind, _ body: (LabelHistory) throws -> LabelChange
  ) throws(StoreError) {
    try act { database, log in
      let position = try position(of: clip.id, database)
      if try isClosed(position, database) || flagMark(position, database).isFlagged {
        throw StoreError.withdrawn(clip.id)
      }
      var history = LabelHistory(
        try Self.events(of: clip.id, position, database), taxonomy: taxonomy)
      let event = LabelEvent(
        clip: clip.id, ordinal: history.nextOrdinal, reviewer: ReviewerID(actor.name),
        atMilliseconds: now, taxonomyVersion: taxonomy.version, change: try body(history))
      if let objection = history.objection(to: event.change, by: event.reviewer) {
        throw StoreError.opinion(clip.id, objection)
      }
      try EventRow(event, position: position).insert(database)
      history.append(event)
      try ClipSummary(history).store(at: position, database)
      try log.append(
        AuditDraft(kind, clip: clip.logName, ["ordinal": .number(Int64(event.ordinal))]),
        by: actor, at: now)
    }
  }
}

private struct DisputedColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT w.clip, c.record,
      EXISTS (SELECT 1 FROM lease l WHERE l.clip = w.clip AND l.until_ms > :lease_now) AS leased
    FROM worklist w JOIN clip c ON c.position = w.clip
    WHERE w.state = 'disputed' AND w.clip > :start ORDER BY w.clip LIMIT :limit
    """

  var clip: Int64
  var record: String
  var isLeased: Bool

  enum CodingKeys: String, CodingKey {
    case clip, record
    case isLeased = "leased"
  }
}
