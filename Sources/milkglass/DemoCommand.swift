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

  @Option(help: "Where the demo lives (default: the user's data folder).", completion: .directory)
  var directory: String?

  @Flag(help: "Forget the demo's labels and begin anew.")
  var fresh = false

  @Flag(help: "Make the demo's clips and vault, and leave.")
  var prepare = false

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
    let language = options.screen.spoken
    let demo = Demo(directory: directory, language: language)
    if prepare {
      if fresh {
        try Leaving.onError(in: language) { () throws(SessionError) in try demo.forget() }
      }
      return try Self.make(demo, for: name, in: language, showsBar: !options.plain)
    }
    let summary = try Leaving.onError(in: language) { () throws(SessionError) in
      try demo.prepareElsewhere(for: name, isFresh: fresh, isPlain: options.plain)
      let decoders = try Decoders()
      let entrance = demo.entrance(name, DisplayText.line(seat, limit: 20))
      let housekeeper = try Housekeeper(entrance, beside: decoders)
      let locked = try entrance.lock(for: .demo, with: options.places, decoders: decoders)
      let settings = try options.settings(autoplaySeconds: autoplay) { () throws(SessionError) in
        try entrance.open(for: .review, locked)
      }
      return Leaving.hasTerminal
        ? try ReviewSession.run(consume settings, decoders, after: housekeeper)
        : try ScriptedSession.run(
          consume settings, decoders, after: housekeeper, tell: Leaving.tell)
    }
    try Leaving.sum(up: summary)
    if Leaving.hasTerminal, autoplay == nil {
      Leaving.tell(StartWords(language)(.demoPlace, demo.vaultPath))
    }
  }

  /// Makes what is not there whole yet, and shows how far that is.
  ///
  /// Without a bar, which would be drawn again and again, only its beginnings are told.
  static func make(
    _ demo: Demo, for name: String, in language: Language, showsBar: Bool = true
  ) throws {
    try Leaving.onError(in: language) { () throws(SessionError) in
      let words = StartWords(language)
      var bar = ProgressBar { words(.demoProgress, "\($0)", "\($1)") }
      try demo.prepare(for: name, tell: Leaving.tell) {
        if showsBar { bar.show(done: $0.done, total: $0.total) }
      }
      bar.clear()
    }
  }
}
