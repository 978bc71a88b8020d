// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Makes the demonstration's clips and vault, and opens them.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Try Milkglass on synthetic clips.",
    discussion: """
      The first time, clips are drawn, encoded and taken into a vault of their own; after that it \
      opens at once. Without a terminal the demo plays by itself in plain text. Nobody in the demo \
      has a passphrase, and every screen says so: keep nothing real in it.
      """)

  @Option(help: "Play by itself for so many seconds, commit labels and leave.")
  var autoplay: Int?

  @Option(help: "Where the demo lives (default: the user's data folder).")
  var directory: String?

  @Flag(help: "Forget the demo's labels and begin anew.")
  var fresh = false

  @Option(name: [.customLong("as"), .customLong("reviewer")], help: "Who you are.")
  var name = Demo.reviewer

  @Option(help: "What this terminal is called on screen.")
  var seat = "demo"

  @OptionGroup var options: ReviewOptions

  func validate() throws {
    if let autoplay, !(1...86_400).contains(autoplay) {
      throw ValidationError("--autoplay takes 1 to 86400 seconds.")
    }
  }

  func run() throws {
    let demo = Demo(directory: directory)
    let summary = try Leaving.onError { () throws(SessionError) in
      if fresh { try demo.forget() }
      var bar = ProgressBar(noun: "clip")
      let theme = try ThemeChoice.theme(options.theme)
      try demo.prepare(tell: Leaving.tell) { bar.show(done: $0.done, total: $0.total) }
      bar.clear()
      let settings = SessionSettings(
        entry: try demo.enter(as: name, seat: DisplayText.line(seat, limit: 20)), theme: theme,
        picture: options.picture, autoplaySeconds: autoplay)
      return Leaving.hasTerminal
        ? try ReviewSession.run(settings)
        : try PlainSession.run(settings, tell: Leaving.tell)
    }
    try Leaving.sum(up: summary)
    if Leaving.hasTerminal, autoplay == nil {
      Leaving.tell("The demo's vault is \(demo.vaultPath); --fresh begins anew.")
    }
  }
}
