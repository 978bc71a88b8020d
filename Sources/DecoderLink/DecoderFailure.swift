// SPDX-License-Identifier: Apache-2.0

package import Lockdown
package import Vocabulary

/// How a process ended.
package enum ProcessEnd: Hashable, Sendable {
  /// It exited with this code; 0 is success.
  case exited(code: Int32)
  /// This signal ended it.
  case signalled(Int32)
}

/// Why a decoder gives nothing more; the clip counts as unreadable, the session goes on.
package enum DecoderFailure: Error, Hashable, Sendable {
  /// The clip is not one that can be played.
  case clip(ClipError)
  /// The decoder process ended by itself.
  case crashed(ProcessEnd)
  /// It owed an answer and was silent for two seconds.
  case hung
  /// It sent what an honest decoder never sends.
  case lied(LinkViolation)
  /// It could not be started; an errno value.
  case notStarted(code: Int32)
  /// The process that starts decoders is gone.
  case hostGone

  /// What happened, as the part of a sentence that follows the clip's name.
  package var sentence: String {
    switch self {
    case .clip(let refusal): refusal.sentence
    case .crashed(.signalled(let signal)):
      "cannot be played: the decoder crashed (signal \(signal))"
    case .crashed(.exited(let code)): "cannot be played: the decoder gave up (code \(code))"
    case .hung: "cannot be played: the decoder did not answer for 2 seconds"
    case .lied(let violation): "cannot be played: the decoder \(violation.sentence)"
    case .notStarted(let code):
      "cannot be played: \(SystemError(call: "no decoder could be started", code: code).sentence)"
    case .hostGone: "cannot be played: the decoder process is gone"
    }
  }
}

/// Why the link to the decoders could not be made or used.
package enum LinkError: Error, Hashable, Sendable {
  /// The decoder program cannot be started.
  case cannotStart(SystemError)
  /// The kernel refused what a new decoder needs.
  case system(SystemError)
  /// Memory for a clip's pictures could not be had.
  case memory(MemoryError)
  /// The process that starts decoders is gone.
  case hostGone

  /// What happened, as the part of a sentence that follows "the decoder".
  package var sentence: String {
    switch self {
    case .cannotStart(let error): "cannot be started (\(error.sentence))"
    case .system(let error): "cannot be given what it needs (\(error.sentence))"
    case .memory(let error): "cannot be given memory (\(error.sentence))"
    case .hostGone: "is gone"
    }
  }
}
