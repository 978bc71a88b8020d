// SPDX-License-Identifier: Apache-2.0

/// Why a program could not be driven, or did not do what was waited for.
package enum PtyError: Error, CustomStringConvertible {
  /// A system call failed.
  case system(String, errno: Int32)
  /// The condition did not come true in time; the screen as it then was.
  case timedOut(screen: String)
  /// The program ended before the condition came true.
  case ended(ExitStatus, screen: String)

  /// What went wrong, with the screen.
  package var description: String {
    switch self {
    case .system(let call, let code): "\(call) failed with errno \(code)"
    case .timedOut(let screen): "timed out; the screen:\n\(screen)"
    case .ended(let status, let screen): "the program ended (\(status)); the screen:\n\(screen)"
    }
  }
}

/// How a program ended.
package enum ExitStatus: Hashable, Sendable {
  /// It returned this code.
  case exited(Int32)
  /// This signal ended it.
  case signalled(Int32)
}
