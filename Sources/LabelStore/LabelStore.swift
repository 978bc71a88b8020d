// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB
import Glibc
import Sealing

/// A vault's label store: clips in order of ingest, their label events, leases and reviewers' places.
///
/// Every function blocks until it is done; a change is durable when its function returns (WAL,
/// `synchronous=FULL`). Reads do not wait for a write of this process. Two processes may have one
/// store open. Open it after the process locked itself: SQLite needs the directory to be writable
/// throughout, for its log and for session locks.
package final class LabelStore: Sendable {
  /// The database's name in the store's directory.
  package static let fileName = "labels.sqlite"
  /// How long a lease holds without being renewed where nothing else was said, in milliseconds.
  package static let leaseMilliseconds: Int64 = 10 * 60 * 1000

  let directory: String
  let pool: DatabasePool
  let leaseClock: LeaseClock
  private let signer: AuditSigner?

  /// Opens the store in a vault's `store` directory, making or migrating it where needed.
  ///
  /// Who acts in it needs the log's signer; with nil the store can be read, and every act is
  /// refused with `noLog`.
  ///
  /// - Throws: `missing`, `notWritable`, `notAStore`, `newerVersion`, `damaged`, `full`, `busy`,
  ///   `inputOutput`; `otherLog` where another key signed the log; a file that is refused is left
  ///   as it was.
  package static func open(
    directory: String, log signer: AuditSigner? = nil, leaseClock: LeaseClock = .sinceStart
  ) throws(StoreError) -> LabelStore {
    let path = directory + "/" + fileName
    try createFile(path)
    do {
      try StoreSchema.check(path: path)
      let pool = try DatabasePool(path: path, configuration: configuration())
      HeldConnections.hold(pool)
      try pool.writeWithoutTransaction { database in
        // GRDB sets NORMAL for WAL, which may lose the last commits at a power loss.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try StoreSchema.migrate(database)
        if let signer { try checkLastCheckpoint(signer, database) }
      }
      return LabelStore(
        directory: directory, pool: pool, signer: signer, leaseClock: leaseClock)
    } catch {
      throw refined(StoreError(error), directory: directory)
    }
  }

  /// SQLite says of a file that it cannot make only that it cannot: this tells a full disk by
  /// writing a page of its own.
  ///
  /// The C functions take a string and an array that outlive the calls.
  private static func refined(_ error: StoreError, directory: String) -> StoreError {
    switch error {
    case .notWritable, .inputOutput: break
    default: return error
    }
    let path = directory + "/.room"
    let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno == ENOSPC || errno == EDQUOT ? .full : error }
    defer { Glibc.close(file) }
    unsafe unlink(path)
    let page = [UInt8](repeating: 0, count: 4096)
    let count = unsafe page.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    return count < page.count ? .full : error
  }

  /// Whether a store was ever opened in that directory.
  ///
  /// The C function is `access`, which is unsafe in Swift for its string alone; the string outlives
  /// the call.
  package static func exists(directory: String) -> Bool {
    unsafe access(directory + "/" + fileName, F_OK) == 0
  }

  private init(
    directory: String, pool: DatabasePool, signer: AuditSigner?, leaseClock: LeaseClock
  ) {
    self.leaseClock = leaseClock
    self.directory = directory
    self.pool = pool
    self.signer = signer
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
      if !HeldConnections.isHolding { try pool.close() }
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

  /// Runs an act and logs it in one transaction: both are on disk on return, or neither.
  func act<Value>(
    _ body: (Database, inout AuditAppender) throws -> Value
  ) throws(StoreError) -> Value {
    guard let signer else { throw .noLog }
    return try write { database in
      var log = try AuditAppender(signer, database)
      return try body(database, &log)
    }
  }

  /// Refuses a log that another key signs: what this one signs from here on could not be verified.
  private static func checkLastCheckpoint(_ signer: AuditSigner, _ database: Database) throws {
    let last = try String.fetchOne(
      database, sql: "SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
    guard let last else { return }
    do {
      _ = try Checkpoint(
        note: Array(last.utf8), vault: signer.vault, key: signer.key.publicKey)
    } catch { throw StoreError.otherLog }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .callback(waitForOthers)
    configuration.maximumReaderCount = 2
    configuration.label = "labels"
    // The review process may write nowhere but in the store, so not in a temporary directory.
    // What is deleted is overwritten: an erased clip's id must be in no free page.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA temp_store = MEMORY")
      try $0.execute(sql: "PRAGMA secure_delete = ON")
    }
    return configuration
  }

  /// Waits 1–3 ms for another process, at most about 5 s in all.
  ///
  /// SQLite's own wait looks ten times a second only, so that a process that writes without a pause
  /// can keep another out for seconds.
  private static func waitForOthers(attempts: Int) -> Bool {
    usleep(UInt32.random(in: 1000...3000))
    return attempts < 2500
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
