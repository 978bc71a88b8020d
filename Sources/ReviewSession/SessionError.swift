// SPDX-License-Identifier: Apache-2.0

package import ClipVault
package import DecoderLink
internal import Glibc
package import LabelStore
package import Lockdown
package import StrictTOML
package import TerminalScreen
package import Vocabulary
internal import Words

/// Why a session, or a command, could not start or go on.
package enum SessionError: Error {
  /// The system refused something small and ordinary (a pipe, a thread).
  case noResources(SystemError)
  /// The terminal cannot show the program.
  case terminal(TerminalError)
  /// The store cannot be used.
  case store(StoreError)
  /// The vault cannot be used.
  case vault(VaultError)
  /// The decoder program cannot be started.
  case decoder(LinkError)
  /// There is no passphrase to try.
  case passphrase(PassphraseError)
  /// A theme or a keymap cannot be used.
  case ownFile(PolicyFileError)
  /// The kiosk's settings are not believed.
  case kiosk(KioskFileError)
  /// What stands in the way of this session alone, with what the phrase takes.
  case start(StartPhrase, [String] = [], exitCode: Int32)
  /// A whole sentence: of a command, which speaks English, or of a process that knew the language.
  case words(String, exitCode: Int32)
  /// A program that was run for it failed, and has said why.
  case told(exitCode: Int32)

  /// One sentence as commands say it: what, and what to do next.
  package var sentence: String {
    switch self {
    case .terminal(let error): error.sentence
    case .store(let error): error.sentence
    case .vault(let error): error.sentence
    case .passphrase(let error): error.sentence
    case .kiosk(let error): error.sentence
    case .ownFile(let error): "\(error)."
    case .noResources, .decoder, .start, .words, .told: spoken(Words.texts(.english))
    }
  }

  /// The code to leave with, after `sysexits.h`.
  package var exitCode: Int32 {
    switch self {
    case .noResources: EX_OSERR
    case .terminal: EX_UNAVAILABLE
    case .store(let error): error.exitCode
    case .vault(let error): error.exitCode
    case .decoder: EX_SOFTWARE
    case .passphrase: EX_NOPERM
    case .ownFile(let error): error.isUnreadable ? EX_NOINPUT : EX_DATAERR
    case .kiosk: EX_CONFIG
    case .start(_, _, let code), .words(_, let code), .told(let code): code
    }
  }
}
