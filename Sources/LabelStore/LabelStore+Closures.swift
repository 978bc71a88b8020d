// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB
package import Vocabulary

/// Why nobody can open a clip.
package enum ClipClosure: String, Hashable, Sendable {
  /// Its consent was withdrawn.
  case withdrawn
  /// Its erasure was ordered.
  case erasing
  /// A lead keeps it, shut.
  case held
  /// The store has it no more.
  case erased
}

extension LabelStore {
  /// Shuts clips for everyone, at once, and logs each (`withdraw`); those that are withdrawn
  /// already stay as they are.
  ///
  /// `reason` is one word.
  ///
  /// - Throws: `unknownClip`, `notLoggable`, `noLog`, and what writing throws.
  package func withdraw(
    _ clips: [NamedClip], reason: String, by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      for clip in clips { try withdraw(clip, reason, actor, now, database, &log) }
    }
  }

  func withdraw(
    _ clip: NamedClip, _ reason: String, _ actor: AuditActor, _ now: Int64,
    _ database: Database, _ log: inout AuditAppender
  ) throws {
    let position = try position(of: clip.id, database)
    let closures = try ClosureRow.rows(of: position, database)
    guard !closures.contains(where: { $0.kind == .withdrawn }) else { return }
    try ClosureRow(.withdrawn, position, clip.logName, reason: reason, by: actor, at: now)
      .shut(database)
    try log.append(
      AuditDraft(.withdraw, clip: clip.logName, ["reason": .word(reason)]), by: actor, at: now)
  }

  /// Shuts a clip but keeps it until a time, also past its retention or its flag's; logged (`hold`).
  ///
  /// `reason` and the ground are one word each; `until` is in milliseconds since 1970. A clip
  /// whose erasure was ordered can be held on a legal ground alone. When the hold ends the clip
  /// stays shut, and is erased if its flag, its retention or an order says so.
  ///
  /// - Throws: `ownFlag`, `erasureStands`, `unknownClip`, `notLoggable`, `noLog`, and what writing
  ///   throws.
  package func hold(
    _ clip: NamedClip, reason: String, untilMilliseconds until: Int64,
    overErasureGround ground: String? = nil, by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      let position = try position(of: clip.id, database)
      try refuseOwnFlag(clip.id, position, actor, database)
      let isOrdered = try ClosureRow.rows(of: position, database).contains { $0.kind == .erasing }
      if isOrdered, ground == nil { throw StoreError.erasureStands(clip.id) }
      try ClosureRow(
        .held, position, clip.logName, reason: reason, by: actor, at: now, until: until,
        ground: ground
      ).shut(database)
      var detail: [(String, AuditValue)] = [("reason", .word(reason)), ("until", .number(until))]
      if let ground { detail.append(("ground", .word(ground))) }
      try log.append(
        AuditDraft(.hold, clip: clip.logName, AuditDetail(detail)), by: actor, at: now)
    }
  }

  /// Gives a flagged or held clip back to the worklist, and logs it (`restore`).
  ///
  /// The flag stays in the clip's history, followed by its undo in the lead's name, so that the
  /// clip shows at *strict* from then on.
  ///
  /// - Throws: `ownFlag`, `notRestorable`, `erasureStands`, `unknownClip`, `noLog`, and what
  ///   writing throws.
  package func restore(
    _ clip: NamedClip, by actor: AuditActor, taxonomy: Taxonomy, nowMilliseconds now: Int64
  ) throws(StoreError) {
    try act { database, log in
      let position = try position(of: clip.id, database)
      let closures = try ClosureRow.rows(of: position, database)
      if closures.contains(where: { $0.kind == .erasing }) {
        throw StoreError.erasureStands(clip.id)
      }
      try refuseOwnFlag(clip.id, position, actor, database)
      let isFlagged = try flagMark(position, database).isFlagged
      guard isFlagged || !closures.isEmpty, closures.allSatisfy({ $0.kind == .held }) else {
        throw StoreError.notRestorable(clip.id)
      }
      try database.execute(sql: "DELETE FROM closure WHERE clip = ?", arguments: [position])
      try database.execute(
        sql: "UPDATE worklist SET state = 'due' WHERE clip = ?", arguments: [position])
      var history = LabelHistory(
        try Self.events(of: clip.id, position, database), taxonomy: taxonomy)
      // A clip that was only held gets a flag too, and its undo: what a lead gives back is strict.
      if history.standingFlagOrdinals.isEmpty {
        let flag = LabelEvent(
          clip: clip.id, ordinal: history.nextOrdinal, reviewer: ReviewerID(actor.name),
          atMilliseconds: now, taxonomyVersion: taxonomy.version, change: .flag)
        try EventRow(flag, position: position).insert(database)
        history.append(flag)
      }
      for flag in history.standingFlagOrdinals {
        let undo = LabelEvent(
          clip: clip.id, ordinal: history.nextOrdinal, reviewer: ReviewerID(actor.name),
          atMilliseconds: now, taxonomyVersion: taxonomy.version, change: .undo(flag))
        try EventRow(undo, position: position).insert(database)
        history.append(undo)
      }
      try ClipSummary(history).store(at: position, database)
      try log.append(AuditDraft(.restore, clip: clip.logName), by: actor, at: now)
    }
  }

  /// Which of these clips are shut, and why; clips that are open are left out.
  ///
  /// Of several reasons the strongest: erased, being erased, withdrawn, held.
  package func closures(among clips: [ClipID]) throws(StoreError) -> [ClipID: ClipClosure] {
    try read { database in
      var found: [ClipID: ClipClosure] = [:]
      let known = try database.cachedStatement(sql: "SELECT position FROM clip WHERE id = ?")
      for clip in clips {
        guard let position = try Int64.fetchOne(known, arguments: [clip.text]) else {
          found[clip] = .erased
          continue
        }
        let kinds = Set(try ClosureRow.rows(of: position, database).map(\.kind))
        if kinds.contains(.erasing) {
          found[clip] = .erasing
        } else if kinds.contains(.withdrawn) {
          found[clip] = .withdrawn
        } else if kinds.contains(.held) {
          found[clip] = .held
        }
      }
      return found
    }
  }

  /// A number that changes whenever any process shuts, erases or restores a clip, and only then: to
  /// be polled, with `closures(among:)` when it changed.
  package func dataVersion() throws(StoreError) -> Int64 {
    try read { database in
      try Int64.fetchOne(
        database.cachedStatement(sql: "SELECT number FROM closure_version")) ?? 0
    }
  }

  func flagMark(_ position: Int64, _ database: Database) throws -> FlagMark {
    try FlagMark.fetchOne(
      database.cachedStatement(sql: "SELECT flagged_by, flagged_ms FROM worklist WHERE clip = ?"),
      arguments: [position]) ?? FlagMark()
  }

  func refuseOwnFlag(
    _ clip: ClipID, _ position: Int64, _ actor: AuditActor, _ database: Database
  ) throws {
    if try flagMark(position, database).by == actor.name { throw StoreError.ownFlag(clip) }
  }
}

extension LabelHistory {
  /// The ordinals of the flags that nothing took back.
  fileprivate var standingFlagOrdinals: [Int] {
    var standing: Set<Int> = []
    var flags: Set<Int> = []
    for event in events {
      switch event.change {
      case .flag:
        flags.insert(event.ordinal)
        standing.insert(event.ordinal)
      case .undo(let ordinal): standing.remove(ordinal)
      case .redo(let ordinal) where flags.contains(ordinal): standing.insert(ordinal)
      default: break
      }
    }
    return standing.sorted()
  }
}
