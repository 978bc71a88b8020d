// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
package import Vocabulary

/// Where a reviewer stands: the clip on screen, the playhead, and whether it plays.
package struct ReviewerPlace: Hashable, Sendable {
  package let clip: ClipID
  package let playhead: MediaTime
  package let isPlaying: Bool

  /// Makes a place.
  package init(clip: ClipID, playhead: MediaTime, isPlaying: Bool = false) {
    self.clip = clip
    self.playhead = playhead
    self.isPlaying = isPlaying
  }
}

/// What becomes of a reviewer's place.
package enum PlaceChange: Hashable, Sendable {
  case keep
  case set(ReviewerPlace)
  /// The reviewer stands nowhere: the clip is done with, and none came yet.
  case forget
}

extension LabelStore {
  /// Where a reviewer stood last; nil for one who never opened a clip that is still here.
  package func place(of reviewer: ReviewerID) throws(StoreError) -> ReviewerPlace? {
    try read { database in
      let columns = try PlaceColumns.fetchOne(
        database,
        sql: """
          SELECT c.id, p.playhead_us, p.playing FROM place p JOIN clip c ON c.position = p.clip
          WHERE p.reviewer = ?
          """, arguments: [reviewer.text])
      guard let columns else { return nil }
      guard let clip = ClipID(text: columns.id) else { throw StoreError.damaged }
      return ReviewerPlace(
        clip: clip, playhead: MediaTime(microseconds: columns.playheadMicroseconds),
        isPlaying: columns.isPlaying)
    }
  }

  /// Notes where a reviewer stands.
  ///
  /// - Throws: `unknownClip`, and what writing throws.
  package func setPlace(_ place: ReviewerPlace, of reviewer: ReviewerID) throws(StoreError) {
    try changePlace(.set(place), of: reviewer)
  }

  /// Notes where a reviewer stands, or that they stand nowhere.
  ///
  /// - Throws: `unknownClip`, and what writing throws.
  package func changePlace(_ place: PlaceChange, of reviewer: ReviewerID) throws(StoreError) {
    try write { database in try change(place, of: reviewer, database) }
  }

  func change(_ change: PlaceChange, of reviewer: ReviewerID, _ database: Database) throws {
    switch change {
    case .keep: break
    case .set(let place): try set(place, of: reviewer, database)
    case .forget:
      try database.cachedStatement(sql: "DELETE FROM place WHERE reviewer = ?")
        .execute(arguments: [reviewer.text])
    }
  }

