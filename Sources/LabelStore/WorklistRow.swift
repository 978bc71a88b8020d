// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
package import Vocabulary

/// One clip as the worklist shows it.
package struct WorklistRow: Hashable, Sendable {
  /// The clip's place in order of ingest: positive, rising, never given twice, perhaps with gaps.
  package let position: Int
  package let record: ClipRecord
  /// The state that its events give it; a deferred clip whose time has come is due.
  package let state: ClipState
  /// Why it cannot be played; nil where nobody found that.
  package let unreadable: String?
  /// Whether labels are set that are not committed.
  package let hasDraft: Bool
  /// What was committed last; nil where nothing is.
  package let verdict: LabelSheet?
  /// Who committed it; nil where nothing is.
  package let committedBy: ReviewerID?
  /// When it was committed, milliseconds since 1970; nil where nothing is.
  package let committedAtMilliseconds: Int64?
  /// Whether another session has it.
  package let isLeasedByOther: Bool
  /// Whether the session's reviewer may not open it: they gave the first verdict and it waits for
  /// another's, or it has two that differ and neither is theirs.
  package let isBarred: Bool
  /// The alarm level from 0: the verdict's, else the one predicted with the highest score; nil where
  /// there is none.
  package let level: Int?
  /// When it was recorded, or else taken in, milliseconds since 1970.
  package let sinceMilliseconds: Int64
  /// Why it comes when it comes; nil in order of ingest.
  package let turn: TurnReason?
}

extension WorklistRow {
  /// Whether it waits for a verdict that the session's reviewer may give.
  package var isToJudge: Bool { (state == .due || state == .secondOpinion) && !isBarred }
}

/// Which clips a worklist shows.
package enum WorklistFilter: String, Sendable, CaseIterable {
  case due, second, deferred, skipped, done, disputed, flagged, unreadable, all
}

/// A clip's row as the database gives it: `clip` and `worklist` joined.
struct WorklistColumns: Decodable, FetchableRecord {
  /// The start of every query for rows; takes `:session`, `:lease_now` and `:reviewer`.
  static let select = select(from: "worklist w")

  /// The same, by an index that the planner would not take.
  static func select(from worklist: String) -> String {
    """
    SELECT w.clip AS position, c.record, w.state, w.reason, w.defer_until_ms, w.unreadable,
      w.has_draft, w.verdict, w.committed_by, w.committed_at_ms, w.flagged_by, w.flagged_ms,
      w.level, w.predicted_level, w.score, w.since_ms, w.is_audit,
      (SELECT r.rule FROM rank_rule r WHERE r.id = 1 AND r.round = w.ranked) AS rule,
      (SELECT r.threshold FROM rank_rule r WHERE r.id = 1 AND r.round = w.ranked) AS threshold,
      \(leased) AS leased, \(barred) AS barred
    FROM \(worklist) JOIN clip c ON c.position = w.clip
    """
  }

  /// Whether another session than `:session` has the clip `w` at `:lease_now`.
  static let leased = """
    EXISTS (SELECT 1 FROM lease l
      WHERE l.clip = w.clip AND l.session <> :session AND l.until_ms > :lease_now)
    """

  /// Whether `:reviewer` may not open the clip `w` by the rules of second opinions.
  static let barred = """
    CASE WHEN w.round = 1 OR w.state IN ('done', 'flagged') THEN 0
      WHEN w.state = 'disputed' THEN NOT EXISTS (
        SELECT 1 FROM opinion o WHERE o.clip = w.clip AND o.reviewer = :reviewer AND o.round = 2)
      ELSE EXISTS (
        SELECT 1 FROM opinion o WHERE o.clip = w.clip AND o.reviewer = :reviewer AND o.round = 1)
    END
    """

  /// What `select` takes.
  static func arguments(_ session: StoreSession) -> StatementArguments {
    [
      "session": session.id, "lease_now": session.leaseTime, "reviewer": session.reviewer.text,
    ]
  }

  var position: Int
  var record: String
  var state: State
  var reason: String?
  var deferUntilMilliseconds: Int64?
  var unreadable: String?
  var hasDraft: Bool
  var verdict: String?
  var committedBy: String?
  var committedAtMilliseconds: Int64?
  var isLeasedByOther: Bool
  var isBarred: Bool
  var flaggedBy: String?
  var flaggedAtMilliseconds: Int64?
  var level: Int?
  var predictedLevel: Int?
  /// In ten thousandths.
  var score: Int?
  var sinceMilliseconds: Int64
  var isAudit: Bool
  var rule: String?
  var threshold: Int?

  /// `closed` is no state of a clip's labels: the vault has shut it, and no row of it is shown.
  enum State: String, Codable {
    case due, second, deferred, skipped, done, disputed, flagged, unreadable, closed
  }

  enum CodingKeys: String, CodingKey {
    case position, record, state, reason, unreadable, verdict
    case deferUntilMilliseconds = "defer_until_ms"
    case hasDraft = "has_draft"
    case committedBy = "committed_by"
    case committedAtMilliseconds = "committed_at_ms"
    case isLeasedByOther = "leased"
    case isBarred = "barred"
    case level, score, rule, threshold
    case predictedLevel = "predicted_level"
    case sinceMilliseconds = "since_ms"
    case isAudit = "is_audit"
    case flaggedBy = "flagged_by"
    case flaggedAtMilliseconds = "flagged_ms"
  }

  func row() throws -> WorklistRow {
    let decoder = JSONDecoder()
    return WorklistRow(
      position: position, record: try decoder.decode(ClipRecord.self, from: Data(record.utf8)),
      state: try clipState(), unreadable: unreadable, hasDraft: hasDraft,
      verdict: try verdict.map { try decoder.decode(LabelSheet.self, from: Data($0.utf8)) },
      committedBy: committedBy.map { ReviewerID($0) },
      committedAtMilliseconds: committedAtMilliseconds, isLeasedByOther: isLeasedByOther,
      isBarred: isBarred, level: level, sinceMilliseconds: sinceMilliseconds, turn: turn)
  }

  private var turn: TurnReason? {
    switch rule.flatMap({ WorklistOrder.Rule(rawValue: $0) }) {
    case nil, .oldest: nil
    case _ where isAudit: .audit
    case .danger: predictedLevel.map { .level($0) } ?? .oldest
    case .uncertain:
      score.map { .score(($0 + 50) / 100, threshold: threshold ?? 50) } ?? .oldest
    }
  }

  private func clipState() throws(StoreError) -> ClipState {
    switch state {
    case .due, .unreadable: return .due
    case .second: return .secondOpinion
    case .disputed: return .disputed
    case .done: return .done
    case .flagged: return .flagged
    case .closed: throw .damaged
    case .deferred:
      guard let deferUntilMilliseconds else { throw .damaged }
      return .deferred(untilMilliseconds: deferUntilMilliseconds)
    case .skipped:
      guard let reason else { throw .damaged }
      return .skipped(reason: reason)
    }
  }
}
