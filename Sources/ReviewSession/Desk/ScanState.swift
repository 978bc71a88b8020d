// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What the threads that read the log and the poll loop tell each other.
final class ScanState: Sendable {
  private let verified = Mutex<Int64>(0)
  private let wanted = Mutex<Int>(0)

  /// The number of the event up to which the log was verified.
  var progress: Int64 { verified.withLock { $0 } }

  /// Notes how far verifying has come.
  func note(_ number: Int64) { verified.withLock { $0 = number } }

  /// From now on only the answer to that question is wanted.
  func want(_ ticket: Int) { wanted.withLock { $0 = ticket } }

  /// Whether nobody waits for the answer to that question any more.
  func isOver(_ ticket: Int) -> Bool { wanted.withLock { $0 != ticket } }
}
