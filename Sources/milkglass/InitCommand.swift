// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import Foundation
import ReviewSession

/// Makes a new vault.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a new vault.",
    discussion: """
      Asks what it needs where a terminal is there to ask; flags answer beforehand. Whoever \
      makes the vault is its founding lead, who alone enrols people, and types a passphrase twice. \
      Prints the founding lead's fingerprint, which other seats pin with `milkglass trust`. Run it \
      as the account that the vault is to belong to.
      """)

  @Argument(help: "The new vault's folder.", completion: .directory)
  var directory: String

  @Option(help: "How many clips a reviewer is to finish a day.")
  var dailyGoal: Int?

  @Option(help: "Whether the keys 0 and 1 commit at once where nothing is left open: yes or no.")
  var quickLevels: YesOrNo?

  @Option(name: [.customLong("as")], help: "Your name or pseudonym (default: the login name).")
  var founder: String?

  @Flag(help: "Nobody here has a passphrase: to try things out; every screen says so.")
  var noPassphrases = false

  @Option(help: "Read your new passphrase from this descriptor instead of the terminal.")
  var passphraseFd: Int?

  @Option(
    help: "The state folder, which gets the vault's keys (default: ~/.local/state/milkglass).")
  var state: String?

  enum YesOrNo: String, ExpressibleByArgument, CaseIterable { case yes, no }

  func validate() throws {
    if let dailyGoal, !(1...10_000).contains(dailyGoal) {
      throw ValidationError("--daily-goal takes 1 to 10000 clips.")
    }
    guard !noPassphrases || passphraseFd == nil else {
      throw ValidationError("Give either --no-passphrases or --passphrase-fd.")
    }
  }

  func run() throws {
    let entrance = Entrance(path: directory, stateRoot: state, name: founder, seat: "")
    try Leaving.onError { () throws(SessionError) in try entrance.refuseOccupied() }
    let standard = Policy()
    let goal = try dailyGoal ?? askDailyGoal(standard.dailyGoal)
    let quick = try quickLevels ?? askQuickLevels()
    let vault = try Leaving.onError { () throws(SessionError) in
      var policy = Policy(dailyGoal: goal, quickLevels: quick == .yes)
      if noPassphrases { policy.openForDemonstration() }
      return try entrance.makeVault(policy: policy, passphraseDescriptor: passphraseFd)
    }
    let options = "--vault \(directory) --as \(vault.people.founderName)"
    Leaving.tell(
      """
      The vault \(directory) is made; \(vault.people.founderName) is its founding lead.
      Its fingerprint is \(vault.fingerprint): write it down, other seats ask for it.
      Clips open with a person's passphrase and the keys in this folder, which is not in the vault:
        \(vault.state.folder)
      Without either, nothing opens them. There is no other way in.
      Next: milkglass person add NAME --role reviewer \(options)
            milkglass ingest --staff-test --nobody CLIP… \(options)
            milkglass doctor --vault \(directory)
      """)
  }

  private func askDailyGoal(_ standard: Int) throws -> Int {
    try ask("How many clips is a reviewer to finish a day? [\(standard)] ", standard) { text in
      Int(text).flatMap { (1...10_000).contains($0) ? $0 : nil }
    }
  }

  private func askQuickLevels() throws -> YesOrNo {
    try ask("May 0 and 1 commit a clip at once where no prediction is left open? [no] ", .no) {
      text in YesOrNo.allCases.first { $0.rawValue.hasPrefix(text.lowercased()) }
    }
  }

  /// One question; an empty answer, or no terminal to ask at, takes the standard.
  private func ask<Value>(
    _ question: String, _ standard: Value, _ read: (String) -> Value?
  ) throws -> Value {
    guard Leaving.hasTerminal else { return standard }
    while true {
      FileHandle.standardOutput.write(Data(question.utf8))
      guard let line = readLine() else { throw ExitCode(64) }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if answer.isEmpty { return standard }
      if let value = read(answer) { return value }
      Leaving.tell("That is no answer to this question.")
    }
  }
}
