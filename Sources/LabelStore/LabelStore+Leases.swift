// SPDX-License-Identifier: Apache-2.0
import AuditLog
import GRDB
package import Vocabulary

/// Which clips a walk stops at; never one that is flagged, shut, unreadable or with another session.
package enum WalkScope: Sendable {
  /// Clips that wait for a verdict.
  case due
  /// Those of them that nobody ever flagged.
  case dueNeverFlagged
  /// Also those that are done, skipped or deferred.
  case any
}

/// What a clip is leased for.
package enum LeasePurpose: Sendable {
  case labelling
  /// A reviewer takes back what they committed last.
  case reopening
  /// A lead who gave neither of two verdicts decides between them; the caller has asked whether
  /// they may.
  case adjudication
}

/// Which way a walk goes, in the order that the policy chose.
package enum WalkDirection: Sendable {
  case forward
  case backward
}

extension LabelStore {
  /// Finds the next clip of a walk and leases it, so that no other session gets it.
  ///
  /// `position` is where the walk stands; nil walks from the first clip, or backward from the last.
  /// Clips in `excluding` are passed over, and so are those that `isWanted` refuses, of which at most
  /// `mostRefused` are looked at. Nil where the walk ends; it does not wrap around.
  ///
  /// - Throws: `sessionEnded`, and what writing throws.
  package func leaseNext(
    _ scope: WalkScope, from position: Int?, _ direction: WalkDirection = .forward,
    session: StoreSession, nowMilliseconds now: Int64, excluding: Set<ClipID> = [],
    mostRefused: Int = .max, where isWanted: (ClipRecord) -> Bool = { _ in true }
  ) throws(StoreError) -> WorklistRow? {
    try act { database, log in
      try prepareLease(session, now, database, &log)
      let start = position.map(Int64.init) ?? (direction == .forward ? 0 : Int64.max)
      let turn =
        try Int64.fetchOne(
          database.cachedStatement(sql: "SELECT turn FROM worklist WHERE clip = ?"),
          arguments: [position]) ?? (direction == .forward ? Int64.min : Int64.max)
      let rows = try WorklistColumns.fetchCursor(
        database.cachedStatement(sql: Self.walk(scope, direction)),
        arguments: WorklistColumns.arguments(session) + ["start": start, "turn": turn])
      var refused = 0
      while refused < mostRefused, let columns = try rows.next() {
        let row = try columns.row()
        guard !excluding.contains(row.record.id) else { continue }
        guard isWanted(row.record) else {
          refused += 1
          continue
        }
        try take(Int64(row.position), session, database)
        return row
      }
      return nil
    }
  }

  /// Leases one clip: from the worklist, or to go on where the reviewer stood.
  ///
  /// - Throws: `leasedByOther`, `withdrawn`, `opinion` where the rules of second opinions keep it from
  ///   the reviewer, `unknownClip`, `sessionEnded`, and what writing throws.
  package func lease(
    _ clip: ClipID, for purpose: LeasePurpose = .labelling, session: StoreSession,
    nowMilliseconds now: Int64
  ) throws(StoreError) -> WorklistRow {
    try act { database, log in
      try prepareLease(session, now, database, &log)
      let position = try position(of: clip, database)
      let columns = try WorklistColumns.fetchOne(
        database.cachedStatement(sql: WorklistColumns.select + " WHERE w.clip = :clip"),
        arguments: WorklistColumns.arguments(session) + ["clip": position])
      guard let columns else { throw StoreError.damaged }
      if columns.state == .closed { throw StoreError.withdrawn(clip) }
      let row = try columns.row()
      if row.isLeasedByOther { throw try holder(of: clip, position, database) }
      try refuseShut(columns, clip, session, at: max(now, log.latestMilliseconds))
      if row.isBarred { try refuseBarred(clip, position, purpose, session, database) }
      try take(position, session, database)
      return row
    }
  }

  /// Prolongs leases by their full time, also those that lapsed but that nobody took.
  ///
  /// - Throws: `leaseLost` for the first clip that the session no longer has (none is prolonged
  ///   then), `unknownClip`, and what writing throws.
  package func renew(
    _ clips: [ClipID], session: StoreSession
  ) throws(StoreError) {
    try write { database in
      for clip in clips {
        let position = try position(of: clip, database)
        guard try isLeased(position, by: session, database) else {
          throw try isClosed(position, database)
            ? StoreError.withdrawn(clip) : StoreError.leaseLost(clip)
        }
        try take(position, session, database)
      }
    }
  }

