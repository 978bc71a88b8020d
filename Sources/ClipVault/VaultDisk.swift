// SPDX-License-Identifier: Apache-2.0

import Glibc
import Lockdown

/// The few file operations a vault needs, each with a typed error.
///
/// `unsafe` here is the passing of Swift strings and arrays to system calls, which read or fill
/// them only during the call, within the lengths given.
enum VaultDisk {
  /// Makes a folder that only its owner can use, durably; one that is there already will do.
  static func makeFolder(_ path: String) throws(VaultError) {
    guard unsafe mkdir(path, 0o700) == 0 else {
      if errno == EEXIST { return }
      throw failure(.create, path)
    }
    try syncFolder(folder(path))
  }

  /// Makes a folder for its owner alone, and what is missing above it.
  static func makeFolders(_ path: String) throws(VaultError) {
    if case .folder = kind(path) { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolders(String(path[..<slash]))
    }
    try makeFolder(path)
  }

  /// Writes a new file for its owner alone, durably; an existing file is an error.
  static func writeNew(_ path: String, _ bytes: [UInt8]) throws(VaultError) {
    let file = try NewFile(path)
    try file.append(bytes.span)
    try file.finish()
  }

  /// Writes a file durably under its name, whatever was there before: a new file, renamed.
  static func put(_ path: String, _ bytes: [UInt8]) throws(VaultError) {
    try put(path) { (file) throws(VaultError) in try file.append(bytes.span) }
  }

  /// As `put`, straight from locked memory.
  static func put(_ path: String, _ secret: SecretBytes) throws(VaultError) {
    try put(path) { (file) throws(VaultError) in
      try secret.withSpan { (bytes) throws(VaultError) in try file.append(bytes) }
    }
  }

  private static func put(
    _ path: String, _ fill: (NewFile) throws(VaultError) -> Void
  ) throws(VaultError) {
    let incoming = incoming(path)
    try remove(incoming)
    let file = try NewFile(incoming)
    try fill(file)
    try file.finish()
    try move(incoming, to: path)
    try syncFolder(folder(path))
  }

  /// The name under which a file is written before it gets its own.
  static func incoming(_ path: String) -> String {
    let folder = folder(path)
    return "\(folder)/\(VaultLayout.incomingPrefix)\(path.dropFirst(folder.utf8.count + 1))"
  }

  /// The folder that a path's last part lies in.
  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Overwrites a file where it lies, then removes it, each durably; one that is gone will do.
  ///
  /// The disk may have kept older blocks: that is what a receipt says may remain.
  static func destroy(_ path: String) throws(VaultError) {
    let file = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return }
      throw failure(.remove, path)
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw failure(.remove, path) }
    let zeros = [UInt8](repeating: 0, count: max(0, min(status.st_size, 1 << 16)))
    var written = 0
    while written < zeros.count {
      // What is left of the array is written anew from its start: all of it is zeros.
      let count = unsafe pwrite(file, zeros, zeros.count - written, written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(.remove, path) }
      written += count
    }
    guard fsync(file) == 0 else { throw failure(.remove, path) }
    try remove(path)
    try syncFolder(folder(path))
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

  /// Removes an empty folder; one that is gone already will do.
  static func removeFolder(_ path: String) throws(VaultError) {
    guard unsafe rmdir(path) != 0, errno != ENOENT else { return }
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

  /// The refusal of whoever may not look at a path, as in another account's folder; nil else.
  static func denial(_ path: String) -> SystemFailure? {
    var status = stat()
    guard unsafe stat(path, &status) != 0, errno == EACCES else { return nil }
    return SystemFailure(.read, path, code: EACCES)
  }

  /// Reads a regular file whole; `EFBIG` where it is larger than `limit` bytes.
  static func read(_ path: String, limit: Int) throws(VaultError) -> [UInt8] {
    let file = try OpenFile(path)
    guard file.byteCount <= limit else {
      throw .system(SystemFailure(.read, path, code: EFBIG))
    }
    // What is appended meanwhile is not part of the file we saw.
    return try file.read(0, file.byteCount)
  }

  /// Reads a small file straight into locked memory; `EFBIG` where it is larger than `limit` bytes.
  static func readSecret(_ path: String, limit: Int) throws(VaultError) -> SecretBytes {
    let file = try OpenFile(path)
    guard file.byteCount <= limit else {
      throw .system(SystemFailure(.read, path, code: EFBIG))
    }
    return try SecretBytes(count: file.byteCount) { (span) throws(VaultError) in
      let filled = unsafe span.withUnsafeMutableBytes { buffer in
        unsafe pread(file.descriptor, buffer.baseAddress, buffer.count, 0)
      }
      guard filled == file.byteCount else { throw failure(.read, path) }
    }
  }

  fileprivate static func failure(_ purpose: SystemFailure.Purpose, _ path: String) -> VaultError {
    .system(SystemFailure(purpose, path, code: errno))
  }
}

