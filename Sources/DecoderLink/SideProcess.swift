// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
package import Lockdown

/// A copy of this process that does one thing beside it, under a lock of its own.
package final class SideProcess {
  private let process: Int32
  private let answers: OwnedDescriptor
  private var answer: [UInt8]?

  /// Starts it; `work` runs in the copy alone, and what it returns is the answer.
  ///
  /// `sockets` are those that the copy has no business with. Only while this process has a single
  /// thread and no key.
  package init(closing sockets: [Int32], _ work: () -> [UInt8]) throws(SystemError) {
    let (reading, writing) = try OwnedDescriptor.pipe()
    process = try SystemError.check("fork", cl_fork())
    answers = reading
    guard process == 0 else { return }
    for socket in sockets { close(socket) }
    Self.write(work(), to: writing.number)
    // Nothing of the original's may run at the end of the copy.
    _exit(0)
  }

  deinit { _ = wait() }

  /// Waits for its end and gives its answer; empty where it had none to give.
  package func wait() -> [UInt8] {
    if let answer { return answer }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1024)
    while true {
      // `read` fills at most the array's own count.
      let count = unsafe read(answers.number, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0, bytes.count < Self.mostBytes else { break }
      bytes += part.prefix(count)
    }
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
    answer = bytes
    return bytes
  }

  /// An answer is a sentence or two.
  private static let mostBytes = 1 << 14

  /// Unsafe use: `write` reads what is left of the array.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      done += count
    }
  }
}
