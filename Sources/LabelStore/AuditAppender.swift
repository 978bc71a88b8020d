// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB

/// Writes audit events within a transaction that also writes what they tell.
///
/// It reads the chain's end once, so it must live within one immediate transaction.
struct AuditAppender {
  private let signer: AuditSigner
  private let database: Database
  private var head: AuditHead
  /// The last event's time; the next one's is never before it.
  private(set) var latestMilliseconds: Int64
  private var signedSize: Int64

  init(_ signer: AuditSigner, _ database: Database) throws {
    self.signer = signer
    self.database = database
    if let last = try AuditRow.last(database) {
      guard last.seq < Int64.max else { throw StoreError.damaged }
      head = AuditHead(size: last.seq, hash: last.hash)
      latestMilliseconds = try last.event.atMilliseconds
    } else {
      head = AuditHead(vault: signer.vault)
      latestMilliseconds = 0
    }
    signedSize =
      try Int64.fetchOne(
        database.cachedStatement(sql: "SELECT coalesce(max(size), 0) FROM audit_checkpoint")) ?? 0
  }

  /// Appends one event and gives its number; where it is the first of a month, the month before is
  /// closed.
  @discardableResult
  mutating func append(
    _ draft: AuditDraft, by actor: AuditActor, at now: Int64
  ) throws -> Int64 {
    let month = AuditMonth(milliseconds: latestMilliseconds)
    if head.size > 0, month < AuditMonth(milliseconds: now) {
      try checkpoint(at: latestMilliseconds)
      let last = head.size
      try database.execute(
        sql: "INSERT INTO audit_segment (last, month) VALUES (?, ?)",
        arguments: [last, month.index])
      try write(
        AuditDraft(
          .segmentClosed,
          ["through": .number(last), "month": .word(month.description)]), .housekeeping, now)
    }
    try write(draft, actor, now)
    return head.size
  }

  /// Signs the chain's end, unless it is signed already or the log is empty.
  mutating func checkpoint(at now: Int64) throws {
    guard head.size > signedSize else { return }
    let checkpoint = Checkpoint(head, atMilliseconds: max(now, latestMilliseconds))
    try database.cachedStatement(sql: "INSERT INTO audit_checkpoint (size, note) VALUES (?, ?)")
      .execute(arguments: [head.size, checkpoint.note(signedBy: signer)])
    signedSize = head.size
  }

  private mutating func write(_ draft: AuditDraft, _ actor: AuditActor, _ now: Int64) throws {
    let time = max(now, latestMilliseconds)
    let event = AuditEvent(seq: head.size + 1, atMilliseconds: time, actor: actor, draft)
    let body: [UInt8]
    do { body = try event.encoded() } catch { throw StoreError.notLoggable }
    head.extend(body)
    latestMilliseconds = time
    try database.cachedStatement(sql: "INSERT INTO audit_event (seq, body, hash) VALUES (?, ?, ?)")
      .execute(arguments: [head.size, Data(body), Data(head.hash)])
    if head.size - signedSize >= Checkpoint.interval { try checkpoint(at: time) }
  }
}

/// A row of `audit_event`.
struct AuditRow: FetchableRecord {
  let seq: Int64
  let body: [UInt8]
  let hash: [UInt8]

  init(row: Row) throws {
    guard let seq = Int64.fromDatabaseValue(row[0]), let body = Data.fromDatabaseValue(row[1]),
      let hash = Data.fromDatabaseValue(row[2])
    else { throw StoreError.damaged }
    (self.seq, self.body, self.hash) = (seq, Array(body), Array(hash))
  }

  /// The event; a body that is none is damage.
  var event: AuditEvent {
    get throws(StoreError) {
      do { return try AuditEvent(body) } catch { throw .damaged }
    }
  }

  static func last(_ database: Database) throws -> AuditRow? {
    try AuditRow.fetchOne(
      database.cachedStatement(
        sql: "SELECT seq, body, hash FROM audit_event ORDER BY seq DESC LIMIT 1"))
  }
}
