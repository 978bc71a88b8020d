// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// Opens the review screen over a vault.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Review a vault's clips.",
    discussion:
      "Needs the role reviewer. First erases what is due, as `milkglass housekeeping` does.")

  @Argument(help: "The vault's folder.")
  var directory: String

  @OptionGroup var person: PersonOptions

  @OptionGroup var options: ReviewOptions

  func run() throws {
    guard Leaving.hasTerminal else {
      throw Leaving.because(
        "review needs a terminal for keys and picture; run it in one, not through a pipe.",
        code: 69)
    }
    let summary = try Leaving.onError { () throws(SessionError) in
      let theme = try ThemeChoice.theme(options.theme)
      let entry = try person.entrance(directory).open(for: .review)
      return try ReviewSession.run(
        SessionSettings(
          entry: entry, theme: theme, picture: options.picture, autoplaySeconds: nil))
    }
    try Leaving.sum(up: summary)
  }
}
