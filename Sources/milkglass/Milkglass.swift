// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Lockdown
import ReviewSession
import Vocabulary

/// The program's commands.
@main
struct Milkglass: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "milkglass",
    abstract: "Review home-camera clips through frosted glass; let nothing out but the label.",
    discussion: """
      New here? `milkglass tour` teaches the keys by doing, `milkglass demo` opens synthetic clips.

      A lead makes a vault with `init`, enrols people with `person add`, describes clips with \
      `manifest new`, takes them in with `ingest` and gives the labels out with `labels export`. \
      A customer's clips are shut with `consent withdraw` and removed with `erase`. A reviewer only \
      needs `review`. Verdicts that differ, flagged clips, totals and the log have a screen, `desk`. An \
      auditor needs it, `audit verify` and `audit show`. The manual \
      is milkglass(1).
      """,
    version: "0.1.0",
    subcommands: [
      DemoCommand.self, TourCommand.self, InitCommand.self, TrustCommand.self, DoctorCommand.self,
      PersonCommand.self, PolicyCommand.self, ManifestCommand.self, ConsentCommand.self,
      IngestCommand.self, ReviewCommand.self, DeskCommand.self, LabelsCommand.self,
      FlaggedCommand.self,
      HoldCommand.self, EraseCommand.self, HousekeepingCommand.self, RekeyCommand.self,
      NoticesCommand.self, AuditCommand.self, CompletionsCommand.self,
    ])

  /// Says what it is where no command is named, and offers a terminal's user what to begin with.
  func run() throws {
    let welcome = Welcome(Language(environment: ProgramStart.environment.values))
    Leaving.tell(welcome.text)
    guard Leaving.hasTerminal else { return }
    Leaving.tell("")
    guard let start = welcome.offer() else { return }
    var command = try Self.parseAsRoot([start.rawValue])
    try command.run()
  }

  /// Lets go of what the program was handed, then runs the command that its arguments name; as a login
  /// shell, the review and nothing else.
  static func main() {
    let words = CommandLine.arguments
    let login = LoginShell.start(words)
    ProgramStart.clean(
      keeping: login == nil ? ProgramStart.passphraseDescriptors(words) : [])
    if login?.ignoresCommand == true {
      let words = StartWords(Language(environment: ProgramStart.environment.values))
      Leaving.warn(words(.commandIgnored))
    }
    do {
      var command = try parseAsRoot(login?.arguments)
      try command.run()
    } catch {
      Leaving.end(Self.self, with: error)
    }
  }
}
