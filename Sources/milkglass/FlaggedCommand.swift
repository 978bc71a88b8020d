// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Decides on flagged clips.
struct FlaggedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flagged", abstract: "List flagged clips, and give some back.",
    discussion: """
      A flagged clip is shut for everyone and erased after flagged_hours, unless a lead who did \
      not flag it restores it, holds it (milkglass hold) or erases it sooner (milkglass erase).
      """, subcommands: [List.self, Restore.self])

  /// Lists them.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List flagged clips: where, when, who, motion; no picture.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let lines = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .flaggedList).flaggedLines()
      }
      for line in lines { Leaving.tell(line) }
    }
  }

  /// Gives a clip back.
  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Give a flagged or held clip back; it shows at strict.")

    @Option(help: "The clip's id.")
    var clip: ClipID

    @OptionGroup var options: VaultOptions

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .flaggedRestore).restore(clip)
      }
      Leaving.tell("Clip \(clip.short) is due again, at strict.")
    }
  }
}
