// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ReviewSession

/// Opens the review screen over a vault.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Review a vault's clips.")

  @Argument(help: "The vault's folder.")
  var directory: String

  @OptionGroup var options: ReviewOptions

  func run() throws {
    guard Leaving.hasTerminal else {
      throw Leaving.because(
        "review needs a terminal for keys and picture; run it in one, not through a pipe.",
        code: 69)
    }
    let reviewer = try options.reviewerID()
    let summary = try Leaving.onError { () throws(SessionError) in
      let vault = try VaultTasks.open(directory)
      return try ReviewSession.run(
        SessionSettings(
          vault: vault, reviewer: reviewer, seat: options.seatName,
          theme: try ThemeChoice.theme(options.theme), picture: options.picture,
          autoplaySeconds: nil))
    }
    try Leaving.sum(up: summary)
  }
}