/// A new file for its owner alone, being written; it goes again unless `finish` is reached.
final class NewFile {
  private let path: String
  private let descriptor: Int32
  private var isFinished = false

  /// Makes the file; one that is there already is an error.
  init(_ path: String) throws(VaultError) {
    self.path = path
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    // As in `VaultDisk`: the path is read during the call.
    descriptor = unsafe open(path, flags, 0o600)
    guard descriptor >= 0 else { throw VaultDisk.failure(.create, path) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !isFinished { try? VaultDisk.remove(path) }
  }

  /// Adds bytes at the end.
  func append(_ bytes: Span<UInt8>) throws(VaultError) {
    var written = 0
    while written < bytes.count {
      // `write` reads at most what is left of the span.
      let count = unsafe bytes.extracting(written...).withUnsafeBytes { rest in
        unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw VaultDisk.failure(.write, path) }
      written += count
    }
  }

  /// Makes the bytes durable.
  func finish() throws(VaultError) {
    guard fsync(descriptor) == 0 else { throw VaultDisk.failure(.write, path) }
    isFinished = true
  }
}

/// A regular file that is open to be read; it stays the same file when its name is given to another.
final class OpenFile: Sendable {
  fileprivate let descriptor: Int32
  private let path: String
  /// Its size when it was opened.
  let byteCount: Int

  /// Opens a file; what is no regular file is an error.
  init(_ path: String) throws(VaultError) {
    self.path = path
    // Not blocking, so that a named pipe cannot hang us before we see what it is.
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
      byteCount = 0
      throw VaultDisk.failure(.read, path)
    }
    byteCount = status.st_size
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .system(SystemFailure(.read, path, code: isFolder ? EISDIR : ENODEV))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills a span from an offset on; false where the file ends before it is full.
  func read(_ offset: Int, into target: inout MutableSpan<UInt8>) throws(VaultError) -> Bool {
    var code: Int32 = 0
    // `pread` fills at most what is left of the span.
    let filled = unsafe target.withUnsafeMutableBytes { buffer in
      var filled = 0
      while filled < buffer.count {
        let step = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled,
          offset + filled)
        if step < 0, errno == EINTR { continue }
        if step < 0 { code = errno }
        guard step > 0 else { break }
        filled += step
      }
      return filled
    }
    guard code == 0 else { throw .system(SystemFailure(.read, path, code: code)) }
    return filled == target.count
  }

  /// The bytes of a range; fewer where the file ends.
  func read(_ offset: Int, _ count: Int) throws(VaultError) -> [UInt8] {
    var code: Int32 = 0
    // `pread` fills at most the buffer that the array has for it.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let step = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + filled }, count - filled, offset + filled
        )
        if step < 0, errno == EINTR { continue }
        if step < 0 { code = errno }
        guard step > 0 else { break }
        filled += step
      }
    }
    guard code == 0 else { throw .system(SystemFailure(.read, path, code: code)) }
    return bytes
  }
}

/// An exclusive lock on a file, held until it is let go; the kernel lets it go with the process.
final class VaultLock {
  private let file: Int32
  /// A tenth of a second in all.
  private static let tries = 25

  /// Takes the lock within a tenth of a second or fails with `busy`.
  init(_ path: String, vault: String) throws(VaultError) {
    // As in `VaultDisk`: the path is read during the call.
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else {
      throw .system(SystemFailure(.lock, path, code: errno))
    }
    var tries = 0
    while flock(opened, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      // A process that we start holds copies of our descriptors until it runs its program.
      if code == EWOULDBLOCK, tries < Self.tries {
        tries += 1
        usleep(4_000)
        continue
      }
      close(opened)
      throw code == EWOULDBLOCK
        ? .busy(vault) : .system(SystemFailure(.lock, path, code: code))
    }
    file = opened
  }

  deinit { close(file) }
}
