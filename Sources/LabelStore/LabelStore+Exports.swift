// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB
package import Vocabulary

/// One giving out of labels, and which clips it holds labels of.
package struct ExportOfLabels: Hashable, Sendable {
  /// Its number, rising from 1.
  package let number: Int64
  /// Milliseconds since 1970.
  package let atMilliseconds: Int64
  package let by: String
  /// How many label lines it has.
  package let lineCount: Int
  /// Those of the clips asked for whose labels it holds.
  package let clips: [ClipID]
}

extension LabelStore {
  /// Notes which clips' labels were given out, and logs it (`labels_exported`); its number.
  ///
  /// - Throws: `unknownClip`, `noLog`, and what writing throws.
  package func recordExport(
    _ clips: [ClipID], lines: Int, by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) -> Int64 {
    try act { database, log in
      try database.execute(
        sql: "INSERT INTO label_export (at_ms, by, lines) VALUES (?, ?, ?)",
        arguments: [now, actor.name, lines])
      let number = database.lastInsertedRowID
      let insert = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO label_export_clip (export, clip) VALUES (?, ?)")
      for clip in clips {
        try insert.execute(arguments: [number, try position(of: clip, database)])
      }
      try log.append(
        AuditDraft(
          .labelsExported,
          [
            "export": .number(number), "clips": .number(Int64(clips.count)),
            "lines": .number(Int64(lines)),
          ]), by: actor, at: now)
      return number
    }
  }

  /// The exports that hold labels of any of these clips, the oldest first; to be asked before
  /// `finishErasure`, which forgets it.
  package func exports(holding clips: [ClipID]) throws(StoreError) -> [ExportOfLabels] {
    try read { database in
      var held: [Int64: [ClipID]] = [:]
      let find = try database.cachedStatement(
        sql: """
          SELECT x.export FROM label_export_clip x JOIN clip c ON c.position = x.clip
          WHERE c.id = ?
          """)
      for clip in clips {
        for number in try Int64.fetchAll(find, arguments: [clip.text]) {
          held[number, default: []].append(clip)
        }
      }
      return try held.keys.sorted().map { number in
        let columns = try ExportColumns.fetchOne(
          database, sql: "SELECT at_ms, by, lines FROM label_export WHERE id = ?",
          arguments: [number])
        guard let columns else { throw StoreError.damaged }
        return ExportOfLabels(
          number: number, atMilliseconds: columns.atMilliseconds, by: columns.by,
          lineCount: columns.lines, clips: held[number] ?? [])
      }
    }
  }
}

private struct ExportColumns: Decodable, FetchableRecord {
  var atMilliseconds: Int64
  var by: String
  var lines: Int

  enum CodingKeys: String, CodingKey {
    case by, lines
    case atMilliseconds = "at_ms"
  }
}
