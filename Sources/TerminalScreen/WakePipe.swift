// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A pipe to oneself that turns signals into something a poll loop sees.
///
/// Unsafe uses: one pair of descriptors filled by `pipe`.
struct WakePipe {
  let reader: Int32
  let writer: Int32

  /// Opens the pipe; neither end ever blocks or survives an exec.
  init() throws(TerminalError) {
    var ends: (Int32, Int32) = (-1, -1)
    let result = unsafe withUnsafeMutableBytes(of: &ends) { buffer in
      unsafe pipe(buffer.bindMemory(to: Int32.self).baseAddress)
    }
    guard result == 0 else { throw .lost(errno: errno) }
    (reader, writer) = ends
    for end in [reader, writer] {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  /// The numbers of the signals noted since the last call, without waiting.
  func takeAll() -> Set<Int32> {
    guard let bytes = try? TerminalDevice.readAvailable(from: reader) else { return [] }
    return Set(bytes.map { Int32($0) })
  }

  /// Closes both ends.
  func close() {
    _ = Glibc.close(reader)
    _ = Glibc.close(writer)
  }
}
