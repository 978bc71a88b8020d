// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where bytes for the terminal go, without ever waiting for it.
///
/// `/dev/tty`, opened again, has flags of its own: that it does not block is no matter of the shell's.
/// Where standard output is another terminal than that, it is written to in small pieces while it says
/// that it has room.
///
/// Unsafe uses: pointers into an array that live across one system call.
struct OutputDescriptor {
  /// What is polled and written to.
  let number: Int32
  private let isOwn: Bool
  /// A terminal that says it has room takes so many bytes at least.
  private static let smallPiece = 256

  /// Opens the terminal behind standard output.
  init() {
    let own =
      tcgetsid(TerminalDevice.output) > 0
      ? unsafe open("/dev/tty", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1
    isOwn = own >= 0
    number = isOwn ? own : TerminalDevice.output
  }

  /// Writes what the terminal takes at present of the bytes from `start` on; how many it took, 0 for
  /// none.
  func write(_ bytes: [UInt8], from start: Int) throws(TerminalError) -> Int {
    var length = bytes.count - start
    guard start >= 0, length > 0 else { return 0 }
    if !isOwn {
      guard TerminalDevice.waits(for: POLLOUT, on: number, milliseconds: 0) else { return 0 }
      length = min(length, Self.smallPiece)
    }
    while true {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(number, buffer.baseAddress.map { unsafe $0 + start }, length)
      }
      if written >= 0 { return written }
      if errno == EAGAIN { return 0 }
      if errno != EINTR { throw .lost(errno: errno) }
    }
  }

  /// Writes all bytes while the terminal takes them, for so long at most; whether all are out.
  func write(_ bytes: [UInt8], untilMilliseconds end: Int64) throws(TerminalError) -> Bool {
    var done = 0
    while done < bytes.count {
      let written = try write(bytes, from: done)
      done += written
      guard written == 0 else { continue }
      let left = end - TerminalProbe.now()
      guard left > 0 else { return false }
      _ = TerminalDevice.waits(for: POLLOUT, on: number, milliseconds: Int32(clamping: left))
    }
    return true
  }

  /// Throws away what the terminal was given and has not read.
  func discard() { tcflush(number, TCOFLUSH) }

  /// Gives the descriptor back to the system.
  func close() {
    if isOwn { _ = Glibc.close(number) }
  }
}
