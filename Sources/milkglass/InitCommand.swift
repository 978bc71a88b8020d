// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import Foundation
import ReviewSession

/// Makes a new vault.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a new vault.",
    discussion: "Asks what it needs where a terminal is there to ask; flags answer beforehand.")

  @Argument(help: "The new vault's folder.")
  var directory: String

  @Option(help: "How many clips a reviewer is to finish a day.")
  var dailyGoal: Int?

  @Option(help: "Whether the keys 0 and 1 commit at once where nothing is left open: yes or no.")
  var quickLevels: YesOrNo?

  enum YesOrNo: String, ExpressibleByArgument, CaseIterable { case yes, no }

  func validate() throws {
    if let dailyGoal, !(1...10_000).contains(dailyGoal) {
      throw ValidationError("--daily-goal takes 1 to 10000 clips.")
    }
  }

  func run() throws {
    let standard = Policy()
    let goal = try dailyGoal ?? askDailyGoal(standard.dailyGoal)
    let quick = try quickLevels ?? askQuickLevels()
    do {
      _ = try Vault.initialise(
        at: directory, policy: Policy(dailyGoal: goal, quickLevels: quick == .yes))
    } catch {
      throw Leaving.because(error.sentence, code: error.exitCode)
    }
    Leaving.tell(
      """
      The vault \(directory) is made, with one staff test camera called bench.
      Next: milkglass ingest --vault \(directory) --staff-test CLIP…   to try it on clips of your own
            milkglass manifest new FOLDER                   to describe customers' clips
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
