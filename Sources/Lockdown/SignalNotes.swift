// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Signals that would end or stop the program, noted in a pipe instead until `uninstall`.
///
/// A pipe and not a flag: the signal may come to any thread, and just before the wait for keys.
/// Unsafe uses: `writer` is allocated once and never freed; the handler calls only `write`, which
/// signal-safety(7) lists, and keeps errno.
final class SignalNotes {
  private static let numbers = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT]

  /// The pipe's writing end; -1 while nothing is noted.
  nonisolated(unsafe) private static let writer = {
    let pointer = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    unsafe pointer.initialize(to: -1)
    return unsafe pointer
  }()

  private let reading: OwnedDescriptor
  private let writing: OwnedDescriptor
  private var old: [(number: Int32, action: sigaction)] = []

  /// Readable once a signal came.
  var descriptor: Int32 { reading.number }

  init() throws(SystemError) {
    (reading, writing) = try OwnedDescriptor.pipe()
    try reading.setNonBlocking()
    try writing.setNonBlocking()
    install()
  }

  /// Notes from now on; a signal that is ignored stays so.
  func install() {
    unsafe Self.writer.pointee = writing.number
    for number in Self.numbers {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = Self.note
      var before = sigaction()
      guard unsafe sigaction(number, nil, &before) == 0 else { continue }
      if Self.isIgnored(before) { continue }
      unsafe sigemptyset(&action.sa_mask)
      if unsafe sigaction(number, &action, nil) == 0 { old.append((number, before)) }
    }
  }

  /// Gives the signals back as they were.
  func uninstall() {
    for entry in old {
      var action = entry.action
      unsafe sigaction(entry.number, &action, nil)
    }
    old = []
    unsafe Self.writer.pointee = -1
  }

  /// The next signal noted; nil where none is.
  func next() -> Int32? {
    var byte: UInt8 = 0
    return unsafe read(reading.number, &byte, 1) == 1 ? Int32(byte) : nil
  }

  // SIG_IGN is the address 1, which no handler has.
  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private static let note: @convention(c) (Int32) -> Void = { number in
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = unsafe write(SignalNotes.writer.pointee, &byte, 1)
    errno = saved
  }
}
