// SPDX-License-Identifier: Apache-2.0

/// What happens to the program at the chosen call.
package enum FaultKind: String, CaseIterable, Sendable {
  /// `SIGKILL` before the call is made.
  case killBefore = "kill-before"
  /// `SIGKILL` once the call is done.
  case killAfter = "kill-after"
  /// `SIGKILL` when half the bytes of a write are in the file.
  case killHalf = "kill-half"
  /// No room from there on: the write that meets it is done by half; later ones, new files and
  /// folders fail with `ENOSPC`. A sync or rename that meets it fails with `EDQUOT`. Files can
  /// still be removed and cut.
  case full = "full"
  /// The call fails once with `EIO`.
  case fail = "fail"

  /// Whether the program ends at once.
  package var isKill: Bool { self != .full && self != .fail }

  /// Whether this kind can happen at such a call.
  package func applies(to call: FaultCall) -> Bool {
    switch self {
    case .killBefore, .killAfter, .fail: true
    case .killHalf: call.operation == .write && call.size > 1
    case .full: call.operation != .unlink && call.operation != .truncate
    }
  }
}
