// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import Foundation
import GRDB
package import Vocabulary

/// Why a clip is erased; the words are those of the log.
package enum ErasureReason: String, Sendable, CaseIterable {
  /// The person whose clip it is asked for it.
  case request
  /// A signed notice asked for it.
  case notice
  /// Its storage period is over.
  case expired
  /// It was flagged and nobody decided in time.
  case flagDue = "flag_due"
  /// A lead decided it; on a flag, never the lead who set it.
  case decision
}

/// A clip whose erasure was ordered.
package struct PendingErasure: Hashable, Sendable {
  package let clip: NamedClip
  package let reason: ErasureReason
  /// When it was ordered, milliseconds since 1970.
  package let orderedAtMilliseconds: Int64
  /// Who ordered it; empty for housekeeping.
  package let orderedBy: String
}

/// What an erasure did in the store.
package struct StoreErasure: Hashable, Sendable {
  /// How many clips are gone.
  package let clipCount: Int
  /// How many verdicts were kept of them.
  package let keptLabelCount: Int
  /// How many went with them.
  package let droppedLabelCount: Int
  /// How many were leased.
  package let leaseCount: Int
  /// The number that its receipt has.
  package let number: Int64
  /// The receipt, as `finishErasure` was given it.
  package fileprivate(set) var receipt = ""
  /// Whether the write-ahead log was emptied too; where another process reads in it, `scrub` must
  /// be called again later.
  package fileprivate(set) var isScrubbed = false
}

