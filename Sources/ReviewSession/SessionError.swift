// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Why a session could not start or go on.
package enum SessionError: Error {
  /// The system refused something small and ordinary (a pipe, a thread), in words.
  case noResources(String)
  /// The terminal cannot show the program, in words.
  case terminal(String)
  /// The store cannot be used, in words.
  case store(String, exitCode: Int32 = EX_IOERR)
  /// The vault cannot be used, in words.
  case vault(String, exitCode: Int32)
  /// The decoder program cannot be started, in words.
  case decoder(String)
  /// There is no passphrase to try, in words.
  case passphrase(String)
  /// A program that was run for it failed, and has said why.
  case told(exitCode: Int32)

  /// One sentence for the person at the keys: what, and what to do next.
  package var sentence: String {
    switch self {
    case .noResources(let what):
      "The system would not give what a session needs (\(what)); close other programs and try again."
    case .terminal(let sentence), .store(let sentence, _), .vault(let sentence, _),
      .decoder(let sentence), .passphrase(let sentence):
      sentence
    case .told: ""
    }
  }

  /// The code to leave with, after `sysexits.h`.
  package var exitCode: Int32 {
    switch self {
    case .noResources: EX_OSERR
    case .terminal: EX_UNAVAILABLE
    case .vault(_, let code), .store(_, let code), .told(let code): code
    case .decoder: EX_SOFTWARE
    case .passphrase: EX_NOPERM
    }
  }
}
