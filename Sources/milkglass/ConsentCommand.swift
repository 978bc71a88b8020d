// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Works on consent records.
struct ConsentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent", abstract: "Check, sign and withdraw consent.",
    subcommands: [Check.self, Sign.self, Withdraw.self])

  /// Checks records.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say of records whether a clip could open under them.")

    @Argument(help: "The records' files.", completion: .file(extensions: ["json"]))
    var records: [String]

    @OptionGroup var options: VaultOptions

    func run() throws {
      let findings = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(
          for: .consentCheck,
          with: CommandPlaces(inputs: records + records.map(ConsentFolder.signaturePath))
        ).checkConsent(records)
      }
      for line in findings.lines { Leaving.tell(line) }
      if findings.badCount > 0 { throw ExitCode(65) }
    }
  }

  /// Signs records.
  struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign", abstract: "Sign participant records of staff test clips.",
      discussion: """
        Writes ID.sig beside each record. A lead's signature counts for participant records; \
        customers' records are signed where they were given, by an intake key.
        """)

    @Argument(help: "The records' files.", completion: .file(extensions: ["json"]))
    var records: [String]

    @OptionGroup var options: VaultOptions

    func run() throws {
      let written = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(
          for: .consentSign, with: CommandPlaces(outputs: records)
        ).signConsent(records)
      }
      for path in written { Leaving.tell("Written: \(path)") }
    }
  }

  /// Closes the gate.
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "Shut clips at once, in running sessions too.",
      discussion: "To erase them as well, run milkglass erase.")

    @Option(help: "A clip's id; may be given many times.")
    var clip: [ClipID] = []

    @Option(help: "Everything of this pseudonym, also clips that would come later under it.")
    var subject: String?

    @OptionGroup var options: VaultOptions

    func validate() throws {
      guard clip.isEmpty != (subject == nil) else {
        throw ValidationError("Give either --clip or --subject.")
      }
    }

    func run() throws {
      let count = try Leaving.onError { () throws(SessionError) in
        let entry = try options.entrance.open(for: .consentWithdraw)
        return try entry.withdraw(clips: clip, subject: subject)
      }
      switch count {
      case 0:
        Leaving.tell("No clip of \(subject ?? "") is here; none comes in under an older consent.")
      case 1: Leaving.tell("1 clip withdrawn: nobody can open it any more.")
      default: Leaving.tell("\(count) clips withdrawn: nobody can open them any more.")
      }
    }
  }
}
