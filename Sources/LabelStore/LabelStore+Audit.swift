// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB
package import Sealing

extension LabelStore {
  /// Logs acts that change nothing else in the store, in one transaction: durable on return.
  ///
  /// - Throws: `notLoggable`, `noLog`, and what writing throws.
  package func record(
    _ drafts: [AuditDraft], by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      for draft in drafts { try log.append(draft, by: actor, at: now) }
    }
  }

  /// Signs where the log ends, unless that is signed already; the last checkpoint's note, to be
  /// kept elsewhere, or nil for an empty log.
  ///
  /// - Throws: `noLog`, and what writing throws.
  package func checkpoint(nowMilliseconds now: Int64) throws(StoreError) -> String? {
    try act { database, log in
      try log.checkpoint(at: now)
      return try Self.lastNote(database)
    }
  }

  /// The last checkpoint's note; nil where there is none.
  package func lastCheckpoint() throws(StoreError) -> String? {
    try read { database in try Self.lastNote(database) }
  }

  /// When the last event was logged, milliseconds since 1970; nil for an empty log.
  ///
  /// No clock of this vault may go below it.
  package func latestEventMilliseconds() throws(StoreError) -> Int64? {
    try read { database in try AuditRow.last(database)?.event.atMilliseconds }
  }

  /// Checks the whole log with nothing but the vault's id and public key; `kept` is a checkpoint
  /// kept elsewhere, if any.
  ///
  /// `progress` is told the number of every thousandth event.
  ///
  /// What it says about the log is its result, also that it is broken; it throws where the store
  /// cannot be read.
  package func verifyLog(
    vault: String, key: VerifyingKey, against kept: Checkpoint? = nil,
    progress: (Int64) -> Void = { _ in }
  ) throws(StoreError) -> Result<AuditReport, AuditFault> {
    do {
      return .success(
        try pool.read { database in
          var verifier = AuditVerifier(vault: vault, key: key, against: kept)
          let notes = try NoteColumns.fetchCursor(
            database, sql: "SELECT size, note FROM audit_checkpoint ORDER BY size")
          let rows = try AuditRow.fetchCursor(
            database, sql: "SELECT seq, body, hash FROM audit_event ORDER BY seq")
          var note = try notes.next()
          while let row = try rows.next() {
            while let next = note, next.size < row.seq {
              try verifier.checkpoint(size: next.size, note: Array(next.note.utf8))
              note = try notes.next()
            }
            try verifier.event(seq: row.seq, body: row.body, hash: row.hash)
            if row.seq % 1000 == 0 { progress(row.seq) }
          }
          while let next = note {
            try verifier.checkpoint(size: next.size, note: Array(next.note.utf8))
            note = try notes.next()
          }
          return try verifier.finish()
        })
    } catch let fault as AuditFault {
      return .failure(fault)
    } catch {
      throw StoreError(error)
    }
  }

  /// Deletes whole segments of the log whose month ended more than `months` months ago, and logs it
  /// (`segment_deleted`); the number of events that went.
  ///
  /// The last of their checkpoints stays: the log is verified from there on.
  ///
  /// - Throws: `noLog`, and what writing throws.
  package func deleteSegments(
    olderThanMonths months: Int, by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) -> Int {
    try act { database, log in
      let newest = AuditMonth(milliseconds: now).index - Int64(months)
      let segment = try Row.fetchOne(
        database,
        sql: "SELECT last, month FROM audit_segment WHERE month < ? ORDER BY last DESC LIMIT 1",
        arguments: [newest])
      guard let segment else { return 0 }
      guard let last = Int64.fromDatabaseValue(segment["last"]),
        let month = Int64.fromDatabaseValue(segment["month"])
      else { throw StoreError.damaged }
      let isNew = try Bool.fetchOne(
        database, sql: "SELECT NOT EXISTS (SELECT 1 FROM audit_anchor WHERE size >= ?)",
        arguments: [last])
      guard isNew == true else { return 0 }
      try database.execute(sql: "INSERT INTO audit_anchor (size) VALUES (?)", arguments: [last])
      try database.execute(sql: "DELETE FROM audit_event WHERE seq <= ?", arguments: [last])
      let count = database.changesCount
      try database.execute(sql: "DELETE FROM audit_checkpoint WHERE size < ?", arguments: [last])
      try database.execute(sql: "DELETE FROM audit_segment WHERE last < ?", arguments: [last])
      try log.append(
        AuditDraft(
          .segmentDeleted,
          ["through": .number(last), "month": .word(AuditMonth(index: month).description)]),
        by: actor, at: now)
      try log.checkpoint(at: now)
      return count
    }
  }

  private static func lastNote(_ database: Database) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
  }
}

private struct NoteColumns: Decodable, FetchableRecord {
  var size: Int64
  var note: String
}
