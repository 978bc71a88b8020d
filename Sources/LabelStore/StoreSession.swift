// SPDX-License-Identifier: Apache-2.0
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
  let id: Int64
  private let store: LabelStore
  private let lock: Mutex<SessionLock?>

  fileprivate init(
    id: Int64, reviewer: ReviewerID, taxonomy: Taxonomy, store: LabelStore, lock: SessionLock
  ) {
    self.id = id
    self.reviewer = reviewer
    self.taxonomy = taxonomy
    self.store = store
    self.lock = Mutex(lock)
  }

  /// Whether the store is where the session began; SQLite would go on writing to a database that
  /// has no name any more.
  var isStoreInPlace: Bool { lock.withLock { $0?.isInPlace ?? true } }

  /// Gives back all leases and ends the session; ending it again does nothing.
  package func end() throws(StoreError) {
    guard lock.withLock({ $0 }) != nil else { return }
    try store.write { database in
      try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
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
  /// - Throws: `notWritable`, `full`, `busy`, `inputOutput`.
  package func beginSession(
    reviewer: ReviewerID, taxonomy: Taxonomy, nowMilliseconds: Int64
  ) throws(StoreError) -> StoreSession {
    let lock = try SessionLock(directory: directory)
    do {
      let id = try write { database in
        try database.execute(
          sql: "INSERT INTO session (reviewer, started_ms, lock) VALUES (?, ?, ?)",
          arguments: [reviewer.text, nowMilliseconds, lock.name])
        let id = database.lastInsertedRowID
        try sweepDeadSessions(database, except: id)
        try sweepStrayLocks(database)
        return id
      }
      return StoreSession(
        id: id, reviewer: reviewer, taxonomy: taxonomy, store: self, lock: lock)
    } catch {
      lock.remove()
      throw error
    }
  }

  /// Ends the sessions whose processes are gone, with their leases.
  func sweepDeadSessions(_ database: Database, except own: Int64) throws {
    let others = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT id, lock FROM session WHERE id <> ?"), arguments: [own])
    for other in others {
      guard let id = Int64.fromDatabaseValue(other["id"]),
        let name = String.fromDatabaseValue(other["lock"]), SessionLock.isName(name)
      else { throw StoreError.damaged }
      if SessionLock.removeIfDead(name, directory: directory) {
        try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
      }
    }
  }

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
