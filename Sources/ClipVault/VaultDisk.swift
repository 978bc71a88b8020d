// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// The few file operations a vault needs, each with a typed error.
///
/// `unsafe` here is the passing of Swift strings and arrays to system calls, which read or fill
/// them only during the call, within the lengths given.
enum VaultDisk {
  /// Makes a folder that only its owner can use; one that is there already will do.
  static func makeFolder(_ path: String) throws(VaultError) {
    guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw failure(.create, path)
  }

  /// Writes a new file for its owner alone, durably; an existing file is an error.
  static func writeNew(_ path: String, _ bytes: [UInt8]) throws(VaultError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let file = unsafe open(path, flags, 0o600)
    guard file >= 0 else { throw failure(.create, path) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(file, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(.write, path) }
      written += count
    }
    guard fsync(file) == 0 else { throw failure(.write, path) }
  }

  /// Renames a file within one disk, replacing what has the new name.
  static func move(_ path: String, to target: String) throws(VaultError) {
    guard unsafe rename(path, target) == 0 else { throw failure(.create, target) }
  }

  /// Removes a file; one that is gone already will do.
  static func remove(_ path: String) throws(VaultError) {
    guard unsafe unlink(path) != 0, errno != ENOENT else { return }
    throw failure(.remove, path)
  }

  /// Makes the names in a folder durable.
  static func syncFolder(_ path: String) throws(VaultError) {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure(.write, path) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure(.write, path) }
  }

  /// The names in a folder, sorted, without `.` and `..`.
  static func names(_ path: String) throws(VaultError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw failure(.list, path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // The name is a C string inside the entry, which stays until the next `readdir`.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// What a path leads to.
  enum Kind { case nothing, file(bytes: Int, modifiedAtSeconds: Int), folder, other }

  /// Looks at a path, through links.
  static func kind(_ path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .nothing }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(bytes: status.st_size, modifiedAtSeconds: status.st_mtim.tv_sec)
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Reads a regular file whole; `EFBIG` where it is larger than `limit` bytes.
  static func read(_ path: String, limit: Int) throws(VaultError) -> [UInt8] {
    // Not blocking, so that a named pipe cannot hang us before we see what it is.
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failure(.read, path) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw failure(.read, path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .system(SystemFailure(.read, path, code: isFolder ? EISDIR : ENODEV))
    }
    guard status.st_size <= limit else {
      throw .system(SystemFailure(.read, path, code: EFBIG))
    }
    return try readAll(file, path, expected: status.st_size)
  }

  /// Reads at most `expected` bytes: what is appended meanwhile is not part of the file we saw.
  private static func readAll(
    _ file: Int32, _ path: String, expected: Int
  ) throws(VaultError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: expected) { buffer, filled in
      while filled < expected {
        let count = unsafe Glibc.read(
          file, buffer.baseAddress.map { unsafe $0 + filled }, expected - filled)
        if count < 0, errno == EINTR { continue }
        if count < 0 { code = errno }
        guard count > 0 else { break }
        filled += count
      }
    }
    guard code == 0 else { throw .system(SystemFailure(.read, path, code: code)) }
    return bytes
  }

  private static func failure(_ purpose: SystemFailure.Purpose, _ path: String) -> VaultError {
    .system(SystemFailure(purpose, path, code: errno))
  }
}

/// An exclusive lock on a file, held until it is let go; the kernel lets it go with the process.
final class VaultLock {
  private let file: Int32

  /// Takes the lock at once or fails with `busy`.
  init(_ path: String, vault: String) throws(VaultError) {
    // As in `VaultDisk`: the path is read during the call.
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else {
      throw .system(SystemFailure(.lock, path, code: errno))
    }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(opened)
      throw code == EWOULDBLOCK
        ? .busy(vault) : .system(SystemFailure(.lock, path, code: code))
    }
    file = opened
  }

  deinit { close(file) }
}
