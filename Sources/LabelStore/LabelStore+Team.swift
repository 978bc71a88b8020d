// SPDX-License-Identifier: Apache-2.0
import AuditLog
import GRDB
internal import Vocabulary

/// What one reviewer did within a time, counted; no figure says how well.
@dynamicMemberLookup
package struct TeamMember: Hashable, Sendable {
  /// What the log tells of them.
  package fileprivate(set) var totals: ReviewerTotals
  /// Second verdicts that they gave.
  package fileprivate(set) var secondOpinions = 0
  /// Their verdicts, first or second, on clips that have two.
  package fileprivate(set) var compared = 0
  /// Those of them between which and another a lead decided or has to decide.
  package fileprivate(set) var disputed = 0

  /// One of the log's counts.
  package subscript<Value>(dynamicMember path: KeyPath<ReviewerTotals, Value>) -> Value {
    totals[keyPath: path]
  }

  fileprivate init(_ name: String) { totals = ReviewerTotals(reviewer: ReviewerID(name)) }
}

extension LabelStore {
  /// What each reviewer did since each of these times, milliseconds since 1970: one list a time, by
  /// name; who did nothing since then is left out.
  ///
  /// Reads the log once, whole; memory does not grow with it.
  package func team(since times: [Int64]) throws(StoreError) -> [[TeamMember]] {
    var windows = times.map { _ in [String: TeamMember]() }
    func count(_ name: String, at time: Int64, _ body: (inout TeamMember) -> Void) {
      for (index, start) in times.enumerated() where time >= start {
        body(&windows[index][name, default: TeamMember(name)])
      }
    }
    let filter = AuditFilter(
      kinds: ReviewerTotals.counted, fromMilliseconds: times.min() ?? 0)
    do {
      try forEachAuditEvent(filter) { event in
        count(event.actor.name, at: event.atMilliseconds) { $0.totals.count(event) }
        return true
      }
    } catch { throw StoreError(error) }
    for opinion in try comparedOpinions() {
      count(opinion.reviewer, at: opinion.atMilliseconds) { member in
        if opinion.round == 2 { member.secondOpinions += 1 }
        member.compared += 1
        if opinion.isDisputed { member.disputed += 1 }
      }
    }
    return windows.map { $0.values.sorted { $0.reviewer < $1.reviewer } }
  }

  private func comparedOpinions() throws(StoreError) -> [ComparedOpinion] {
    try read { try ComparedOpinion.fetchAll($0, sql: ComparedOpinion.select) }
  }
}

/// One of two verdicts on a clip.
private struct ComparedOpinion: Decodable, FetchableRecord {
  static let select = """
    SELECT o.reviewer, o.round, o.at_ms, w.state = 'disputed' OR EXISTS (
        SELECT 1 FROM label_event e WHERE e.clip = o.clip AND e.kind = 'adjudicate') AS disputed
    FROM opinion o JOIN worklist w ON w.clip = o.clip
    WHERE o.at_ms IS NOT NULL AND EXISTS (
      SELECT 1 FROM opinion s WHERE s.clip = o.clip AND s.round = 2 AND s.at_ms IS NOT NULL)
    """

  var reviewer: String
  var round: Int
  var atMilliseconds: Int64
  var isDisputed: Bool

  enum CodingKeys: String, CodingKey {
    case reviewer, round
    case atMilliseconds = "at_ms"
    case isDisputed = "disputed"
  }
}
