// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file that a session keeps locked: while the lock is held the session lives, and the kernel
/// drops it however the process ends.
///
/// The C functions `open`, `fstat`, `stat` and `unlink` are unsafe in Swift for their pointers
/// alone; each gets a string or a local that outlives the call.
final class SessionLock: Sendable {
  let name: String
  private let path: String
  private let descriptor: Int32

  /// Makes and locks a file of a new random name in the store's directory.
  init(directory: String) throws(StoreError) {
    var attempts = 0
    while true {
      let name = Self.prefix + String(UInt64.random(in: .min ... .max), radix: 16) + Self.suffix
      let path = directory + "/" + name
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 {
        if Self.lock(descriptor, LOCK_EX), Self.isSame(descriptor, path) {
          (self.name, self.path, self.descriptor) = (name, path, descriptor)
          return
        }
        close(descriptor)
      } else if errno != EEXIST {
        throw errno == ENOSPC || errno == EDQUOT ? .full : .notWritable
      }
      // A sweep may take the file between its making and its locking; more often is no accident.
      attempts += 1
      if attempts == 8 { throw .busy }
    }
  }

  deinit { close(descriptor) }

  /// Whether the file still has its name: not where somebody moved or removed the store.
  var isInPlace: Bool { Self.isSame(descriptor, path) }

  /// Removes the file; the lock itself goes with this object.
  func remove() { unsafe unlink(path) }

  /// Whether a name in the store's directory is a session lock's.
  static func isName(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.hasSuffix(suffix) && !name.contains("/")
  }

  /// Removes the file of that name unless a live session holds it; true where none does.
  ///
  /// What cannot be told counts as held.
  static func removeIfDead(_ name: String, directory: String) -> Bool {
    let path = directory + "/" + name
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == ENOENT }
    defer { close(descriptor) }
    guard lock(descriptor, LOCK_SH | LOCK_NB) else { return false }
    unsafe unlink(path)
    return true
  }

  private static let prefix = "session-"
  private static let suffix = ".lock"

  private static func lock(_ descriptor: Int32, _ operation: Int32) -> Bool {
    while flock(descriptor, operation) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var held = stat()
    var named = stat()
    guard unsafe fstat(descriptor, &held) == 0, unsafe stat(path, &named) == 0 else { return false }
    return held.st_dev == named.st_dev && held.st_ino == named.st_ino
  }
}
