// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// Erases what is due.
struct HousekeepingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "housekeeping", abstract: "Erase what is due; for a timer.",
    discussion: """
      Erases clips whose time is over, flagged clips that nobody decided on, and what was ordered \
      and interrupted; deletes old segments of the log; signs where the log ends. Needs nobody's \
      passphrase. `review` does the same before it begins.
      """)

  @OptionGroup var options: VaultOptions

  func run() throws {
    var bar = ProgressBar(noun: "clip")
    let report = try Leaving.onError { () throws(SessionError) in
      let entry = try options.entrance.open(for: .housekeeping)
      return try entry.keepHouse { bar.show(done: $0.done, total: $0.total) }
    }
    bar.clear()
    for line in report.lines { Leaving.tell(line) }
  }
}
