// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A forked child and what came of it.
enum Child {
  /// How an act ended: 0, an errno value, or a signal.
  enum End: Hashable, CustomStringConvertible {
    case done
    case failed(Int32)
    case signalled(Int32)

    var description: String {
      switch self {
      case .done: "done"
      case .failed(let code): "errno \(code)"
      case .signalled(let number): "signal \(number)"
      }
    }
  }

  /// Runs the body in a child; its answer is 0 or an errno value.
  static func run(_ body: () -> Int32) -> End {
    let process = cl_fork()
    if process == 0 { _exit(body()) }
    guard process > 0 else { return .failed(-process) }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    if signal != 0 { return .signalled(signal) }
    let code = (status >> 8) & 0xFF
    return code == 0 ? .done : .failed(code)
  }
}
