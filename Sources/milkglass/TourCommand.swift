// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Teaches the keys by doing, on some of the demo's clips.
struct TourCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tour", abstract: "Learn the keys by doing, in three minutes.",
    discussion: """
      The real review screen on five of the demo's clips, with two lines below that ask for one act \
      after the other. Each tour begins in a new vault of its own; the demo's labels stay as they are.
      """)

  @Option(help: "Where the demo lives (default: the user's data folder).", completion: .directory)
  var directory: String?

  @Flag(help: .hidden)
  var prepare = false

  @OptionGroup var options: ReviewOptions

  func validate() throws {
    if options.plain {
      throw ValidationError("The tour teaches what the picture is for: try demo --plain.")
    }
  }

  func run() throws {
    let language = options.screen.spoken
    let tour = Demo(directory: directory, isTour: true, language: language)
    if prepare { return try DemoCommand.make(tour, for: Demo.reviewer, in: language) }
    try Leaving.demandTerminal(.tourNeedsTerminal, in: language)
    let summary = try Leaving.onError(in: language) { () throws(SessionError) in
      try tour.prepareElsewhere(for: Demo.reviewer, isFresh: false)
      let decoders = try Decoders()
      let entrance = tour.entrance(Demo.reviewer, "tour")
      let housekeeper = try Housekeeper(entrance, beside: decoders)
      let locked = try entrance.lock(for: .demo, with: options.places, decoders: decoders)
      var settings = try options.settings { () throws(SessionError) in
        try entrance.open(for: .review, locked)
      }
      settings.isTour = true
      return try ReviewSession.run(consume settings, decoders, after: housekeeper)
    }
    if let lessons = summary.lessons { Leaving.tell(lessons) }
    if !summary.lost.isEmpty { try Leaving.sum(up: summary) }
  }
}
