// SPDX-License-Identifier: Apache-2.0
import AuditLog
import GRDB
package import Vocabulary

/// The frost that reviewers raised for themselves.
extension LabelStore {
  /// Keeps that a reviewer wants a clip at that frost at least from now on, and logs it (`frost`);
  /// does nothing where they want as much already.
  ///
  /// - Throws: `unknownClip`, `unnamedClip`, `noLog`, and what writing throws.
  package func raiseFrost(
    of clip: ClipID, to frost: Frost, session: StoreSession, nowMilliseconds now: Int64
  ) throws(StoreError) {
    guard let name = session.name(of: clip) else { throw .unnamedClip(clip) }
    try act { database, log in
      try database.cachedStatement(
        sql: """
          INSERT INTO raised_frost (clip, reviewer, frost) VALUES (?, ?, ?)
          ON CONFLICT (clip, reviewer) DO UPDATE SET frost = excluded.frost
          WHERE excluded.frost > frost
          """
      ).execute(
        arguments: [try position(of: clip, database), session.reviewer.text, frost.rawValue])
      guard database.changesCount > 0 else { return }
      try log.append(
        AuditDraft(.frost, clip: name, ["frost": .word(frost.name), "by": .word("reviewer")]),
        by: session.actor, at: now)
    }
  }

  /// The frost that a reviewer raised a clip to; clear where they did not.
  ///
  /// - Throws: `unknownClip`, `damaged`, and what reading throws.
  package func raisedFrost(
    of clip: ClipID, by reviewer: ReviewerID
  ) throws(StoreError) -> Frost {
    try read { database in
      let number = try Int.fetchOne(
        database.cachedStatement(
          sql: "SELECT frost FROM raised_frost WHERE clip = ? AND reviewer = ?"),
        arguments: [try position(of: clip, database), reviewer.text])
      guard let number else { return .clear }
      guard let frost = Frost(rawValue: number) else { throw StoreError.damaged }
      return frost
    }
  }
}
