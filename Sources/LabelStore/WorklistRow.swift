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
}

/// Which clips a worklist shows.
package enum WorklistFilter: String, Sendable, CaseIterable {
  case due, deferred, skipped, done, flagged, unreadable, all
}

/// A clip's row as the database gives it: `clip` and `worklist` joined.
struct WorklistColumns: Decodable, FetchableRecord {
  /// The start of every query for rows; takes a session's id and the time as its first arguments.
  static let select = """
    SELECT w.clip AS position, c.record, w.state, w.reason, w.defer_until_ms, w.unreadable,
      w.has_draft, w.verdict, w.committed_by, w.committed_at_ms, w.flagged_by, w.flagged_ms,
      EXISTS (SELECT 1 FROM lease l WHERE l.clip = w.clip AND l.session <> ? AND l.until_ms > ?)
        AS leased
    FROM worklist w JOIN clip c ON c.position = w.clip
    """

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
  var flaggedBy: String?
  var flaggedAtMilliseconds: Int64?

  /// `closed` is no state of a clip's labels: the vault has shut it, and no row of it is shown.
  enum State: String, Codable { case due, deferred, skipped, done, flagged, unreadable, closed }

  enum CodingKeys: String, CodingKey {
    case position, record, state, reason, unreadable, verdict
    case deferUntilMilliseconds = "defer_until_ms"
    case hasDraft = "has_draft"
    case committedBy = "committed_by"
    case committedAtMilliseconds = "committed_at_ms"
    case isLeasedByOther = "leased"
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
      committedAtMilliseconds: committedAtMilliseconds, isLeasedByOther: isLeasedByOther)
  }

  private func clipState() throws(StoreError) -> ClipState {
    switch state {
    case .due, .unreadable: return .due
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
