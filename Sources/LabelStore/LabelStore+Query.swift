// SPDX-License-Identifier: Apache-2.0
import GRDB
package import Vocabulary

/// What a query leaves of a list, and a page of it.
package struct FoundClips: Sendable {
  /// How many clips it leaves.
  package let total: Int
  package let rows: [WorklistRow]
  /// Whether clips are still to be ranked, so that some may stand in another place soon, or be
  /// found that are not yet.
  package let isUnsettled: Bool
}

extension LabelStore {
  /// How many clips of a list a query leaves, and one page of them in its order: at most `limit`
  /// rows after the first `offset`.
  ///
  /// An empty query of a list that is not `all` costs as `rows` and `counts` do near its beginning;
  /// any other reads every block once, about a tenth of a second for a million clips, whatever it asks
  /// for and wherever the page is.
  ///
  /// - Throws: as `rows`.
  package func rows(
    _ filter: WorklistFilter, matching query: WorklistQuery, offset: Int, limit: Int,
    session: StoreSession, nowMilliseconds now: Int64
  ) throws(StoreError) -> FoundClips {
    try wakeDeferredIfAny(now)
    let isNear = offset <= Self.mostStepped && filter != .all
    if query.isEmpty, isNear {
      let counts = try counts(session: session, nowMilliseconds: now)
      return FoundClips(
        total: counts[filter],
        rows: try rows(
          filter, offset: offset, limit: limit, session: session, nowMilliseconds: now),
        isUnsettled: try read(isAnyUnranked))
    }
    return try read { database in
      let threshold = try Int.fetchOne(database, sql: "SELECT threshold FROM rank_rule")
      var search = WorklistSearch(
        filter, query, offset: offset, limit: limit, thresholdPercent: threshold ?? 50,
        nowMilliseconds: now)
      var page: [Int64]?
      while page == nil {
        try forEachBlock(database) { search.add($0) }
        page = search.endPass()
      }
      return FoundClips(
        total: search.total,
        rows: try rows(at: page ?? [], session, database),
        isUnsettled: try isAnyUnranked(database))
    }
  }

  /// The rows of clips, in the order in which they are named.
  private func rows(
    at positions: [Int64], _ session: StoreSession, _ database: Database
  ) throws -> [WorklistRow] {
    let statement = try database.cachedStatement(
      sql: WorklistColumns.select + " WHERE w.clip = :clip")
    return try positions.compactMap { position in
      try WorklistColumns.fetchOne(
        statement, arguments: WorklistColumns.arguments(session) + ["clip": position])?.row()
    }
  }

  /// Behind so many rows a page is found by the blocks.
  private static let mostStepped = 20_000
}

extension WorklistCounts {
  /// How many clips a list has.
  fileprivate subscript(filter: WorklistFilter) -> Int {
    switch filter {
    case .due: due
    case .second: secondOpinion
    case .deferred: deferred
    case .skipped: skipped
    case .done: done
    case .disputed: disputed
    case .flagged: flagged
    case .unreadable: unreadable
    case .all:
      due + secondOpinion + deferred + skipped + done + disputed + flagged + unreadable
    }
  }
}
