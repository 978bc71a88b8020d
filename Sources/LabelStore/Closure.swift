// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import Vocabulary

/// A row of `closure` and what shutting a clip does besides.
struct ClosureRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "closure"

  enum Kind: String, Codable { case withdrawn, erasing, held }

  var clip: Int64
  var kind: Kind
  var reason: String
  var atMilliseconds: Int64
  var by: String
  var untilMilliseconds: Int64?
  var ground: String?
  var logName: Data?

  enum CodingKeys: String, CodingKey {
    case clip, kind, reason, by, ground
    case atMilliseconds = "at_ms"
    case untilMilliseconds = "until_ms"
    case logName = "log_name"
  }

  init(
    _ kind: Kind, _ position: Int64, _ name: ClipLogName?, reason: String, by actor: AuditActor,
    at now: Int64, until: Int64? = nil, ground: String? = nil
  ) {
    clip = position
    self.kind = kind
    self.reason = reason
    atMilliseconds = now
    by = actor.name
    untilMilliseconds = until
    self.ground = ground
    logName = name.map { Data($0.bytes) }
  }

  /// Shuts the clip: it is due and leased no more.
  func shut(_ database: Database) throws {
    try insert(database, onConflict: .replace)
    try database.cachedStatement(sql: "UPDATE worklist SET state = 'closed' WHERE clip = ?")
      .execute(arguments: [clip])
    try database.cachedStatement(sql: "DELETE FROM lease WHERE clip = ?")
      .execute(arguments: [clip])
  }

  static func rows(of position: Int64, _ database: Database) throws -> [ClosureRow] {
    try fetchAll(
      database.cachedStatement(sql: "SELECT * FROM closure WHERE clip = ?"), arguments: [position])
  }
}
