// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Vocabulary

/// What a worklist is searched and ordered by: repeated from the clips' records when they are new, and
/// for all of them when the taxonomy or the policy's order changes.
extension LabelStore {
  /// Makes that order the store's; where it was another, all clips are due to be ranked anew.
  func setRankRule(
    _ order: WorklistOrder, _ taxonomy: Taxonomy, _ database: Database
  ) throws {
    func ids(_ axis: Axis) throws -> String {
      let ids = taxonomy.terms(axis).map(\.id.text)
      return String(decoding: try JSONEncoder().encode(ids), as: UTF8.self)
    }
    let new = RankRule(
      levels: try ids(.level), moved: try ids(.moved), rule: order.rule.rawValue,
      audit: order.auditPercent, threshold: order.thresholdPercent)
    let old = try RankRule.fetchOne(database, sql: "SELECT * FROM rank_rule")
    guard old.map({ !$0.isSame(as: new) }) ?? true else { return }
    let round = (old?.round ?? 0) + 1
    let facts = old.flatMap { $0.hasTaxonomy(of: new) ? $0.facts : nil } ?? round
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO rank_rule (id, levels, moved, rule, audit, threshold, round, facts)
        VALUES (1, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [new.levels, new.moved, new.rule, new.audit, new.threshold, round, facts])
  }

  /// Ranks at most so many of the clips that are not; true where some are left.
  ///
  /// Costs a look at an index where all are.
  @discardableResult
  func rank(most: Int, _ database: Database) throws -> Bool {
    var left = most
    while let next = try UnrankedClips.fetchOne(
      database.cachedStatement(sql: UnrankedClips.select), arguments: ["most": left])
    {
      guard left > 0 else { return true }
      let arguments: StatementArguments = [
        "ranked": next.ranked, "first": next.first, "last": next.last,
      ]
      if !next.hasFacts {
        try database.cachedStatement(sql: Self.rankingFacts).execute(arguments: arguments)
      }
      try database.cachedStatement(sql: Self.rankingTurn).execute(arguments: arguments)
      left -= next.count
    }
    return false
  }

  /// Whether clips are left that are not ranked.
  func isAnyUnranked(_ database: Database) throws -> Bool {
    try UnrankedClips.fetchOne(
      database.cachedStatement(sql: UnrankedClips.select), arguments: ["most": 1]) != nil
  }

  /// What the record says.
  ///
  /// A score that is none counts as unknown; the lot is 16 bits of the id, as `ClipID.lot`.
  private static let rankingFacts = """
    UPDATE worklist SET
      camera = coalesce(c.record ->> '$.camera', ''), source = coalesce(c.record ->> '$.source', ''),
      alert = coalesce(c.record ->> '$.alert.label', ''),
      predicted = coalesce((
        SELECT group_concat(p.value ->> '$.term', ' ')
        FROM json_each(c.record, '$.predictions') p), ''),
      score = CAST(round(10000 * coalesce(c.record ->> '$.alert.score', (
        SELECT max(p.value ->> '$.score') FROM json_each(c.record, '$.predictions') p
        WHERE p.value ->> '$.term' IN (SELECT value FROM rank_rule r, json_each(r.moved)))))
        AS INTEGER),
      (predicted_level, level) = (
        SELECT l.level, CASE WHEN worklist.verdict IS NULL THEN l.level ELSE (
          SELECT max(v.key) FROM rank_rule r, json_each(r.levels) v
          WHERE instr(worklist.verdict, '"' || v.value || '"')) END
        FROM (SELECT (
          SELECT l.key FROM rank_rule r, json_each(r.levels) l,
            json_each(c.record, '$.predictions') p
          WHERE p.value ->> '$.term' = l.value
          ORDER BY p.value ->> '$.score' DESC, l.key LIMIT 1) AS level) l),
      since_ms = coalesce(
        unixepoch(nullif(c.record ->> '$.recordedAt', '')) * 1000,
        c.record ->> '$.ingestedAtMilliseconds', 0),
      lot = 4096 * (instr('0123456789abcdef', substr(c.id, 29, 1)) - 1)
        + 256 * (instr('0123456789abcdef', substr(c.id, 30, 1)) - 1)
        + 16 * (instr('0123456789abcdef', substr(c.id, 31, 1)) - 1)
        + instr('0123456789abcdef', substr(c.id, 32, 1)) - 1
    FROM clip c
    WHERE c.position = worklist.clip AND ranked = :ranked AND clip BETWEEN :first AND :last
    """

  /// What follows from it: the clip's place in the policy's order.
  ///
  /// A random one gets a place among the others'.
  private static let rankingTurn = """
    UPDATE worklist SET ranked = r.round,
      is_audit = r.rule <> 'oldest' AND lot * 100 / 65536 < r.audit,
      turn = CASE
        WHEN r.rule = 'oldest' THEN 0
        WHEN lot * 100 / 65536 < r.audit THEN CASE r.rule
          WHEN 'danger' THEN 40000 + (lot * 7919 % 65536) * 60000 / 65536
          ELSE (lot * 7919 % 65536) * 10000 / 65536 END
        WHEN r.rule = 'danger' THEN 100000 - coalesce(predicted_level + 1, 0) * 10001
          - min(10000, max(0, coalesce(score, 0)))
        ELSE coalesce(abs(score - 100 * r.threshold), 20000) END
    FROM rank_rule r WHERE ranked = :ranked AND clip BETWEEN :first AND :last
    """
}

/// The order as the store keeps it.
private struct RankRule: Decodable, FetchableRecord {
  var levels: String
  var moved: String
  var rule: String
  var audit: Int
  var threshold: Int
  var round = 0
  var facts = 0

  func hasTaxonomy(of other: RankRule) -> Bool {
    levels == other.levels && moved == other.moved
  }

  func isSame(as other: RankRule) -> Bool {
    hasTaxonomy(of: other) && rule == other.rule && audit == other.audit
      && threshold == other.threshold
  }
}

/// The next clips to be ranked, all last ranked in one round.
struct UnrankedClips: Decodable, FetchableRecord {
  /// Takes `:most`; gives no row where there is none.
  static let select = """
    SELECT n.ranked, min(n.clip) AS first, max(n.clip) AS last, count(*) AS count,
      n.ranked >= n.facts AS hasFacts
    FROM (
      SELECT w.ranked, w.clip, r.facts FROM rank_rule r CROSS JOIN worklist w INDEXED BY worklist_ranked
      WHERE w.ranked = (
        SELECT min(o.ranked) FROM worklist o INDEXED BY worklist_ranked) AND w.ranked < r.round
      ORDER BY w.clip LIMIT max(1, :most)) n
    HAVING count(*) > 0
    """

  var ranked: Int
  var first: Int64
  var last: Int64
  var count: Int
  var hasFacts: Bool
}
