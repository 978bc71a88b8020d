// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Opens the review screen over a vault.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Review a vault's clips.",
    discussion: """
      Needs the role reviewer. First erases what is due, as `milkglass housekeeping` does.

      With --kiosk it asks who is there, locks itself when nobody is at the keys, and no key leads out \
      of it but by ending the session. Without a folder it then opens what /etc/milkglass/kiosk.toml \
      names. Started as a login shell, Milkglass does just this.
      """)

  @Argument(help: "The vault's folder; only --kiosk can do without.", completion: .directory)
  var directory: String?

  @Flag(help: "Hold the terminal: ask who is there, lock when idle, leave to no shell.")
  var kiosk = false

  @OptionGroup var person: PersonOptions

  @OptionGroup var options: ReviewOptions

  func validate() throws {
    if directory == nil, !kiosk {
      throw ValidationError("Name the vault's folder: milkglass review DIRECTORY.")
    }
    if kiosk, options.mouse {
      throw ValidationError("A kiosk listens to no mouse: leave --mouse out.")
    }
  }

  func run() throws {
    let language = options.screen.spoken
    try Leaving.demandTerminal(.reviewNeedsTerminal, in: language)
    if kiosk { return try KioskStart(directory, person, options).run() }
    let summary = try Leaving.onError(in: language) { () throws(SessionError) in
      let decoders = try Decoders()
      let entrance = person.entrance(directory ?? "", language)
      let housekeeper = try Housekeeper(entrance, beside: decoders)
      let locked = try entrance.lock(for: .review, with: options.places, decoders: decoders)
      // Consumed: while the session is locked nobody may hold the reviewer's keys.
      let settings = try options.settings { () throws(SessionError) in
        try entrance.open(for: .review, locked)
      }
      return try ReviewSession.run(consume settings, decoders, after: housekeeper)
    }
    try Leaving.sum(up: summary)
  }
}
