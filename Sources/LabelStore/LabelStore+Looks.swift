// SPDX-License-Identifier: Apache-2.0
import AuditLog
import GRDB
package import Vocabulary

/// The two clocks that a look is counted by, in milliseconds.
package struct LookClock: Hashable, Sendable {
  /// Since 1970.
  package var wallMilliseconds: Int64
  /// The monotonic clock: within a session it is believed where the wall clock was set forward.
  package var monotonicMilliseconds: Int64

  /// Makes a reading.
  package init(wallMilliseconds: Int64, monotonicMilliseconds: Int64) {
    self.wallMilliseconds = wallMilliseconds
    self.monotonicMilliseconds = monotonicMilliseconds
  }
}

/// Looks: logged, charged in full, and durable before anything is shown clear.
extension LabelStore {
  /// Logs a look (`look_start`) and charges it in full, durably on return.
  ///
  /// The look that it goes on from is settled (`look_stop`) in the same transaction.
  ///
  /// Where the rules leave too little, nothing is written. The clip must be leased by the session, in
  /// its own name, and never have been flagged.
  ///
  /// - Throws: `movedAway`, `withdrawn`, `leaseLost`, `unnamedClip`, `unknownClip`, `noLog`, and what
  ///   writing throws; `notLoggable` for a strict clip without a reason, and for one with no grid.
  package func startLook(
    _ ask: LookAsk, rules: LookRules, session: StoreSession, clock: LookClock
  ) throws(StoreError) -> LookAnswer {
    guard session.isStoreInPlace else { throw .movedAway }
    guard Frost.grids.contains(ask.frost), ask.frost < .strict || ask.reason != nil else {
      throw .notLoggable
    }
    let outcome: Outcome = try act { database, log in
      let clip = try lookedAt(ask.clip, session, database)
      let at = max(clock.wallMilliseconds, log.latestMilliseconds)
      let standing = try lookStanding(clip.position, session, clock, at: at, database)
      let unused = try ask.renewed.map { try rest(of: $0, session, database) } ?? 0
      let allowed = rules.grant(
        clipRest: rules.clipMilliseconds - standing.clipSpentMilliseconds + unused,
        hourRest: standing.hour.rest(rules, at: 0) + unused)
      guard let allowed else { return Outcome(standing: standing) }
      if let renewed = ask.renewed { try settle(renewed, session, database, &log, at) }
      let number = try log.append(
        Self.draft(ask, clip.name, allowed), by: session.actor, at: at)
      try database.execute(
        sql: """
          INSERT INTO look (number, clip, reviewer, session, at_ms, granted_ms)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [number, clip.position, session.reviewer.text, session.id, at, allowed])
      session.noteLook(number, atMonotonic: clock.monotonicMilliseconds)
      return Outcome(
        look: (number, allowed),
        standing: try lookStanding(clip.position, session, clock, at: at, database))
    }
    // The transaction has returned: the event is on disk.
    guard let (number, milliseconds) = outcome.look else { return .spent(outcome.standing) }
    return .granted(
      LookReceipt(clip: ask.clip, number: number, milliseconds: milliseconds, scope: ask.scope),
      outcome.standing)
  }

  private struct Outcome {
    var look: (number: Int64, milliseconds: Int64)?
    var standing: LookStanding
  }

  private static func draft(
    _ ask: LookAsk, _ name: ClipLogName, _ milliseconds: Int64
  ) -> AuditDraft {
    var detail: [(String, AuditValue)] = [
      ("frost", .word(ask.frost.name)), ("scope", .word(ask.scope.rawValue)),
      ("ms", .number(milliseconds)),
    ]
    if let reason = ask.reason { detail.append(("why", .word(reason.rawValue))) }
    return AuditDraft(.lookStart, clip: name, AuditDetail(detail))
  }

  /// Logs that a look of the session ended (`look_stop`) and gives back what it did not use; settling
  /// one again does nothing.
  ///
  /// More than was granted counts as what was granted.
  package func stopLook(
    _ shown: LookShown, session: StoreSession, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in try settle(shown, session, database, &log, now) }
  }

  /// What was spent on looks at a clip and in the session's hour.
  ///
  /// - Throws: `unknownClip`, and what reading throws.
  package func lookStanding(
    of clip: ClipID, session: StoreSession, clock: LookClock
  ) throws(StoreError) -> LookStanding {
    try read { database in
      let latest = try AuditRow.last(database)?.event.atMilliseconds ?? 0
      return try lookStanding(
        try position(of: clip, database), session, clock,
        at: max(clock.wallMilliseconds, latest), database)
    }
  }

  /// Settles the looks that a session left open, in full: nobody knows when they ended.
  func settleOpenLooks(
    ofSession id: Int64, by actor: AuditActor, _ database: Database, _ log: inout AuditAppender,
    _ now: Int64
  ) throws {
    let open = try LookRow.fetchAll(
      database.cachedStatement(
        sql: "SELECT number, granted_ms, at_ms FROM look WHERE session = ? AND shown_ms IS NULL"),
      arguments: [id])
    for look in open {
      let shown = LookShown(
        number: look.number, milliseconds: look.granted, end: .interrupted)
      try settle(shown, look, by: actor, database, &log, now)
    }
  }

  // MARK: inside

  private func lookedAt(
    _ clip: ClipID, _ session: StoreSession, _ database: Database
  ) throws -> (position: Int64, name: ClipLogName) {
    let columns = try LookedAtColumns.fetchOne(
      database.cachedStatement(sql: LookedAtColumns.select), arguments: [clip.text])
    guard let columns else { throw StoreError.unknownClip(clip) }
    guard columns.isOpen else { throw StoreError.withdrawn(clip) }
    guard columns.session == session.id else { throw StoreError.leaseLost(clip) }
    guard let name = session.name(of: clip) else { throw StoreError.unnamedClip(clip) }
    return (columns.position, name)
  }

  private func lookStanding(
    _ position: Int64, _ session: StoreSession, _ clock: LookClock, at now: Int64,
    _ database: Database
  ) throws -> LookStanding {
    let spent = try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT coalesce(sum(coalesce(shown_ms, granted_ms)), 0) FROM look WHERE clip = ?"),
      arguments: [position])
    let ages = session.agesOfLooks(at: clock.monotonicMilliseconds)
    let oldest = now - LookHour.milliseconds - Self.longestLookMilliseconds
    let rows = try LookRow.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT number, granted_ms, shown_ms, at_ms FROM look
          WHERE reviewer = ? AND (at_ms > ? OR session = ? AND number >= ?)
          """),
      arguments: [
        session.reviewer.text, oldest, session.id, ages.keys.min() ?? Int64.max,
      ])
    let charges = rows.map { row in
      // The wall clock may have been set forward since: within a session the monotonic one is right.
      let age = min(now - row.atMilliseconds, ages[row.number] ?? .max)
      return LookHour.Charge(
        milliseconds: row.spent, untilMilliseconds: row.granted + LookHour.milliseconds - age)
    }
    return LookStanding(
      clipSpentMilliseconds: spent ?? 0,
      hour: LookHour(charges.filter { $0.untilMilliseconds > 0 }))
  }

