// SPDX-License-Identifier: Apache-2.0
import GRDB
import Glibc

/// A vault's label store: clips in order of ingest, their label events, leases and reviewers' places.
///
/// Every function blocks until it is done; a change is durable when its function returns (WAL,
/// `synchronous=FULL`). Reads do not wait for a write of this process. Two processes may have one
/// store open. Open it after the process locked itself: SQLite needs the directory to be writable
/// throughout, for its log and for session locks.
package final class LabelStore: Sendable {
  /// The database's name in the store's directory.
  package static let fileName = "labels.sqlite"
  /// How long a lease holds without being renewed, in milliseconds.
  package static let leaseMilliseconds: Int64 = 10 * 60 * 1000

  let directory: String
  let pool: DatabasePool

  /// Opens the store in a vault's `store` directory, making or migrating it where needed.
  ///
  /// - Throws: `missing`, `notWritable`, `notAStore`, `newerVersion`, `damaged`, `full`, `busy`,
  ///   `inputOutput`; a file that is refused is left as it was.
  package static func open(directory: String) throws(StoreError) -> LabelStore {
    let path = directory + "/" + fileName
    try createFile(path)
    do {
      try StoreSchema.check(path: path)
      let pool = try DatabasePool(path: path, configuration: configuration())
      try pool.writeWithoutTransaction { database in
        // GRDB sets NORMAL for WAL, which may lose the last commits at a power loss.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try StoreSchema.migrate(database)
      }
      return LabelStore(directory: directory, pool: pool)
    } catch {
      throw StoreError(error)
    }
  }

  /// Whether a store was ever opened in that directory.
  ///
  /// The C function is `access`, which is unsafe in Swift for its string alone; the string outlives
  /// the call.
  package static func exists(directory: String) -> Bool {
    unsafe access(directory + "/" + fileName, F_OK) == 0
  }

  private init(directory: String, pool: DatabasePool) {
    self.directory = directory
    self.pool = pool
  }

  /// Folds the log into the database where no other process reads it, and closes the store.
  ///
  /// A store that is never closed loses nothing; the next one to open it reads the log.
  package func close() throws(StoreError) {
    do {
      try pool.writeWithoutTransaction { database in
        do {
          try database.checkpoint(.truncate)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
      }
      try pool.close()
    } catch {
      throw StoreError(error)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try pool.read(body) } catch { throw StoreError(error) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try pool.write(body) } catch { throw StoreError(error) }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 2
    configuration.label = "labels"
    // The review process may write nowhere but in the store, so not in a temporary directory.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
    return configuration
  }

  /// Creates the file for its owner alone, since SQLite would go by the process's mask.
  ///
  /// The C function is `open`, which is unsafe in Swift for its string alone; the string outlives
  /// the call.
  private static func createFile(_ path: String) throws(StoreError) {
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .missing
      case ENOSPC, EDQUOT: throw .full
      case EACCES, EPERM, EROFS: throw .notWritable
      case EISDIR: throw .notAStore
      default: throw .inputOutput(code: 0)
      }
    }
    Glibc.close(descriptor)
  }
}
