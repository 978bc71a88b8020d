// SPDX-License-Identifier: Apache-2.0

/// Why there is no screen, or no longer one.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// `TERM` is unset or names a terminal that terminfo does not know.
  case unknownTerminal(String)
  /// The terminal that `TERM` names cannot place its cursor (`dumb`).
  case cannotMoveCursor(String)
  /// The terminal that `TERM` names wants sequences that Milkglass does not send.
  case strangeTerminal(String)
  /// Something outside the grammar was about to be sent; it was not.
  case outsideGrammar(OutputGrammar.Offence)
  /// A system call on the terminal failed with this `errno`; it was most likely closed.
  case lost(errno: Int32)

  /// One sentence for a person, with what to do about it.
  package var sentence: String {
    switch self {
    case .notATerminal:
      "This needs a terminal: standard input and output must both be one."
    case .unknownTerminal(""):
      "TERM is not set; set it to your terminal's name, for example xterm-256color."
    case .unknownTerminal(let name):
      "The terminal \u{201C}\(name)\u{201D} is unknown here; try TERM=xterm-256color."
    case .cannotMoveCursor(let name):
      "The terminal \u{201C}\(name)\u{201D} cannot place its cursor; try TERM=xterm-256color."
    case .strangeTerminal(let name):
      "The terminal \u{201C}\(name)\u{201D} needs control sequences that are never sent here; try "
        + "TERM=xterm-256color."
    case .outsideGrammar(let offence):
      "Something that is never sent to a terminal was about to be sent (\(offence.reason)); it was "
        + "not, and the session ends. This is a fault in Milkglass."
    case .lost(let code):
      "The terminal is gone (error \(code))."
    }
  }
}
