// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A receipt of an erasure, as the store keeps it.
package struct StoredReceipt: Hashable, Sendable, Codable, FetchableRecord {
  /// From 1, rising.
  package let number: Int64
  /// The signed note.
  package let note: String
}

extension LabelStore {
  /// All receipts, by number.
  package func receipts() throws(StoreError) -> [StoredReceipt] {
    try read { database in
      try StoredReceipt.fetchAll(
        database, sql: "SELECT number, note FROM erasure_receipt ORDER BY number")
    }
  }

  func nextReceiptNumber(_ database: Database) throws -> Int64 {
    try Int64.fetchOne(
      database, sql: "SELECT coalesce(max(number), 0) + 1 FROM erasure_receipt") ?? 1
  }
}
