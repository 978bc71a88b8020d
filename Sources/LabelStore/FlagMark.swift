// SPDX-License-Identifier: Apache-2.0
import AuditLog
import GRDB
import Vocabulary

/// Who flagged a clip, and when; nil for a clip that is not flagged.
struct FlagMark: Decodable, FetchableRecord {
  /// How long the one who flagged may take it back, in milliseconds.
  static let secondThoughts: Int64 = 60_000

  var by: String?
  var atMilliseconds: Int64?

  enum CodingKeys: String, CodingKey {
    case by = "flagged_by"
    case atMilliseconds = "flagged_ms"
  }

  var isFlagged: Bool { by != nil }

  /// Whether that reviewer may take the flag back at that time.
  func canBeTakenBack(by reviewer: String, at now: Int64) -> Bool {
    guard by == reviewer, let atMilliseconds else { return false }
    let (age, isOutOfRange) = now.subtractingReportingOverflow(atMilliseconds)
    return !isOutOfRange && age <= Self.secondThoughts
  }
}

/// What the vault's rules say of a change to one clip, within a transaction: flags shut a clip, and
/// only who flagged opens it again; a region goes by who added it alone.
struct LabelGate {
  private let clip: ClipID
  private let position: Int64
  private let reviewer: ReviewerID
  private var mark: FlagMark

  init(_ clip: ClipID, position: Int64, mark: FlagMark, reviewer: ReviewerID) {
    (self.clip, self.position, self.mark, self.reviewer) = (clip, position, mark, reviewer)
  }

  /// What the audit log says of the change; `latest` is the log's last time, so that a clock that
  /// was set back gives nobody a longer minute.
  ///
  /// - Throws: `withdrawn`, `flagSettled`, `othersRegion`.
  mutating func kind(
    of event: LabelEvent, latest: Int64, _ database: Database
  ) throws -> AuditKind {
    let time = max(event.atMilliseconds, latest)
    let target = try flagTarget(event.change, database)
    if mark.isFlagged {
      if case .flagReason = event.change, mark.by == reviewer.text { return .flagReason }
      guard case .undo = event.change, target else { throw StoreError.withdrawn(clip) }
      guard mark.canBeTakenBack(by: reviewer.text, at: time) else {
        throw StoreError.flagSettled(clip)
      }
      mark = FlagMark()
      return .unflag
    }
    switch event.change {
    case .flagReason: throw StoreError.flagSettled(clip)
    case .flag:
      mark = FlagMark(by: reviewer.text, atMilliseconds: event.atMilliseconds)
      return .flag
    case .redo where target:
      mark = FlagMark(by: reviewer.text, atMilliseconds: event.atMilliseconds)
      return .flag
    case .undo(let ordinal):
      if try isOthersRegion(ordinal, database) { throw StoreError.othersRegion(clip) }
      return .undo
    case .commit: return .commit
    case .secondOpinion: return .secondOpinion
    case .adjudicate: return .adjudicate
    case .skip: return .skip
    default: return .label
    }
  }

  private func isOthersRegion(_ ordinal: Int, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM label_event
            WHERE clip = ? AND ordinal = ? AND kind = 'add_region' AND reviewer <> ?)
          """),
      arguments: [position, ordinal, reviewer.text]) ?? false
  }

  /// Whether an undo or redo is of a flag.
  private func flagTarget(_ change: LabelChange, _ database: Database) throws -> Bool {
    switch change {
    case .undo(let ordinal), .redo(let ordinal):
      try Bool.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT EXISTS (
              SELECT 1 FROM label_event WHERE clip = ? AND ordinal = ? AND kind = 'flag')
            """),
        arguments: [position, ordinal]) ?? false
    default: false
    }
  }
}
