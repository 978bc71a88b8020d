// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// What `/proc/PID/stat` says of a process.
struct ProcessFacts: Hashable {
  let name: [UInt8]
  let parent: Int32
  let session: Int32
  /// Its controlling pseudo-terminal; nil where it has none.
  let terminal: UInt32?

  /// Reads the file's text; the name in brackets may hold anything, brackets too.
  init?(stat text: [UInt8]) {
    guard let open = text.firstIndex(of: UInt8(ascii: "(")),
      let close = text.lastIndex(of: UInt8(ascii: ")")), open < close
    else { return nil }
    let fields = text[(close + 1)...].split(separator: UInt8(ascii: " "))
    // From here the fields are: state, ppid, pgrp, session, tty_nr, and more.
    guard fields.count >= 5, let parent = Self.number(fields[1]),
      let session = Self.number(fields[3]), let terminal = Self.number(fields[4])
    else { return nil }
    name = Array(text[(open + 1)..<close])
    self.parent = Int32(clamping: parent)
    self.session = Int32(clamping: session)
    self.terminal = TerminalDevice(statField: terminal).pseudoIndex
  }

  static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    Int64(String(decoding: digits, as: UTF8.self))
  }
}

/// One process's part of `/proc`, which may go at any moment.
struct ProcessFolder {
  let process: Int32

  private func path(_ name: String) -> String { "/proc/\(process)/\(name)" }

  var facts: ProcessFacts? {
    guard let text = Self.read(path("stat"), most: 1024) else { return nil }
    return ProcessFacts(stat: text)
  }

  /// What a process's descriptors lead to, as far as it matters here.
  struct Descriptors {
    /// Other ends of pseudo-terminals.
    var masters: [Int32] = []
    var readsScreen = false
    var isReadable = true
    /// Whether all of them were seen before the time was over.
    var isComplete = true
  }

  /// Looks at its descriptors until `isOver`, which is asked now and then.
  ///
  /// Unsafe uses: each entry's name is read before the next is asked for; `readlinkat` fills at most
  /// the room it is given, and no more of it is read.
  func descriptors(until isOver: () -> Bool) -> Descriptors {
    var found = Descriptors()
    guard let folder = unsafe opendir(path("fd")) else {
      found.isReadable = errno == ENOENT
      return found
    }
    defer { unsafe closedir(folder) }
    let number = unsafe dirfd(folder)
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.room) { room in
      guard let start = room.baseAddress else { return }
      var seen = 0
      while let entry = unsafe readdir(folder) {
        seen += 1
        if seen & 0x7F == 0, isOver() {
          found.isComplete = false
          return
        }
        let name = unsafe UnsafeRawPointer(entry)
          .advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self)
        let count = unsafe readlinkat(number, name, start, Self.room)
        guard count >= 4 else { continue }
        if unsafe memcmp(start + (count - 4), "ptmx", 4) == 0 {
          found.masters.append(unsafe atoi(name))
        } else if count >= 8, unsafe memcmp(start, "/dev/vcs", 8) == 0 {
          found.readsScreen = true
        }
      }
    }
    return found
  }

  /// Longer targets are no terminals.
  private static let room = 64
  private static let nameOffset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19

  /// The pseudo-terminal whose other end a descriptor is; nil where it is none.
  func heldTerminal(_ descriptor: Int32) -> UInt32? {
    guard let text = Self.read(path("fdinfo/\(descriptor)"), most: 4096) else { return nil }
    let key = Array("tty-index:".utf8)
    for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: key) {
      let digits = line.dropFirst(key.count).filter { $0 != 0x20 && $0 != 0x09 }
      return UInt32(String(decoding: digits, as: UTF8.self))
    }
    return nil
  }

  /// A number of `/proc/PID/status`, the first of its line.
  func status(_ key: String) -> Int64? {
    guard let text = Self.read(path("status"), most: 4096) else { return nil }
    let key = Array((key + ":").utf8)
    for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: key) {
      let words = line.dropFirst(key.count).split { $0 == 0x20 || $0 == 0x09 }
      return words.first.flatMap { ProcessFacts.number($0) }
    }
    return nil
  }

  var isTraced: Bool { (status("TracerPid") ?? 0) != 0 }

  /// The command line's first 512 bytes; its words end with zeros.
  var commandLine: [UInt8] { Self.read(path("cmdline"), most: 512) ?? [] }

  /// Its program: the path, whether that leads to the very file, and whether the file is root's.
  ///
  /// Unsafe uses: `stat` fills the structures it is given.
  var program: (path: [UInt8], isFileAtPath: Bool, isFileRoots: Bool) {
    let link = path("exe")
    guard let path = Self.link(link) else { return ([], false, false) }
    var running = stat()
    var there = stat()
    guard path.count < TerminalParty.pathLimit, unsafe stat(link, &running) == 0 else {
      return (path, false, false)
    }
    let isRoots = running.st_uid == 0 && running.st_mode & 0o022 == 0
    let text = path.map { CChar(bitPattern: $0) } + [0]
    let isThere =
      unsafe stat(text, &there) == 0 && there.st_dev == running.st_dev
      && there.st_ino == running.st_ino
    return (path, isThere, isRoots)
  }

  // MARK: - Reading

  /// Unsafe use: `read` fills at most the buffer's own count.
  static func read(_ path: String, most: Int) -> [UInt8]? {
    let number = unsafe cl_open_to_read(path)
    guard number >= 0 else { return nil }
    defer { close(number) }
    var buffer = [UInt8](repeating: 0, count: most)
    var count = 0
    while count < most {
      let room = most - count
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress?.advanced(by: count), room)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    return Array(buffer[..<count])
  }

  /// Unsafe use: `readlinkat` fills at most the buffer's own count.
  private static func link(_ path: String) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: TerminalParty.pathLimit)
    let count = unsafe readlinkat(AT_FDCWD, path, &buffer, buffer.count)
    return count > 0 ? buffer[..<count].map { UInt8(bitPattern: $0) } : nil
  }

  /// The numbers of all processes; nil where they cannot be listed.
  ///
  /// Unsafe uses: each entry's name is read before the next is asked for.
  static func all() -> [Int32]? {
    guard let folder = unsafe opendir("/proc") else { return nil }
    defer { unsafe closedir(folder) }
    var processes: [Int32] = []
    while let entry = unsafe readdir(folder) {
      let number = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe atoi($0) }
      }
      if number > 0 { processes.append(number) }
    }
    return processes
  }
}
