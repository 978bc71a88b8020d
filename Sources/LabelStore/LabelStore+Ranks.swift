// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Vocabulary

/// What a worklist is searched and ordered by: repeated from the clips' records when they are new, and
/// for all of them when the taxonomy or the policy's order changes.
extension LabelStore {
  /// Makes that order the store's, so that every clip is ranked anew where it was another.
  func setRankRule(
    _ order: WorklistOrder, _ taxonomy: Taxonomy, _ database: Database
  ) throws {
    func ids(_ axis: Axis) throws -> String {
      let ids = taxonomy.terms(axis).map(\.id.text)
      return String(decoding: try JSONEncoder().encode(ids), as: UTF8.self)
    }
    let rule: StatementArguments = [
      try ids(.level), try ids(.moved), order.rule.rawValue, order.auditPercent,
      order.thresholdPercent,
    ]
    let isSame = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM rank_rule
          WHERE levels = ? AND moved = ? AND rule = ? AND audit = ? AND threshold = ?)
        """, arguments: rule)
    guard isSame != true else { return }
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO rank_rule (id, levels, moved, rule, audit, threshold)
        VALUES (1, ?, ?, ?, ?, ?)
        """, arguments: rule)
    try database.execute(sql: "UPDATE worklist SET ranked = 0 WHERE ranked = 1")
  }

  /// Ranks the clips that are not; costs a look at an index where all are.
  func rank(_ database: Database) throws {
    let isAny = try Bool.fetchOne(database.cachedStatement(sql: Self.isAnyUnranked))
    guard isAny == true else { return }
    for step in Self.ranking { try database.execute(sql: step) }
  }

  /// The same from outside of a transaction.
  func rankIfAny() throws(StoreError) {
    let isAny = try read { database in
      try Bool.fetchOne(database.cachedStatement(sql: Self.isAnyUnranked)) ?? false
    }
    if isAny { try write { database in try rank(database) } }
  }

  private static let isAnyUnranked = """
    SELECT EXISTS (SELECT 1 FROM worklist INDEXED BY worklist_unranked WHERE ranked = 0)
    """

  /// First what the record says, then what follows from it.
  ///
  /// A score that is none counts as unknown;
  /// the lot is 16 bits of the id, as `ClipID.lot`.
  private static let ranking = [
    """
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
      predicted_level = (
        SELECT l.key FROM rank_rule r, json_each(r.levels) l,
          json_each(c.record, '$.predictions') p
        WHERE p.value ->> '$.term' = l.value
        ORDER BY p.value ->> '$.score' DESC, l.key LIMIT 1),
      since_ms = coalesce(
        unixepoch(nullif(c.record ->> '$.recordedAt', '')) * 1000,
        c.record ->> '$.ingestedAtMilliseconds', 0),
      lot = 4096 * (instr('0123456789abcdef', substr(c.id, 29, 1)) - 1)
        + 256 * (instr('0123456789abcdef', substr(c.id, 30, 1)) - 1)
        + 16 * (instr('0123456789abcdef', substr(c.id, 31, 1)) - 1)
        + instr('0123456789abcdef', substr(c.id, 32, 1)) - 1
    FROM clip c WHERE c.position = worklist.clip AND worklist.ranked = 0
    """,
    """
    UPDATE worklist SET
      level = coalesce((
        SELECT max(l.key) FROM json_each(r.levels) l
        WHERE worklist.verdict IS NOT NULL AND instr(worklist.verdict, '"' || l.value || '"')),
        CASE WHEN worklist.verdict IS NULL THEN worklist.predicted_level END),
      danger = 100000 - coalesce(worklist.predicted_level + 1, 0) * 10001
        - min(10000, max(0, coalesce(worklist.score, 0))),
      unsure = coalesce(abs(worklist.score - 100 * r.threshold), 20000),
      is_audit = r.rule <> 'oldest' AND worklist.lot * 100 / 65536 < r.audit
    FROM rank_rule r WHERE ranked = 0
    """,
    """
    UPDATE worklist SET ranked = 1,
      turn = CASE
        WHEN r.rule = 'oldest' THEN 0
        WHEN is_audit THEN CASE r.rule
          WHEN 'danger' THEN 40000 + (lot * 7919 % 65536) * 60000 / 65536
          ELSE (lot * 7919 % 65536) * 10000 / 65536 END
        WHEN r.rule = 'danger' THEN danger ELSE unsure END
    FROM rank_rule r WHERE ranked = 0
    """,
  ]
}
