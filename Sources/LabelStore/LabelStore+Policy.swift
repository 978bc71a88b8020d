// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB

extension LabelStore {
  /// Notes under which version of the policy the store is used, and logs a new one
  /// (`policy_signed`, step `seen`).
  ///
  /// - Throws: `olderPolicy` where the store was used under a higher one, `noLog`, and what writing
  ///   throws.
  package func notePolicy(
    version: Int, by actor: AuditActor, nowMilliseconds now: Int64
  ) throws(StoreError) {
    let seen = try read { database in
      try Int.fetchOne(database, sql: "SELECT version FROM policy_seen WHERE id = 1")
    }
    if let seen, version < seen { throw .olderPolicy(version: version, seen: seen) }
    guard version > seen ?? 0 else { return }
    try act { database, log in
      try database.execute(
        sql: """
          INSERT INTO policy_seen (id, version) VALUES (1, ?)
          ON CONFLICT (id) DO UPDATE SET version = max(version, excluded.version)
          """, arguments: [version])
      try log.append(
        AuditDraft(
          .policySigned, ["step": .word("seen"), "version": .number(Int64(version))]), by: actor,
        at: now)
    }
  }
}
