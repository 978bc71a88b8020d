// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
package import Vocabulary

extension LabelStore {
  /// Takes clips in, in one transaction: all of them or, on an error, none.
  ///
  /// This is the commit point of an ingest: a clip that the store does not know does not exist.
  ///
  /// - Throws: `duplicateClip` for an id that is there already, and what writing throws.
  package func add(_ records: [ClipRecord]) throws(StoreError) {
    try write { database in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let clip = try database.cachedStatement(sql: "INSERT INTO clip (id, record) VALUES (?, ?)")
      let worklist = try database.cachedStatement(sql: "INSERT INTO worklist (clip) VALUES (?)")
      for record in records {
        let json = String(decoding: try encoder.encode(record), as: UTF8.self)
        do {
          try clip.execute(arguments: [record.id.text, json])
        } catch let error as DatabaseError
          where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE
        {
          throw StoreError.duplicateClip(record.id)
        }
        try worklist.execute(arguments: [database.lastInsertedRowID])
      }
    }
  }

  /// A clip's provenance; nil where the store has no such clip.
  package func record(_ clip: ClipID) throws(StoreError) -> ClipRecord? {
    try read { database in
      try String.fetchOne(
        database.cachedStatement(sql: "SELECT record FROM clip WHERE id = ?"),
        arguments: [clip.text]
      ).map { try JSONDecoder().decode(ClipRecord.self, from: Data($0.utf8)) }
    }
  }

  /// The ids of all clips, to tell what an ingest left half done.
  package func clipIDs() throws(StoreError) -> Set<ClipID> {
    try read { database in
      let texts = try String.fetchCursor(database, sql: "SELECT id FROM clip")
      var ids: Set<ClipID> = []
      while let text = try texts.next() {
        guard let id = ClipID(text: text) else { throw StoreError.damaged }
        ids.insert(id)
      }
      return ids
    }
  }

  /// Notes why a clip cannot be played, so that it is due no more; nil takes that back.
  ///
  /// - Throws: `unknownClip`, and what writing throws.
  package func setUnreadable(_ clip: ClipID, reason: String?) throws(StoreError) {
    try write { database in
      let position = try position(of: clip, database)
      try database.execute(
        sql: """
          UPDATE worklist SET unreadable = :reason, state = CASE
            WHEN :reason IS NOT NULL AND state IN ('due', 'deferred') THEN 'unreadable'
            WHEN :reason IS NULL AND state = 'unreadable' AND defer_until_ms IS NULL THEN 'due'
            WHEN :reason IS NULL AND state = 'unreadable' THEN 'deferred'
            ELSE state END
          WHERE clip = :clip
          """, arguments: ["reason": reason, "clip": position])
    }
  }

  func position(of clip: ClipID, _ database: Database) throws -> Int64 {
    let position = try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT position FROM clip WHERE id = ?"),
      arguments: [clip.text])
    guard let position else { throw StoreError.unknownClip(clip) }
    return position
  }
}
