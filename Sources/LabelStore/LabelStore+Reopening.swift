// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB
package import Vocabulary

extension LabelStore {
  /// Takes a lead's own decision between two verdicts back, and logs it (`undo`); the clip is
  /// disputed again.
  ///
  /// - Throws: `opinion` where no decision stands or another lead made it; `withdrawn` where the
  ///   clip is flagged or shut; `unknownClip`, `noLog`, and what writing throws.
  package func takeBackDecision(
    on clip: NamedClip, by actor: AuditActor, taxonomy: Taxonomy, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      let position = try position(of: clip.id, database)
      if try isClosed(position, database) || flagMark(position, database).isFlagged {
        throw StoreError.withdrawn(clip.id)
      }
      var history = LabelHistory(
        try Self.events(of: clip.id, position, database), taxonomy: taxonomy)
      guard let decision = history.decisionOrdinal else {
        throw StoreError.opinion(clip.id, .settled)
      }
      let event = LabelEvent(
        clip: clip.id, ordinal: history.nextOrdinal, reviewer: ReviewerID(actor.name),
        atMilliseconds: now, taxonomyVersion: taxonomy.version, change: .undo(decision))
      if let objection = history.objection(to: event.change, by: event.reviewer) {
        throw StoreError.opinion(clip.id, objection)
      }
      try EventRow(event, position: position).insert(database)
      history.append(event)
      try ClipSummary(history).store(at: position, database)
      try log.append(
        AuditDraft(.undo, clip: clip.logName, ["ordinal": .number(Int64(event.ordinal))]),
        by: actor, at: now)
    }
  }

  /// How many clips wait for a lead's decision between two verdicts.
  package func disputedCount() throws(StoreError) -> Int {
    try read { database in
      try Int.fetchOne(
        database.cachedStatement(sql: "SELECT clips FROM tally WHERE state = 'disputed'")) ?? 0
    }
  }
}
