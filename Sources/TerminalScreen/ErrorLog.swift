// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc

/// Takes standard error away from the screen while it is up, into memory, and gives it back after.
///
/// Unsafe uses: one stack buffer across `pread` and `write`, so that a signal handler may call it.
struct ErrorLog {
  private let log: Int32
  private let original: Int32

  /// Redirects standard error; nil, and no change, where the system has no descriptor left, or
  /// where standard error is not the terminal and so harms nothing.
  init?() {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    log = nc_memory_file()
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard log >= 0, original >= 0, dup2(log, STDERR_FILENO) >= 0 else {
      _ = Glibc.close(log)
      _ = Glibc.close(original)
      return nil
    }
  }

  /// Puts standard error back and shows what was said meanwhile, each byte that is not printable
  /// ASCII as `?`: whoever said it may have quoted a file.
  ///
  /// Only calls that a signal handler may make.
  func giveBack() {
    _ = dup2(original, STDERR_FILENO)
    var offset: off_t = 0
    unsafe withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      while true {
        let count = unsafe pread(log, buffer.baseAddress, buffer.count, offset)
        for index in 0..<max(0, count) {
          let byte = unsafe buffer[index]
          if byte != 0x0A, byte < 0x20 || byte > 0x7E { unsafe buffer[index] = 0x3F }
        }
        guard count > 0, unsafe write(STDERR_FILENO, buffer.baseAddress, count) == count else {
          return
        }
        offset += off_t(count)
      }
    }
  }

  /// Gives the descriptors back to the system.
  func close() {
    _ = Glibc.close(log)
    _ = Glibc.close(original)
  }
}
