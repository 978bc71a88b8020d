// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Vocabulary

/// What the worklist repeats of a clip's folded events.
struct ClipSummary {
  private let history: LabelHistory

  init(_ history: LabelHistory) { self.history = history }

  /// Writes it into the clip's row; a clip found unreadable stays so until it is judged.
  func store(at position: Int64, _ database: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let standing = history.standing
    let verdict = try standing.map {
      String(decoding: try encoder.encode($0.sheet), as: UTF8.self)
    }
    let flag = history.standingFlag
    try database.cachedStatement(sql: Self.update).execute(
      arguments: [
        "clip": position, "state": state.rawValue, "reason": reason, "until": deferUntil,
        "draft": history.hasDraft, "at": standing?.atMilliseconds, "by": standing?.reviewer.text,
        "verdict": verdict, "flagger": flag?.reviewer.text, "flagged": flag?.atMilliseconds,
        "round": history.first == nil ? 1 : 2, "level": standing.flatMap { level($0.sheet) },
      ])
    try storeOpinions(at: position, database)
  }

  /// Writes who labelled the clip in which round, where it has two.
  private func storeOpinions(at position: Int64, _ database: Database) throws {
    try database.cachedStatement(sql: "DELETE FROM opinion WHERE clip = ?")
      .execute(arguments: [position])
    guard let first = history.first else { return }
    let insert = try database.cachedStatement(
      sql: "INSERT INTO opinion (clip, round, reviewer, at_ms) VALUES (?, ?, ?, ?)")
    for (round, opinion) in [(1, first), (2, history.second)] {
      for reviewer in history.labellers(ofRound: round) {
        let time = opinion?.reviewer == reviewer ? opinion?.atMilliseconds : nil
        try insert.execute(arguments: [position, round, reviewer.text, time])
      }
    }
  }

  private static let update = """
    UPDATE worklist SET
      state = CASE WHEN unreadable IS NOT NULL AND :state IN ('due', 'deferred', 'second')
        THEN 'unreadable' ELSE :state END,
      reason = :reason, defer_until_ms = :until, has_draft = :draft,
      committed_at_ms = :at, committed_by = :by, verdict = :verdict,
      flagged_by = :flagger, flagged_ms = :flagged, round = :round,
      level = CASE WHEN :verdict IS NULL THEN predicted_level ELSE :level END
    WHERE clip = :clip
    """

  private var state: WorklistColumns.State {
    switch history.state {
    case .due: .due
    case .deferred: .deferred
    case .skipped: .skipped
    case .done: .done
    case .flagged: .flagged
    case .secondOpinion: .second
    case .disputed: .disputed
    }
  }

  /// The alarm level of a sheet, from 0.
  private func level(_ sheet: LabelSheet) -> Int? {
    history.taxonomy.terms(.level).lastIndex { sheet.terms[$0.id] != nil }
  }

  private var reason: String? {
    if case .skipped(let reason) = history.state { reason } else { nil }
  }

  private var deferUntil: Int64? {
    if case .deferred(let until) = history.state { until } else { nil }
  }
}

extension LabelHistory {
  /// The event that flagged the clip, or brought its flag back, last; nil where it is not flagged.
  var standingFlag: LabelEvent? {
    guard state == .flagged else { return nil }
    let flags = Set(events.filter { $0.change == .flag }.map(\.ordinal))
    return events.last { event in
      switch event.change {
      case .flag: true
      case .redo(let ordinal): flags.contains(ordinal)
      default: false
      }
    }
  }
}