extension LabelStore {
  /// Orders clips erased, and logs each (`erase`, step `ordered`).
  ///
  /// From then on they are shut, and the order is durable, before any key is touched. Ordering one
  /// again does nothing.
  ///
  /// An order ends a hold, unless the hold has a legal ground: then it waits for the hold's end.
  ///
  /// - Throws: `ownFlag` for a decision on the lead's own flag, `unknownClip`, `noLog`, and what
  ///   writing throws.
  package func orderErasure(
    _ clips: [NamedClip], reason: ErasureReason, by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      for clip in clips { try orderErasure(clip, reason, actor, now, database, &log) }
    }
  }

  func orderErasure(
    _ clip: NamedClip, _ reason: ErasureReason, _ actor: AuditActor, _ now: Int64,
    _ database: Database, _ log: inout AuditAppender
  ) throws {
    let position = try position(of: clip.id, database)
    if reason == .decision { try refuseOwnFlag(clip.id, position, actor, database) }
    guard try !ClosureRow.rows(of: position, database).contains(where: { $0.kind == .erasing })
    else { return }
    try database.cachedStatement(
      sql: "DELETE FROM closure WHERE clip = ? AND kind = 'held' AND ground IS NULL"
    ).execute(arguments: [position])
    try ClosureRow(.erasing, position, clip.logName, reason: reason.rawValue, by: actor, at: now)
      .shut(database)
    try log.append(
      AuditDraft(
        .erase, clip: clip.logName, ["step": .word("ordered"), "reason": .word(reason.rawValue)]),
      by: actor, at: now)
  }

  /// The clips whose erasure was ordered and is not finished, in order of ingest; not those that
  /// are held on a legal ground at that time.
  package func pendingErasures(
    atMilliseconds now: Int64
  ) throws(StoreError) -> [PendingErasure] {
    try read { database in
      try PendingColumns.fetchAll(database, sql: PendingColumns.select, arguments: [now])
        .map { try $0.erasure() }
    }
  }

  /// Removes everything of clips whose erasure was ordered, and logs each (`erase`, step `done`),
  /// in one transaction; then empties the write-ahead log, so that no file holds their ids.
  ///
  /// Call it when their keys are gone. A verdict is kept as `labels` says, never a flagged clip's.
  /// `receipt` makes the receipt's text of what was done, which is kept in the same transaction.
  ///
  /// - Throws: `notOrdered`, `unknownClip`, `noLog`, and what writing throws.
  package func finishErasure(
    _ clips: [ClipID], labels: LabelsAfterErasure, by actor: AuditActor,
    nowMilliseconds now: Int64, receipt: (StoreErasure) -> String
  ) throws(StoreError) -> StoreErasure {
    var done = try act { database, log in
      var (verdicts, kept, leases) = (0, 0, 0)
      for clip in clips {
        let position = try position(of: clip, database)
        let closures = try ClosureRow.rows(of: position, database)
        guard let order = closures.first(where: { $0.kind == .erasing }) else {
          throw StoreError.notOrdered(clip)
        }
        let counts = try LabelledColumns.fetchOne(
          database.cachedStatement(sql: LabelledColumns.select), arguments: [position, position])
        verdicts += counts?.verdicts ?? 0
        leases += counts?.leases ?? 0
        if labels != .drop, try keepVerdict(position, labels, database) { kept += 1 }
        try erase(position, database)
        try log.append(
          AuditDraft(
            .erase, clip: order.logName.flatMap { ClipLogName(Array($0)) },
            ["step": .word("done"), "reason": .word(order.reason)]), by: actor, at: now)
      }
      var done = StoreErasure(
        clipCount: clips.count, keptLabelCount: kept, droppedLabelCount: verdicts - kept,
        leaseCount: leases, number: try nextReceiptNumber(database))
      done.receipt = receipt(done)
      try database.execute(
        sql: "INSERT INTO erasure_receipt (number, note) VALUES (?, ?)",
        arguments: [done.number, done.receipt])
      return done
    }
    done.isScrubbed = try scrub()
    return done
  }

  /// Folds the write-ahead log into the database and empties it, so that nothing deleted is left in
  /// it; false where another process reads in it just now.
  package func scrub() throws(StoreError) -> Bool {
    do {
      return try pool.writeWithoutTransaction { database in
        do {
          try database.checkpoint(.truncate)
          return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
          return false
        }
      }
    } catch { throw StoreError(error) }
  }

  private func erase(_ position: Int64, _ database: Database) throws {
    for (table, column) in [
      ("label_event", "clip"), ("label_export_clip", "clip"), ("worklist", "clip"),
      ("clip", "position"),
    ] {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE \(column) = ?")
        .execute(arguments: [position])
    }
  }

  /// Keeps a clip's verdict without what tells the clip; false where there is none to keep.
  private func keepVerdict(
    _ position: Int64, _ labels: LabelsAfterErasure, _ database: Database
  ) throws -> Bool {
    let columns = try VerdictColumns.fetchOne(
      database.cachedStatement(sql: VerdictColumns.select), arguments: [position])
    guard let columns else { return false }
    let name =
      labels == .keep
      ? columns.reviewer
      : "x-" + String(UInt64.random(in: 1 << 60 ... .max), radix: 16)
    // What a reviewer wrote may tell who was seen.
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let verdict = try encoder.encode(
      try JSONDecoder().decode(LabelSheet.self, from: Data(columns.verdict.utf8)).withoutNote)
    // A random row number, so that the order of the rows tells nothing either.
    try database.cachedStatement(
      sql: """
        INSERT INTO kept_label (id, verdict, taxonomy, month, reviewer) VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Int64.random(in: 1...Int64.max), String(decoding: verdict, as: UTF8.self), columns.taxonomy,
      AuditMonth(milliseconds: columns.atMilliseconds).description, name,
    ])
    return true
  }
}

private struct PendingColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT c.id, x.reason, x.at_ms, x.by, x.log_name FROM closure x
    JOIN clip c ON c.position = x.clip
    WHERE x.kind = 'erasing' AND NOT EXISTS (
      SELECT 1 FROM closure h WHERE h.clip = x.clip AND h.kind = 'held' AND h.until_ms > ?)
    ORDER BY x.clip
    """

  var id: String
  var reason: String
  var atMilliseconds: Int64
  var by: String
  var logName: Data?

  enum CodingKeys: String, CodingKey {
    case id, reason, by
    case atMilliseconds = "at_ms"
    case logName = "log_name"
  }

  func erasure() throws(StoreError) -> PendingErasure {
    guard let clip = ClipID(text: id), let reason = ErasureReason(rawValue: reason) else {
      throw .damaged
    }
    return PendingErasure(
      clip: NamedClip(clip, logName.flatMap { ClipLogName(Array($0)) }), reason: reason,
      orderedAtMilliseconds: atMilliseconds, orderedBy: by)
  }
}

private struct LabelledColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT (SELECT count(*) FROM worklist WHERE clip = ? AND verdict IS NOT NULL) AS verdicts,
      (SELECT count(*) FROM lease WHERE clip = ?) AS leases
    """

  var verdicts: Int
  var leases: Int
}

private struct VerdictColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT w.verdict, w.committed_by, w.committed_at_ms, (
      SELECT e.taxonomy FROM label_event e
      WHERE e.clip = w.clip AND e.kind = 'commit' AND e.reviewer = w.committed_by
      ORDER BY e.ordinal DESC LIMIT 1) AS taxonomy
    FROM worklist w
    WHERE w.clip = ? AND w.verdict IS NOT NULL AND w.flagged_by IS NULL
    """

  var verdict: String
  var reviewer: String
  var atMilliseconds: Int64
  var taxonomy: String

  enum CodingKeys: String, CodingKey {
    case verdict, taxonomy
    case reviewer = "committed_by"
    case atMilliseconds = "committed_at_ms"
  }
}