  /// Gives a lease back; does nothing where the session has none on the clip.
  ///
  /// - Throws: `unknownClip`, and what writing throws.
  package func release(_ clip: ClipID, session: StoreSession) throws(StoreError) {
    try write { database in
      try database.cachedStatement(sql: "DELETE FROM lease WHERE clip = ? AND session = ?")
        .execute(arguments: [try position(of: clip, database), session.id])
    }
  }

  /// The query of a walk; takes what `WorklistColumns.select` takes, and where it stands, `:turn` and
  /// `:start`.
  static func walk(_ scope: WalkScope, _ direction: WalkDirection) -> String {
    let states =
      switch scope {
      case .due: "w.state IN ('due', 'second')"
      case .dueNeverFlagged:
        """
        w.state IN ('due', 'second') AND NOT EXISTS (
          SELECT 1 FROM label_event e WHERE e.clip = w.clip AND e.kind = 'flag')
        """
      case .any: "w.state NOT IN ('flagged', 'unreadable', 'closed')"
      }
    let (comparison, order) = direction == .forward ? (">", "ASC") : ("<", "DESC")
    // What is due is one index in the policy's order; of two states the planner would make one, and
    // sort.
    let table = "worklist w INDEXED BY \(scope == .any ? "worklist_turn" : "worklist_open")"
    return """
      \(WorklistColumns.select(from: table))
      WHERE \(states) AND (w.turn, w.clip) \(comparison) (:turn, :start)
        AND NOT \(WorklistColumns.leased) AND NOT \(WorklistColumns.barred)
      ORDER BY w.turn \(order), w.clip \(order)
      """
  }

  private func prepareLease(
    _ session: StoreSession, _ now: Int64, _ database: Database, _ log: inout AuditAppender
  ) throws {
    let exists = try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = ?)"),
      arguments: [session.id])
    guard exists == true else { throw StoreError.sessionEnded }
    try sweepDeadSessions(database, except: session.id, &log, now)
    try wakeDeferred(database, now)
  }

  /// Refuses a flagged clip to everyone but who flagged it within the last minute.
  private func refuseShut(
    _ columns: WorklistColumns, _ clip: ClipID, _ session: StoreSession, at now: Int64
  ) throws {
    guard columns.state == .flagged else { return }
    let mark = FlagMark(by: columns.flaggedBy, atMilliseconds: columns.flaggedAtMilliseconds)
    guard mark.canBeTakenBack(by: session.reviewer.text, at: now) else {
      throw StoreError.withdrawn(clip)
    }
  }

  /// Refuses a clip that the rules of second opinions keep from the session's reviewer, unless they
  /// may take their own first verdict back, or decide about two of others.
  private func refuseBarred(
    _ clip: ClipID, _ position: Int64, _ purpose: LeasePurpose, _ session: StoreSession,
    _ database: Database
  ) throws {
    let history = LabelHistory(
      try Self.events(of: clip, position, database), taxonomy: session.taxonomy)
    let change: LabelChange? =
      switch purpose {
      case .labelling: nil
      case .reopening: .reopen
      case .adjudication: .adjudicate(.first)
      }
    let objection =
      change.map { history.objection(to: $0, by: session.reviewer) }
      ?? history.objection(toLabelsBy: session.reviewer)
    if let objection { throw StoreError.opinion(clip, objection) }
  }

  private func take(
    _ position: Int64, _ session: StoreSession, _ database: Database
  ) throws {
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO lease (clip, session, until_ms) VALUES (?, ?, ?)"
    ).execute(arguments: [position, session.id, session.leaseTime + session.leaseMilliseconds])
  }

  private func isLeased(
    _ position: Int64, by session: StoreSession, _ database: Database
  ) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM lease WHERE clip = ? AND session = ?)"),
      arguments: [position, session.id]) ?? false
  }

  private func holder(
    of clip: ClipID, _ position: Int64, _ database: Database
  ) throws -> StoreError {
    let reviewer = try String.fetchOne(
      database,
      sql: "SELECT reviewer FROM session WHERE id = (SELECT session FROM lease WHERE clip = ?)",
      arguments: [position])
    return .leasedByOther(clip, ReviewerID(reviewer ?? ""))
  }
}
