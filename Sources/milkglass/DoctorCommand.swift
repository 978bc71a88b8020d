// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// Says what is right and what is not about a seat and a vault.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say how well this seat protects a vault, and what is amiss.",
    discussion: """
      Leaves with 0 where customers' clips open at this seat, and with 78 where its grade or its \
      terminal keeps them shut.
      """)

  @OptionGroup var options: VaultOptions

  @Flag(help: "Write one JSON object instead of lines.")
  var json = false

  func run() throws {
    let report = try Leaving.onError { () throws(SessionError) in
      let terminal = try TerminalGlance.finding()
      let picture = TerminalGlance.picture()
      return try options.entrance.open(for: .doctor)
        .examine(terminal: terminal, picture: picture)
    }
    for line in json ? [report.json] : report.lines { Leaving.tell(line) }
    if report.exitCode != 0 { throw ExitCode(report.exitCode) }
  }
}
