// SPDX-License-Identifier: Apache-2.0
import GRDB
package import Vocabulary

extension LabelStore {
  /// How many clips of a list a query leaves, and one page of them in its order: at most `limit`
  /// rows after the first `offset`.
  ///
  /// Every value is bound. An empty query costs as `rows` and `counts` do; any other looks at one
  /// index of what the list holds, about 100 ms for a million clips.
  ///
  /// - Throws: as `rows`.
  package func rows(
    _ filter: WorklistFilter, matching query: WorklistQuery, offset: Int, limit: Int,
    session: StoreSession, nowMilliseconds now: Int64
  ) throws(StoreError) -> (total: Int, rows: [WorklistRow]) {
    let search = WorklistSearch(filter, query, nowMilliseconds: now)
    let plain = query.terms.isEmpty ? try total(filter, session, now) : nil
    try rankIfAny()
    return try read { database in
      let total =
        try plain
        ?? Int.fetchOne(
          database.cachedStatement(sql: search.count), arguments: search.countArguments) ?? 0
      let own = WorklistColumns.arguments(session, now) + search.arguments
      let rows = try WorklistColumns.fetchAll(
        database.cachedStatement(sql: search.page(total: total)),
        arguments: own + ["limit": max(0, limit), "offset": max(0, offset)]
      ).map { try $0.row() }
      return (total, rows)
    }
  }

  /// How many clips a list has, by the tally.
  private func total(
    _ filter: WorklistFilter, _ session: StoreSession, _ now: Int64
  ) throws(StoreError) -> Int {
    let counts = try counts(session: session, nowMilliseconds: now)
    return switch filter {
    case .due: counts.due
    case .second: counts.secondOpinion
    case .deferred: counts.deferred
    case .skipped: counts.skipped
    case .done: counts.done
    case .disputed: counts.disputed
    case .flagged: counts.flagged
    case .unreadable: counts.unreadable
    case .all:
      counts.due + counts.secondOpinion + counts.deferred + counts.skipped + counts.done
        + counts.disputed + counts.flagged + counts.unreadable
    }
  }
}

/// A query as SQL, with all its values as arguments.
struct WorklistSearch {
  private let query: WorklistQuery
  private var condition: String
  /// What the terms take.
  private(set) var arguments: StatementArguments
  /// What the count takes.
  private(set) var countArguments: StatementArguments

  /// Up to so many clips are sorted; more are stepped through in order.
  private static let mostSorted = 20_000

  init(_ filter: WorklistFilter, _ query: WorklistQuery, nowMilliseconds now: Int64) {
    self.query = query
    condition = filter == .all ? "w.state <> 'closed'" : "w.state = :state"
    var values: [String: (any DatabaseValueConvertible)?] =
      filter == .all ? [:] : ["state": filter.rawValue]
    for (index, term) in query.terms.enumerated() {
      let name = "q\(index)"
      let (test, value) = Self.sql(term.test, name)
      condition += term.isNegated ? " AND NOT coalesce(\(test), 0)" : " AND \(test)"
      values[name] = value
    }
    arguments = StatementArguments(values)
    let takesTime = query.terms.contains {
      if case .size(.age, _, _) = $0.test { true } else { false }
    }
    countArguments = takesTime ? arguments + ["now": now] : arguments
  }

  /// Counts what the query leaves.
  var count: String {
    "SELECT count(*) FROM worklist w \(isIndexed ? "INDEXED BY worklist_search" : "") WHERE \(condition)"
  }

  /// A page of what it leaves; `total` decides whether that is sorted or stepped through.
  func page(total: Int) -> String {
    let isSorted = total <= Self.mostSorted && !query.terms.isEmpty
    let index: String
    if isSorted {
      index = isIndexed ? "INDEXED BY worklist_search" : ""
    } else {
      index = orderIndex.map { "INDEXED BY \($0)" } ?? ""
    }
    return """
      \(WorklistColumns.select(from: """
        (SELECT w.clip FROM worklist w \(index) WHERE \(condition)
          ORDER BY \(order) LIMIT :limit OFFSET :offset) found
        CROSS JOIN worklist w ON w.clip = found.clip
        """))
      ORDER BY \(order)
      """
  }

  /// Whether the index has every column that the terms ask for.
  private var isIndexed: Bool {
    !query.terms.contains { term in
      if case .name(let field, _) = term.test {
        [.label, .reviewer, .reason].contains(field)
      } else {
        false
      }
    }
  }

  private var order: String {
    switch query.sort {
    case nil, .oldest: "w.clip"
    case .newest: "w.clip DESC"
    case .danger: "w.danger, w.clip"
    case .uncertain: "w.unsure, w.clip"
    case .random: "w.lot, w.clip"
    case .camera: "w.camera, w.clip"
    }
  }

  private var orderIndex: String? {
    switch query.sort {
    case nil, .oldest, .newest: nil
    case .danger: "worklist_danger"
    case .uncertain: "worklist_unsure"
    case .random: "worklist_lot"
    case .camera: "worklist_camera"
    }
  }

  /// A term's condition, and the value that its argument has.
  private static func sql(
    _ test: WorklistQuery.Test, _ name: String
  ) -> (String, any DatabaseValueConvertible) {
    func isPart(_ column: String) -> String { "instr(lower(\(column)), :\(name)) > 0" }
    switch test {
    case .name(.state, let state): return ("w.state = :\(name)", state)
    case .name(let field, let word): return (condition(on: field, isPart), lowered(word))
    case .word(let word):
      return (
        "(\(["w.camera", "w.alert", "w.predicted"].map(isPart).joined(separator: " OR ")))",
        lowered(word)
      )
    case .size(let measure, let comparison, let size):
      let column =
        switch measure {
        case .score: "w.score"
        case .level: "w.level"
        case .age: "(:now - w.since_ms) / 60000"
        }
      return ("\(column) \(comparison.rawValue) :\(name)", size)
    }
  }

  private static func condition(
    on field: WorklistQuery.Field, _ isPart: (String) -> String
  ) -> String {
    switch field {
    case .state, .camera: isPart("w.camera")
    case .source: isPart("w.source")
    case .alert: isPart("w.alert")
    case .predicted: isPart("w.predicted")
    case .reviewer: isPart("w.committed_by")
    case .reason: isPart("w.reason")
    case .label:
      """
      EXISTS (SELECT 1 FROM json_each(w.verdict, '$.terms') t
        WHERE t.type = 'text' AND \(isPart("t.value"))
          OR typeof(t.key) = 'text' AND \(isPart("t.key")))
      """
    }
  }

  /// As SQLite's `lower`: ASCII alone.
  private static func lowered(_ word: String) -> String {
    String(
      String.UnicodeScalarView(
        word.unicodeScalars.map { scalar in
          ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
        }))
  }
}