  private func set(_ place: ReviewerPlace, of reviewer: ReviewerID, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO place (reviewer, clip, playhead_us, playing) VALUES (?, ?, ?, ?)
        """
    ).execute(arguments: [
      reviewer.text, try position(of: place.clip, database), place.playhead.microseconds,
      place.isPlaying,
    ])
  }

  /// A reviewer's setting of that name, as it was written; nil where it never was.
  package func setting(_ name: String, of reviewer: ReviewerID) throws(StoreError) -> String? {
    try read { database in
      try String.fetchOne(
        database, sql: "SELECT value FROM setting WHERE reviewer = ? AND name = ?",
        arguments: [reviewer.text, name])
    }
  }

  /// Keeps a reviewer's setting, such as the playing speed.
  package func setSetting(
    _ name: String, to value: String, of reviewer: ReviewerID
  ) throws(StoreError) {
    try write { database in
      try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO setting (reviewer, name, value) VALUES (?, ?, ?)"
      ).execute(arguments: [reviewer.text, name, value])
    }
  }

  /// The clip that the session's reviewer committed last and can reopen: done, and not with
  /// another session; nil where there is none.
  ///
  /// A first verdict can be reopened until somebody labels the clip in its second round, a second one
  /// until a lead decides.
  package func lastCommitted(
    session: StoreSession
  ) throws(StoreError) -> ClipID? {
    let id = try read { database in
      try String.fetchOne(
        database.cachedStatement(sql: Self.lastCommitted),
        arguments: [
          "reviewer": session.reviewer.text, "session": session.id,
          "lease_now": session.leaseTime,
        ])
    }
    guard let id else { return nil }
    guard let clip = ClipID(text: id) else { throw .damaged }
    return clip
  }

  /// The clip of which the reviewer committed the verdict that stands last, with that verdict; nil where
  /// there is none.
  package func lastVerdict(of reviewer: ReviewerID) throws(StoreError) -> (ClipID, LabelSheet)? {
    try read { database in
      guard
        let row = try LastVerdictColumns.fetchOne(
          database,
          sql: """
            SELECT c.id, w.verdict FROM worklist w JOIN clip c ON c.position = w.clip
            WHERE w.committed_by = ? AND w.state = 'done' ORDER BY w.committed_at_ms DESC LIMIT 1
            """, arguments: [reviewer.text])
      else { return nil }
      guard let clip = ClipID(text: row.id) else { throw StoreError.damaged }
      return (clip, try JSONDecoder().decode(LabelSheet.self, from: Data(row.verdict.utf8)))
    }
  }

  /// How many verdicts that stand in their round the reviewer committed at or after a time, in
  /// milliseconds since 1970.
  package func committedCount(
    by reviewer: ReviewerID, sinceMilliseconds since: Int64
  ) throws(StoreError) -> Int {
    try read { database in
      try Int.fetchOne(
        database.cachedStatement(sql: Self.committedCount),
        arguments: ["reviewer": reviewer.text, "since": since]) ?? 0
    }
  }

  /// Takes `:reviewer`, `:session` and `:lease_now`.
  static let lastCommitted = """
    SELECT c.id FROM (
      SELECT * FROM (
        SELECT clip, committed_at_ms AS at_ms FROM worklist w
        WHERE committed_by = :reviewer AND state = 'done' AND round = 1 AND NOT \(WorklistColumns.leased)
        ORDER BY committed_at_ms DESC, clip DESC LIMIT 1)
      UNION ALL SELECT * FROM (
        SELECT w.clip, o.at_ms FROM opinion o CROSS JOIN worklist w ON w.clip = o.clip
        WHERE o.reviewer = :reviewer AND o.round = 1 AND o.at_ms IS NOT NULL AND w.state = 'second'
          AND \(untouched) AND NOT \(WorklistColumns.leased)
        ORDER BY o.at_ms DESC, o.clip DESC LIMIT 1)
      UNION ALL SELECT * FROM (
        SELECT w.clip, o.at_ms FROM opinion o CROSS JOIN worklist w ON w.clip = o.clip
        WHERE o.reviewer = :reviewer AND o.round = 2 AND o.at_ms IS NOT NULL
          AND w.state IN ('done', 'disputed') AND NOT EXISTS (
            SELECT 1 FROM label_event e WHERE e.clip = w.clip AND e.kind = 'adjudicate') AND NOT \(WorklistColumns.leased)
        ORDER BY o.at_ms DESC, o.clip DESC LIMIT 1)
      ORDER BY at_ms DESC, clip DESC LIMIT 1
    ) found JOIN clip c ON c.position = found.clip
    """

  /// Nothing happened to the clip `w` since a second opinion was asked for.
  private static let untouched = """
    'second_opinion' = (
      SELECT e.kind FROM label_event e WHERE e.clip = w.clip ORDER BY e.ordinal DESC LIMIT 1)
    """

  /// Takes `:reviewer` and `:since`.
  static let committedCount = """
    SELECT (SELECT count(*) FROM worklist
        WHERE committed_by = :reviewer AND committed_at_ms >= :since AND round = 1)
      + (SELECT count(*) FROM opinion
        WHERE reviewer = :reviewer AND round = 1 AND at_ms >= :since)
      + (SELECT count(*) FROM opinion
        WHERE reviewer = :reviewer AND round = 2 AND at_ms >= :since)
    """
}

private struct LastVerdictColumns: Decodable, FetchableRecord {
  var id: String
  var verdict: String
}

private struct PlaceColumns: Decodable, FetchableRecord {
  var id: String
  var playheadMicroseconds: Int64
  var isPlaying: Bool

  enum CodingKeys: String, CodingKey {
    case id
    case isPlaying = "playing"
    case playheadMicroseconds = "playhead_us"
  }
}