  /// Longer than any look that a policy allows.
  private static let longestLookMilliseconds: Int64 = 60_000

  /// What the running look would give back if it ended now.
  private func rest(
    of shown: LookShown, _ session: StoreSession, _ database: Database
  ) throws -> Int64 {
    guard let look = try openLook(shown.number, session, database) else { return 0 }
    return look.granted - min(max(0, shown.milliseconds), look.granted)
  }

  private func settle(
    _ shown: LookShown, _ session: StoreSession, _ database: Database,
    _ log: inout AuditAppender, _ now: Int64
  ) throws {
    guard let look = try openLook(shown.number, session, database) else { return }
    try settle(shown, look, by: session.actor, database, &log, now)
  }

  private func settle(
    _ shown: LookShown, _ look: LookRow, by actor: AuditActor, _ database: Database,
    _ log: inout AuditAppender, _ now: Int64
  ) throws {
    let milliseconds = min(max(0, shown.milliseconds), look.granted)
    try database.cachedStatement(sql: "UPDATE look SET shown_ms = ? WHERE number = ?")
      .execute(arguments: [milliseconds, look.number])
    let body = try AuditRow.fetchOne(
      database.cachedStatement(sql: "SELECT seq, body, hash FROM audit_event WHERE seq = ?"),
      arguments: [look.number])
    try log.append(
      AuditDraft(
        .lookStop, clip: try body?.event.clip,
        [
          "look": .number(look.number), "ms": .number(milliseconds),
          "why": .word(shown.end.rawValue),
        ]), by: actor, at: now)
  }

  private func openLook(
    _ number: Int64, _ session: StoreSession, _ database: Database
  ) throws -> LookRow? {
    try LookRow.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT number, granted_ms, at_ms FROM look
          WHERE number = ? AND session = ? AND shown_ms IS NULL
          """), arguments: [number, session.id])
  }
}

private struct LookRow: Decodable, FetchableRecord {
  var number: Int64
  var granted: Int64
  var shown: Int64?
  var atMilliseconds: Int64

  enum CodingKeys: String, CodingKey {
    case number
    case granted = "granted_ms"
    case shown = "shown_ms"
    case atMilliseconds = "at_ms"
  }

  /// What it counts: all that was granted, while it goes on.
  var spent: Int64 { shown ?? granted }
}

private struct LookedAtColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT c.position,
      w.state NOT IN ('flagged', 'closed') AND NOT EXISTS (
        SELECT 1 FROM label_event e WHERE e.clip = c.position AND e.kind = 'flag') AS isOpen,
      (SELECT l.session FROM lease l WHERE l.clip = c.position) AS session
    FROM clip c JOIN worklist w ON w.clip = c.position WHERE c.id = ?
    """

  var position: Int64
  var isOpen: Bool
  var session: Int64?
}
