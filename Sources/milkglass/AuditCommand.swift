// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ClipVault
import ReviewSession

/// Shows and verifies the audit log.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Show and verify the log of every act.",
    subcommands: [Show.self, Verify.self, Checkpoint.self, Receipts.self])

  /// Prints events or totals.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print the log, as far as your role goes.",
      discussion: """
        Auditors see every event with pseudonyms, reviewers their own events, leads the totals of \
        the team.
        """)

    @Option(help: "Only the newest so many events.")
    var last = 100

    @Flag(help: "All events, the oldest first.")
    var all = false

    @Option(help: "Only events of this kind (open, flag, erase, …); may be given many times.")
    var kind: [String] = []

    @Option(help: "Only events of this person.")
    var actor: String?

    @OptionGroup var options: VaultOptions

    func validate() throws {
      guard last > 0 else { throw ValidationError("--last takes at least 1.") }
    }

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        let entry = try options.entrance.open(for: .auditShow)
        try entry.showAudit(
          AuditRequest(limit: all ? nil : last, kinds: kind, actor: actor), Leaving.tell)
      }
    }
  }

  /// Verifies the log.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Find the first event that was changed, or say there is none.",
      discussion: """
        Needs the store and the policy alone, nobody's passphrase. With --against also a log whose \
        end was cut off is found. Exit code 1 where something is wrong.
        """)

    @Option(help: "A checkpoint that was kept elsewhere (audit checkpoint).")
    var against: String?

    @OptionGroup var options: VaultOptions

    func run() throws {
      let verdict = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(
          for: .auditVerify, with: CommandPlaces(inputs: [against].compactMap(\.self))
        ).verifyAudit(against: against)
      }
      Leaving.tell(verdict.sentence)
      if !verdict.isGood { throw ExitCode(1) }
    }
  }

  /// Prints a checkpoint.
  struct Checkpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoint", abstract: "Sign where the log ends, to be kept elsewhere.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let note = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .auditCheckpoint).auditCheckpoint()
      }
      FileHandle.standardOutput.write(Data(Leaving.harmless(note).utf8))
    }
  }

  /// Prints the receipts.
  struct Receipts: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "receipts", abstract: "Print the receipts of erasures, each verified.",
      discussion: "Exit code 1 where one is not what the log's key signed.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let receipts = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .auditReceipts).auditReceipts()
      }
      for line in receipts.lines { Leaving.tell(line) }
      if receipts.badCount > 0 { throw ExitCode(1) }
    }
  }
}
