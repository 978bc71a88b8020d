// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
package import Vocabulary

extension LabelStore {
  /// Appends label events in one transaction: durable on return, all of them or none.
  ///
  /// Every clip must be leased by the session, in its own name, and its events must carry its next
  /// ordinals. The worklist's summaries change with them.
  ///
  /// - Throws: `movedAway`, `ordinalTaken`, `leaseLost`, `unknownClip`, and what writing throws.
  package func append(_ events: [LabelEvent], session: StoreSession) throws(StoreError) {
    precondition(
      events.allSatisfy { $0.reviewer == session.reviewer }, "a session labels in its own name")
    guard !events.isEmpty else { return }
    guard session.isStoreInPlace else { throw .movedAway }
    try write { database in
      var positions: [ClipID: Int64] = [:]
      var next: [ClipID: Int] = [:]
      for event in events {
        let clip = event.clip
        let position =
          try positions[clip] ?? leasedPosition(of: clip, session: session, database)
        let ordinal = try next[clip] ?? nextOrdinal(position, database)
        guard event.ordinal == ordinal else {
          throw StoreError.ordinalTaken(clip, next: ordinal)
        }
        try EventRow(event, position: position).insert(database)
        positions[clip] = position
        next[clip] = ordinal + 1
      }
      for (clip, position) in positions {
        let history = LabelHistory(
          try Self.events(of: clip, position, database), taxonomy: session.taxonomy)
        try ClipSummary(history).store(at: position, database)
      }
    }
  }

  /// A clip's label events in order of their ordinals; none for a clip that nobody labelled.
  ///
  /// - Throws: `unknownClip`, and what reading throws.
  package func events(of clip: ClipID) throws(StoreError) -> [LabelEvent] {
    try read { database in
      try Self.events(of: clip, position(of: clip, database), database)
    }
  }

  /// Hands over every clip that has a verdict, in order of ingest, with its folded events.
  ///
  /// Flagged clips are withdrawn and left out, and so is what was only drafted. Memory does not
  /// grow with the store. Stops at the first error that `body` throws, and throws it.
  package func forEachFolded(
    taxonomy: Taxonomy, _ body: (ClipRecord, LabelHistory) throws -> Void
  ) throws {
    var bodyError: (any Error)?
    do {
      try pool.read { database in
        let rows = try FoldedColumns.fetchCursor(database, sql: FoldedColumns.select)
        while let row = try rows.next() {
          let record = try JSONDecoder().decode(ClipRecord.self, from: Data(row.record.utf8))
          let events = try Self.events(of: record.id, row.position, database)
          do {
            try body(record, LabelHistory(events, taxonomy: taxonomy))
          } catch {
            bodyError = error
            throw error
          }
        }
      }
    } catch {
      throw bodyError ?? StoreError(error)
    }
  }

  private func leasedPosition(
    of clip: ClipID, session: StoreSession, _ database: Database
  ) throws -> Int64 {
    let position = try position(of: clip, database)
    let holder = try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT session FROM lease WHERE clip = ?"),
      arguments: [position])
    guard holder == session.id else { throw StoreError.leaseLost(clip) }
    return position
  }

  private func nextOrdinal(_ position: Int64, _ database: Database) throws -> Int {
    try Int.fetchOne(
      database.cachedStatement(
        sql: "SELECT coalesce(max(ordinal) + 1, 0) FROM label_event WHERE clip = ?"),
      arguments: [position]) ?? 0
  }

  private static func events(
    of clip: ClipID, _ position: Int64, _ database: Database
  ) throws -> [LabelEvent] {
    try EventRow.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM label_event WHERE clip = ? ORDER BY ordinal"),
      arguments: [position]
    ).map { try $0.event(of: clip) }
  }
}

private struct FoldedColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT c.position, c.record FROM clip c JOIN worklist w ON w.clip = c.position
    WHERE w.committed_at_ms IS NOT NULL AND w.state <> 'flagged' ORDER BY c.position
    """

  var position: Int64
  var record: String
}
