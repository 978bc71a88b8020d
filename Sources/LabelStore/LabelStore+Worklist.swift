// SPDX-License-Identifier: Apache-2.0
import GRDB
package import Vocabulary

extension LabelStore {
  /// One page of a worklist in order of ingest: at most `limit` rows after the first `offset`.
  ///
  /// `session` is whose leases are not another's. Cost: about 4 ms for each 100,000 rows of offset.
  ///
  /// - Throws: what reading throws, and what writing throws where a deferred clip's time has come.
  package func rows(
    _ filter: WorklistFilter, offset: Int, limit: Int, session: StoreSession,
    nowMilliseconds now: Int64
  ) throws(StoreError) -> [WorklistRow] {
    try wakeDeferredIfAny(now)
    return try read { database in
      try WorklistColumns.fetchAll(
        database.cachedStatement(sql: Self.page(filter)),
        arguments: Self.pageArguments(filter, session, max(0, limit), max(0, offset))
      ).map { try $0.row() }
    }
  }

  /// How many clips stand where; costs the same at any size.
  ///
  /// - Throws: what reading throws, and what writing throws where a deferred clip's time has come.
  package func counts(
    session: StoreSession, nowMilliseconds now: Int64
  ) throws(StoreError) -> WorklistCounts {
    try wakeDeferredIfAny(now)
    return try read { database in
      var counts = WorklistCounts()
      for tally in try Tally.fetchAll(database, sql: "SELECT state, clips FROM tally") {
        if let count = tally.state.count { counts[keyPath: count] = tally.clips }
      }
      // A cross join keeps the order: from the few leases, not from all clips that are due.
      counts.leasedByOthers =
        try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM lease l CROSS JOIN worklist w ON w.clip = l.clip
            WHERE w.state IN ('due', 'second') AND l.session <> ? AND l.until_ms > ?
            """,
          arguments: [session.id, session.leaseTime]) ?? 0
      counts.ownFirstOpinions =
        try Int.fetchOne(
          database.cachedStatement(sql: Self.ownFirstOpinions), arguments: [session.reviewer.text])
        ?? 0
      return counts
    }
  }

  /// One clip as the worklist shows it; nil where the store has no such clip, or has it shut.
  package func row(
    _ clip: ClipID, session: StoreSession
  ) throws(StoreError) -> WorklistRow? {
    try read { database in
      try WorklistColumns.fetchOne(
        database.cachedStatement(
          sql: WorklistColumns.select + " WHERE c.id = :clip AND w.state <> 'closed'"),
        arguments: WorklistColumns.arguments(session) + ["clip": clip.text]
      )?.row()
    }
  }

  /// The query of a page; what the offset passes over is stepped through, but never decoded.
  static func page(_ filter: WorklistFilter) -> String {
    let inner =
      switch filter {
      case .all:
        "SELECT clip FROM worklist WHERE state <> 'closed' ORDER BY clip LIMIT :limit OFFSET :offset"
      default:
        "SELECT clip FROM worklist WHERE state = :state ORDER BY clip LIMIT :limit OFFSET :offset"
      }
    return "\(WorklistColumns.select) WHERE w.clip IN (\(inner)) ORDER BY w.clip"
  }

  /// Makes the deferred clips due whose time has come.
  func wakeDeferred(_ database: Database, _ now: Int64) throws {
    try database.cachedStatement(
      sql: """
        UPDATE worklist SET state = CASE round WHEN 2 THEN 'second' ELSE 'due' END,
          defer_until_ms = NULL
        WHERE state = 'deferred' AND defer_until_ms <= ?
        """
    ).execute(arguments: [now])
  }

  func wakeDeferredIfAny(_ now: Int64) throws(StoreError) {
    let isAny = try read { database in
      try Bool.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT EXISTS (
              SELECT 1 FROM worklist WHERE state = 'deferred' AND defer_until_ms <= ?)
            """),
        arguments: [now]) ?? false
    }
    if isAny { try write { database in try wakeDeferred(database, now) } }
  }

  private static func pageArguments(
    _ filter: WorklistFilter, _ session: StoreSession, _ limit: Int, _ offset: Int
  ) -> StatementArguments {
    let own = WorklistColumns.arguments(session) + ["limit": limit, "offset": offset]
    return filter == .all ? own : own + ["state": filter.rawValue]
  }

  /// Takes the reviewer.
  static let ownFirstOpinions = """
    SELECT count(*) FROM opinion o CROSS JOIN worklist w ON w.clip = o.clip
    WHERE o.reviewer = ? AND o.round = 1 AND w.state = 'second'
    """
}

private struct Tally: Decodable, FetchableRecord {
  var state: WorklistColumns.State
  var clips: Int
}

extension WorklistColumns.State {
  /// Where the state is counted; nil for clips that are shut, which count nowhere.
  fileprivate var count: WritableKeyPath<WorklistCounts, Int>? {
    switch self {
    case .due: \.due
    case .second: \.secondOpinion
    case .disputed: \.disputed
    case .deferred: \.deferred
    case .skipped: \.skipped
    case .done: \.done
    case .flagged: \.flagged
    case .unreadable: \.unreadable
    case .closed: nil
    }
  }
}
