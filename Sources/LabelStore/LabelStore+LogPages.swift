// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB

/// A stretch of the log, for somebody who leafs through it.
package struct AuditPage: Hashable, Sendable {
  /// The events found, the oldest first.
  package fileprivate(set) var events: [AuditEvent] = []
  /// The numbers of the first and last event that the log has; both 0 where it has none.
  package fileprivate(set) var first: Int64 = 0
  package fileprivate(set) var last: Int64 = 0
  /// Whether the log may have more such events beyond these, in the direction that was read.
  package fileprivate(set) var hasMore = false
}

extension LabelStore {
  /// At most `limit` events from a number on that `isWanted` admits: towards the newest, or towards
  /// the oldest where `newestFirst` is true.
  ///
  /// The number may lie outside of the log, with which memory does not grow. It stops early, with
  /// what it has and `hasMore`, once `isCancelled` says so.
  package func auditPage(
    from number: Int64, newestFirst: Bool, limit: Int, isCancelled: () -> Bool = { false },
    where isWanted: (AuditEvent) -> Bool = { _ in true }
  ) throws(StoreError) -> AuditPage {
    try read { database in
      var page = AuditPage()
      let bounds = try Row.fetchOne(database.cachedStatement(sql: Self.logBounds))
      page.first = bounds?["low"] ?? 0
      page.last = bounds?["high"] ?? 0
      let order = newestFirst ? "seq <= ? ORDER BY seq DESC" : "seq >= ? ORDER BY seq"
      let rows = try AuditRow.fetchCursor(
        database, sql: "SELECT seq, body, hash FROM audit_event WHERE \(order)",
        arguments: [number])
      while let row = try rows.next() {
        guard page.events.count < limit, !isCancelled() else {
          page.hasMore = true
          break
        }
        let event = try row.event
        if isWanted(event) { page.events.append(event) }
      }
      if newestFirst { page.events.reverse() }
      return page
    }
  }

  /// Two queries in one: SQLite looks only a single end of an index up at once.
  private static let logBounds = """
    SELECT (SELECT min(seq) FROM audit_event) AS low, (SELECT max(seq) FROM audit_event) AS high
    """

  /// The number of the first event at or after a time, in milliseconds since 1970; one beyond the
  /// last event where all are older.
  ///
  /// Times never fall from event to event, so that it takes about twenty reads.
  package func auditNumber(notBefore milliseconds: Int64) throws(StoreError) -> Int64 {
    try read { database in
      let bounds = try Row.fetchOne(database.cachedStatement(sql: Self.logBounds))
      guard var low: Int64 = bounds?["low"], let last: Int64 = bounds?["high"] else { return 1 }
      var high = last + 1
      let at = try database.cachedStatement(
        sql: "SELECT seq, body, hash FROM audit_event WHERE seq >= ? ORDER BY seq LIMIT 1")
      while low < high {
        let middle = low + (high - low) / 2
        let row = try AuditRow.fetchOne(at, arguments: [middle])
        if try row?.event.atMilliseconds ?? .max >= milliseconds {
          high = middle
        } else {
          low = middle + 1
        }
      }
      return low
    }
  }
}
