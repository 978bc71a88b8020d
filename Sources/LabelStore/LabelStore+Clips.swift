// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import Foundation
import GRDB
package import Vocabulary

/// A clip and what the audit log calls it; nil where its key row is gone, so that nobody can tell.
package struct NamedClip: Hashable, Sendable {
  package let id: ClipID
  package let logName: ClipLogName?

  /// Names a clip.
  package init(_ id: ClipID, _ logName: ClipLogName?) {
    self.id = id
    self.logName = logName
  }
}

/// A clip to be taken in, with what the store must find it by.
package struct NewClip: Hashable, Sendable {
  package let record: ClipRecord
  /// The pseudonym of whose clip it is; empty for staff test clips.
  package let subject: String
  package let logName: ClipLogName
  /// When it is to be erased, milliseconds since 1970.
  package let expiresAtMilliseconds: Int64

  /// Makes one; its consent is the record's.
  package init(
    _ record: ClipRecord, subject: String, logName: ClipLogName, expiresAtMilliseconds: Int64
  ) {
    self.record = record
    self.subject = subject
    self.logName = logName
    self.expiresAtMilliseconds = expiresAtMilliseconds
  }
}

extension LabelStore {
  /// Takes clips in, in one transaction with an event each (`ingest`): all of them or, on an
  /// error, none.
  ///
  /// This is the commit point of an ingest: a clip that the store does not know does not exist.
  ///
  /// - Throws: `duplicateClip` for an id that is there already, `noLog`, and what writing throws.
  package func add(
    _ clips: [NewClip], by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let insert = try database.cachedStatement(
        sql: """
          INSERT INTO clip (id, record, subject, consent, expires_ms) VALUES (?, ?, ?, ?, ?)
          """)
      let worklist = try database.cachedStatement(sql: "INSERT INTO worklist (clip) VALUES (?)")
      for clip in clips {
        let record = clip.record
        let json = String(decoding: try encoder.encode(record), as: UTF8.self)
        do {
          try insert.execute(arguments: [
            record.id.text, json, clip.subject, record.consent, clip.expiresAtMilliseconds,
          ])
        } catch let error as DatabaseError
          where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE
        {
          throw StoreError.duplicateClip(record.id)
        }
        try worklist.execute(arguments: [database.lastInsertedRowID])
        try log.append(
          AuditDraft(.ingest, clip: clip.logName, ["source": .word(record.source.rawValue)]),
          by: actor, at: now)
      }
      // Before there was any session nobody has said by what rule: the first one ranks them.
      try rank(most: clips.count, database)
    }
  }

  /// The clips of a person, in order of ingest, also those that are shut; empty for nobody.
  package func clips(ofSubject subject: String) throws(StoreError) -> [ClipID] {
    guard !subject.isEmpty else { return [] }
    return try read { database in
      try Self.ids(
        String.fetchAll(
          database,
          sql: "SELECT id FROM clip WHERE subject = ? AND subject <> '' ORDER BY position",
          arguments: [subject]))
    }
  }

  /// The clips that a consent record opens, in order of ingest, also those that are shut.
  package func clips(ofConsent record: String) throws(StoreError) -> [ClipID] {
    guard !record.isEmpty else { return [] }
    return try read { database in
      try Self.ids(
        String.fetchAll(
          database,
          sql: "SELECT id FROM clip WHERE consent = ? AND consent <> '' ORDER BY position",
          arguments: [record]))
    }
  }

  /// The clips whose time is over and whose erasure nobody ordered yet; not those that are held.
  package func expired(atMilliseconds now: Int64) throws(StoreError) -> [ClipID] {
    try read { database in
      try Self.ids(
        String.fetchAll(
          database,
          sql: """
            SELECT id FROM clip c WHERE expires_ms <= :now AND NOT EXISTS (
              SELECT 1 FROM closure x WHERE x.clip = c.position
                AND (x.kind = 'erasing' OR x.kind = 'held' AND x.until_ms > :now))
            ORDER BY position
            """, arguments: ["now": now]))
    }
  }

  static func ids(_ texts: [String]) throws(StoreError) -> [ClipID] {
    var ids: [ClipID] = []
    for text in texts {
      guard let id = ClipID(text: text) else { throw .damaged }
      ids.append(id)
    }
    return ids
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
            WHEN :reason IS NOT NULL AND state IN ('due', 'second', 'deferred') THEN 'unreadable'
            WHEN :reason IS NULL AND state = 'unreadable' AND defer_until_ms IS NULL
              THEN CASE round WHEN 2 THEN 'second' ELSE 'due' END
            WHEN :reason IS NULL AND state = 'unreadable' THEN 'deferred'
            ELSE state END
          WHERE clip = :clip
          """, arguments: ["reason": reason, "clip": position])
    }
  }

  func isClosed(_ position: Int64, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM worklist WHERE clip = ? AND state = 'closed')"),
      arguments: [position]) ?? false
  }

  func position(of clip: ClipID, _ database: Database) throws -> Int64 {
    let position = try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT position FROM clip WHERE id = ?"),
      arguments: [clip.text])
    guard let position else { throw StoreError.unknownClip(clip) }
    return position
  }
}
