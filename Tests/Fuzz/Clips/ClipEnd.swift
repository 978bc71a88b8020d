// SPDX-License-Identifier: Apache-2.0

package import DecoderLink
package import Vocabulary

/// How a damaged clip ended.
package enum ClipEnd: Hashable, Sendable {
  /// It played, or was measured, to its end.
  case complete
  case refused(ClipError)
  /// A signal or an exit code of the decoder: its own cage held it.
  case crashed(ProcessEnd)
  /// It was silent for two seconds and was ended by the watchdog.
  case watchdog
  /// It worked on beyond the time that a reviewer would wait, and was let go.
  case slow
  /// What must never be: see `Failure`.
  case failed(Failure)

  /// What breaks the promise that a clip can only hurt its own decoder.
  package enum Failure: Hashable, Sendable {
    /// A system call that the decoder needs is not on its list.
    case deniedCall
    /// An honest decoder was taken for a liar.
    case lied(LinkViolation)
    /// Nothing came for more than three seconds, watchdog and all.
    case hang
    /// The decoders' host went away.
    case hostGone
    case notStarted(code: Int32)
  }

  init(_ failure: DecoderFailure) {
    self =
      switch failure {
      case .clip(let refusal): .refused(refusal)
      case .crashed(.signalled(Self.badCall)): .failed(.deniedCall)
      case .crashed(let end): .crashed(end)
      case .hung: .watchdog
      case .lied(let violation): .failed(.lied(violation))
      case .notStarted(let code): .failed(.notStarted(code: code))
      case .hostGone: .failed(.hostGone)
      }
  }

  /// SIGSYS.
  private static let badCall: Int32 = 31

  package var isFailure: Bool {
    if case .failed = self { true } else { false }
  }

  /// Whether a decoder died of it, or had to be killed.
  package var isNoteworthy: Bool {
    switch self {
    case .complete, .refused: false
    default: true
    }
  }

  /// What happened, in few words.
  package var words: String {
    switch self {
    case .complete: "complete"
    case .refused(let refusal): "refused: \(refusal)"
    case .crashed(.signalled(let signal)): "decoder died of signal \(signal)"
    case .crashed(.exited(let code)): "decoder gave up with code \(code)"
    case .watchdog: "ended by the watchdog"
    case .slow: "slow, let go"
    case .failed(.deniedCall): "FAILURE: SIGSYS, a system call that is not on the list"
    case .failed(.lied(let violation)): "FAILURE: taken for a lie (\(violation))"
    case .failed(.hang): "FAILURE: hung for more than 3 s"
    case .failed(.hostGone): "FAILURE: the decoders' host is gone"
    case .failed(.notStarted(let code)): "FAILURE: no decoder could be started (\(code))"
    }
  }
}
