// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
package import Vocabulary

extension LabelStore {
  /// Appends label events in one transaction: durable on return, all of them or none.
  ///
  /// Every clip must be leased by the session, in its own name, and its events must carry its next
  /// ordinals; the session must know the clip's name in the audit log, to which each event goes too
  /// (its kind and ordinal, never its content but a flag's reason). A flagged clip takes nothing but
  /// the undo of its flag, within 60 s, and why it was flagged, both from who flagged it. The worklist's
  /// summaries change with them, and the reviewer's place as it says.
  ///
  /// What the rules of second opinions do not let this reviewer do is refused.
  ///
  /// - Throws: `movedAway`, `withdrawn`, `flagSettled`, `othersRegion`, `opinion`, `ordinalTaken`, `leaseLost`,
  ///   `unnamedClip`, `unknownClip`, `noLog`, and what writing throws.
  package func append(
    _ events: [LabelEvent], at place: PlaceChange = .keep, session: StoreSession
  ) throws(StoreError) {
    precondition(
      events.allSatisfy { $0.reviewer == session.reviewer }, "a session labels in its own name")
    guard !events.isEmpty else { return }
    guard session.isStoreInPlace else { throw .movedAway }
    try act { database, log in
      var touched: [ClipID: TouchedClip] = [:]
      for event in events {
        let clip = event.clip
        var own = try touched[clip] ?? touch(clip, session: session, database)
        guard event.ordinal == own.history.nextOrdinal else {
          throw StoreError.ordinalTaken(clip, next: own.history.nextOrdinal)
        }
        if let objection = own.history.objection(to: event.change, by: event.reviewer) {
          throw StoreError.opinion(clip, objection)
        }
        let kind = try own.gate.kind(of: event, latest: log.latestMilliseconds, database)
        try EventRow(event, position: own.position).insert(database)
        var detail = [("ordinal", AuditValue.number(Int64(event.ordinal)))]
        if case .flagReason(let reason) = event.change {
          detail.append(("reason", .word(reason.rawValue)))
        }
        try log.append(
          AuditDraft(kind, clip: own.name, AuditDetail(detail)), by: session.actor,
          at: event.atMilliseconds)
        own.history.append(event)
        touched[clip] = own
      }
      for own in touched.values {
        try ClipSummary(own.history).store(at: own.position, database)
      }
      try change(place, of: session.reviewer, database)
    }
  }

  /// A clip's label events in order of their ordinals; none for a clip that nobody labelled.
  ///
  /// - Throws: `unknownClip`, `withdrawn` for a clip that is shut, and what reading throws.
  package func events(of clip: ClipID) throws(StoreError) -> [LabelEvent] {
    try read { database in
      let position = try position(of: clip, database)
      if try isClosed(position, database) { throw StoreError.withdrawn(clip) }
      return try Self.events(of: clip, position, database)
    }
  }

  /// Hands over every clip that has a verdict, in order of ingest, with its folded events.
  ///
  /// Clips that are flagged or shut are left out, those whose second opinion or a lead's decision is
  /// still to come, and what was only drafted. Behind them
  /// come the labels that were kept of erased clips, where `kept` is given. All of it is one moment
  /// of the store; memory does not grow with it. Stops at the first error that a closure throws,
  /// and throws it.
  package func forEachFolded(
    taxonomy: Taxonomy, kept: ((KeptLabel) throws -> Void)? = nil,
    _ body: (ClipRecord, LabelHistory) throws -> Void
  ) throws {
    var bodyError: (any Error)?
    do {
      try pool.read { database in
        let rows = try FoldedColumns.fetchCursor(database, sql: FoldedColumns.select)
        while let row = try rows.next() {
          let record = try JSONDecoder().decode(ClipRecord.self, from: Data(row.record.utf8))
          let events = try Self.events(of: record.id, row.position, database)
          do {
            try body(record, LabelHistory(events, taxonomy: taxonomy))
          } catch {
            bodyError = error
            throw error
          }
        }
        guard let kept else { return }
        let labels = try KeptColumns.fetchCursor(database, sql: KeptColumns.select)
        while let label = try labels.next()?.label() {
          do { try kept(label) } catch {
            bodyError = error
            throw error
          }
        }
      }
    } catch {
      throw bodyError ?? StoreError(error)
    }
  }

  /// A clip as an append finds it, and as its own events leave it.
  private struct TouchedClip {
    let position: Int64
    let name: ClipLogName
    var gate: LabelGate
    var history: LabelHistory
  }

  private func touch(
    _ clip: ClipID, session: StoreSession, _ database: Database
  ) throws -> TouchedClip {
    let columns = try TouchColumns.fetchOne(
      database.cachedStatement(sql: TouchColumns.select), arguments: [clip.text])
    guard let columns else { throw StoreError.unknownClip(clip) }
    if columns.state == .closed { throw StoreError.withdrawn(clip) }
    guard columns.session == session.id else { throw StoreError.leaseLost(clip) }
    guard let name = session.name(of: clip) else { throw StoreError.unnamedClip(clip) }
    let mark = FlagMark(by: columns.flaggedBy, atMilliseconds: columns.flaggedAtMilliseconds)
    return TouchedClip(
      position: columns.position, name: name,
      gate: LabelGate(clip, position: columns.position, mark: mark, reviewer: session.reviewer),
      history: LabelHistory(
        try Self.events(of: clip, columns.position, database), taxonomy: session.taxonomy))
  }

  static func events(
    of clip: ClipID, _ position: Int64, _ database: Database
  ) throws -> [LabelEvent] {
    try EventRow.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM label_event WHERE clip = ? ORDER BY ordinal"),
      arguments: [position]
    ).map { try $0.event(of: clip) }
  }
}

private struct FoldedColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT c.position, c.record FROM clip c JOIN worklist w ON w.clip = c.position
    WHERE w.committed_at_ms IS NOT NULL AND w.state NOT IN ('flagged', 'closed')
    ORDER BY c.position
    """

  var position: Int64
  var record: String
}

private struct TouchColumns: Decodable, FetchableRecord {
  static let select = """
    SELECT c.position, w.state, w.flagged_by, w.flagged_ms,
      (SELECT l.session FROM lease l WHERE l.clip = c.position) AS session
    FROM clip c JOIN worklist w ON w.clip = c.position WHERE c.id = ?
    """

  var position: Int64
  var state: WorklistColumns.State
  var flaggedBy: String?
  var flaggedAtMilliseconds: Int64?
  var session: Int64?

  enum CodingKeys: String, CodingKey {
    case position, state, session
    case flaggedBy = "flagged_by"
    case flaggedAtMilliseconds = "flagged_ms"
  }
}
