// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import Lockdown
import ReviewSession
import Vocabulary

/// Opens the lead's and the auditor's screen over a vault.
struct DeskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk", abstract: "Decide on disputed and flagged clips; read the log.",
    discussion: """
      Needs the role lead or auditor, and shows what these may see, never a picture. Leads: verdicts \
      that differ, side by side; flagged clips; the team's totals. Auditors: the audit log. Both: \
      receipts of erasures.
      """)

  @Argument(help: "The vault's folder.")
  var directory: String

  @OptionGroup var screen: ScreenOptions

  @OptionGroup var person: PersonOptions

  func run() throws {
    let language = screen.spoken
    try Leaving.demandTerminal(.deskNeedsTerminal, in: language)
    try Leaving.onError(in: language) { () throws(SessionError) in
      let entrance = person.entrance(directory, language)
      let helper = try ErasureHelper(entrance)
      let locked = try entrance.lock(
        for: .desk, with: CommandPlaces(inputs: [screen.theme].compactMap(\.self)))
      let colours = try ThemeChoice(screen.theme).initial
      try DeskSession.run(
        DeskSettings(
          entry: try entrance.open(for: .desk, locked), theme: colours, language: language),
        beside: helper)
    }
  }
}
