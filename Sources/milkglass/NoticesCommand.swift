// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Carries withdrawals and erasures to offline seats.
struct NoticesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notices", abstract: "Carry withdrawals and erasures to offline seats.",
    subcommands: [New.self, Apply.self])

  /// Makes a list.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Write a signed, numbered list of withdrawals and erasures.",
      discussion: """
        Numbers rise by one from 1. A list without orders says that there were none up to now, so \
        that seats know they are up to date.
        """)

    @Option(help: "The list's number: one more than that of the list before.")
    var number: Int

    @Option(help: "Withdraw this clip.")
    var withdrawClip: [ClipID] = []

    @Option(help: "Withdraw everything of this pseudonym.")
    var withdrawSubject: [String] = []

    @Option(help: "Erase this clip.")
    var eraseClip: [ClipID] = []

    @Option(help: "Erase everything of this pseudonym.")
    var eraseSubject: [String] = []

    @Option(name: .shortAndLong, help: "A new file.")
    var output: String

    @OptionGroup var options: VaultOptions

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(
          for: .noticesNew, with: CommandPlaces(outputs: [output])
        ).writeNotices(
          number: number,
          orders: withdrawClip.map { .withdrawClip($0) }
            + withdrawSubject.map { .withdrawSubject($0) }
            + eraseClip.map { .eraseClip($0) } + eraseSubject.map { .eraseSubject($0) },
          to: output)
      }
      Leaving.tell("Written: \(output)")
    }
  }

  /// Applies lists.
  struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "apply", abstract: "Apply lists of notices, in order of their numbers.",
      discussion: "Needs nobody's passphrase: what counts is who signed the list.")

    @Argument(help: "The lists' files.", completion: .file())
    var lists: [String]

    @OptionGroup var options: VaultOptions

    func run() throws {
      var bar = ProgressBar(noun: "clip")
      let lines = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(
          for: .noticesApply, with: CommandPlaces(inputs: lists)
        ).applyNotices(lists) {
          bar.show(done: $0.done, total: $0.total)
        }
      }
      bar.clear()
      for line in lines { Leaving.tell(line) }
    }
  }
}
