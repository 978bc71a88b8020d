// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import Foundation
import GRDB
import Synchronization
package import Vocabulary

/// One reviewer's sitting at the store: who holds leases and appends events.
///
/// It lives until `end()`, or until its process ends in any way; what it had leased is then free.
package final class StoreSession: Sendable {
  package let reviewer: ReviewerID
  /// The taxonomy by which the worklist's summaries are folded.
  package let taxonomy: Taxonomy
  /// The reviewer at the seat, as the audit log names them.
  package let actor: AuditActor
  /// How long a lease of its holds without being renewed, in milliseconds.
  package let leaseMilliseconds: Int64
  let id: Int64
  private let store: LabelStore
  private let lock: Mutex<SessionLock?>
  private let names = Mutex<[ClipID: ClipLogName]>([:])
  /// When its looks began, by the monotonic clock in milliseconds.
  private let looks = Mutex<[Int64: Int64]>([:])

  fileprivate init(
    id: Int64, actor: AuditActor, taxonomy: Taxonomy, store: LabelStore, lock: SessionLock,
    leaseMilliseconds: Int64
  ) {
    self.leaseMilliseconds = leaseMilliseconds
    self.id = id
    self.actor = actor
    reviewer = ReviewerID(actor.name)
    self.taxonomy = taxonomy
    self.store = store
    self.lock = Mutex(lock)
  }

  /// The time that its leases are counted in, in milliseconds from any beginning (`LeaseClock`).
  package var leaseTime: Int64 { store.leaseClock.milliseconds() }

  /// Whether the store is where the session began; SQLite would go on writing to a database that
  /// has no name any more.
  var isStoreInPlace: Bool { lock.withLock { $0?.isInPlace ?? true } }

  /// Tells the session a clip's name in the audit log, when the clip is opened; labels on a clip
  /// without a name are refused.
  package func name(_ clip: ClipID, as name: ClipLogName) { names.withLock { $0[clip] = name } }

  func name(of clip: ClipID) -> ClipLogName? { names.withLock { $0[clip] } }

  /// Notes when a look began; one whose transaction then failed has no row, and counts nothing.
  func noteLook(_ number: Int64, atMonotonic now: Int64) { looks.withLock { $0[number] = now } }

  /// How long ago its looks of about the last hour began, by the monotonic clock.
  func agesOfLooks(at now: Int64) -> [Int64: Int64] {
    looks.withLock { looks in
      looks = looks.filter { now - $0.value < 2 * LookHour.milliseconds }
      return looks.mapValues { now - $0 }
    }
  }

  /// Gives back all leases, logs the end (`lock`) with a checkpoint, and ends the session; ending
  /// it again does nothing.
  package func end(nowMilliseconds now: Int64) throws(StoreError) {
    guard lock.withLock({ $0 }) != nil else { return }
    try store.act { database, log in
      try store.settleOpenLooks(ofSession: id, by: actor, database, &log, now)
      try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
      try log.append(AuditDraft(.lock, ["session": .number(id)]), by: actor, at: now)
      try log.checkpoint(at: now)
    }
    lock.withLock { held in
      held?.remove()
      held = nil
    }
  }
}

extension LabelStore {
  /// Starts a session, and frees what dead sessions had leased.
  ///
  /// `order` is from now on the store's, for every session: where it was another, clips are ranked
  /// anew, some at once, the others by `tend`.
  ///
  /// It is logged (`unlock`), and so is every session found dead (`crash_found`, in the name of
  /// who sat there).
  ///
  /// - Throws: `noLog`, `notWritable`, `full`, `busy`, `inputOutput`.
  package func beginSession(
    _ actor: AuditActor, taxonomy: Taxonomy, order: WorklistOrder = .oldest,
    leaseMilliseconds: Int64 = LabelStore.leaseMilliseconds, nowMilliseconds now: Int64
  ) throws(StoreError) -> StoreSession {
    let lock = try SessionLock(directory: directory)
    do {
      let id = try act { database, log in
        try database.execute(
          sql: "INSERT INTO session (reviewer, started_ms, lock, seat) VALUES (?, ?, ?, ?)",
          arguments: [actor.name, now, lock.name, actor.seat])
        let id = database.lastInsertedRowID
        try sweepDeadSessions(database, except: id, &log, now)
        try sweepStrayLocks(database)
        try setRankRule(order, taxonomy, database)
        try rank(most: Self.rankedAtBegin, database)
        try log.append(AuditDraft(.unlock, ["session": .number(id)]), by: actor, at: now)
        return id
      }
      return StoreSession(
        id: id, actor: actor, taxonomy: taxonomy, store: self, lock: lock,
        leaseMilliseconds: leaseMilliseconds)
    } catch {
      lock.remove()
      throw error
    }
  }

  /// Ends the sessions whose processes are gone, with their leases, and logs each as a crash.
  func sweepDeadSessions(
    _ database: Database, except own: Int64, _ log: inout AuditAppender, _ now: Int64
  ) throws {
    let others = try SessionColumns.fetchAll(
      database.cachedStatement(
        sql: "SELECT id, lock, reviewer, seat FROM session WHERE id <> ? ORDER BY id"),
      arguments: [own])
    for other in others {
      guard SessionLock.isName(other.lock) else { throw StoreError.damaged }
      if SessionLock.removeIfDead(other.lock, directory: directory) {
        let actor = AuditActor(other.reviewer, seat: other.seat)
        try settleOpenLooks(ofSession: other.id, by: actor, database, &log, now)
        try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [other.id])
        try log.append(
          AuditDraft(.crashFound, ["session": .number(other.id)]), by: actor, at: now)
      }
    }
  }

  /// So many clips are ranked before the first is opened.
  private static let rankedAtBegin = 1000

  /// Removes lock files that were made by processes that died before they were in the table.
  private func sweepStrayLocks(_ database: Database) throws {
    let known = try Set(String.fetchAll(database, sql: "SELECT lock FROM session"))
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      throw StoreError.inputOutput(code: 0)
    }
    for name in files where SessionLock.isName(name) && !known.contains(name) {
      _ = SessionLock.removeIfDead(name, directory: directory)
    }
  }
}

private struct SessionColumns: Decodable, FetchableRecord {
  var id: Int64
  var lock: String
  var reviewer: String
  var seat: String
}
