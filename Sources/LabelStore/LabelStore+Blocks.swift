// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

extension LabelStore {
  /// Does a small part of what the store put off; true where more is left.
  ///
  /// That is ranking clips by a new order, and making blocks anew. A part takes a few milliseconds, so
  /// that no label waits for it long.
  ///
  /// - Throws: what writing throws.
  package func tend() throws(StoreError) -> Bool {
    let missing = try read { database in
      try isAnyUnranked(database) ? nil : missingBlocks(database)
    }
    guard missing?.isEmpty != true else { return false }
    return try write { database in
      let end = ContinuousClock.now.advanced(by: Self.partDuration)
      guard let missing else {
        while try rank(most: Self.rankedAtOnce, database) {
          if ContinuousClock.now >= end { return true }
        }
        return true
      }
      let keep = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO worklist_block (number, body) VALUES (?, ?)")
      for number in missing {
        let block = try WorklistBlock(number, rowsOf: database)
        try keep.execute(arguments: [number, Data(block.bytes)])
        if ContinuousClock.now >= end { return true }
      }
      return false
    }
  }

  /// Hands over every block in order of the clips' positions; one that is missing is read from its
  /// rows.
  func forEachBlock(_ database: Database, _ body: (WorklistBlock) throws -> Void) throws {
    guard let last = try lastBlock(database) else { return }
    let kept = try Row.fetchCursor(
      database.cachedStatement(sql: "SELECT number, body FROM worklist_block ORDER BY number"))
    var next = try kept.next()
    for number in 0...last {
      var block: WorklistBlock?
      if let row = next, row[0] == number {
        block = WorklistBlock(number, bytes: [UInt8](row[1] as Data))
        next = try kept.next()
      }
      try body(try block ?? WorklistBlock(number, rowsOf: database))
    }
  }

  private func missingBlocks(_ database: Database) throws -> [Int64] {
    guard let last = try lastBlock(database) else { return [] }
    let numbers = "SELECT number FROM worklist_block"
    let kept = Set(try Int64.fetchAll(database.cachedStatement(sql: numbers)))
    return (0...last).filter { !kept.contains($0) }
  }

  private func lastBlock(_ database: Database) throws -> Int64? {
    try Int64.fetchOne(database.cachedStatement(sql: "SELECT max(clip) FROM worklist"))
      .map { $0 / Int64(WorklistBlock.length) }
  }

  /// So many clips are ranked between two looks at the clock.
  private static let rankedAtOnce = 32
  /// How long a part takes, without making it durable.
  private static let partDuration: Duration = .milliseconds(3)
}
