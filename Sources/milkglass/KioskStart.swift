// SPDX-License-Identifier: Apache-2.0

import ClipVault
import Lockdown
import ReviewSession
import Vocabulary

/// Starts the review screen where nothing else may be reached.
struct KioskStart {
  private let directory: String?
  private let person: PersonOptions
  private let options: ReviewOptions

  init(_ directory: String?, _ person: PersonOptions, _ options: ReviewOptions) {
    self.directory = directory
    self.person = person
    self.options = options
  }

  /// Holds the terminal, asks who is there and reviews, once.
  func run() throws {
    let language = options.screen.spoken
    let entrance = try Leaving.onError(in: language) { () throws(SessionError) in
      try self.entrance(language)
    }
    let terminal = HeldTerminal()
    defer { terminal?.restore() }
    let summary = try Leaving.onError(in: language) { () throws(SessionError) in
      let decoders = try Decoders()
      let housekeeper = try Housekeeper(entrance, beside: decoders)
      let locked = try entrance.lock(for: .review, with: options.places, decoders: decoders)
      var settings = try options.settings { () throws(SessionError) in
        try entrance.openKiosk(locked, tell: Leaving.tell)
      }
      settings.isKiosk = true
      return try ReviewSession.run(consume settings, decoders, after: housekeeper)
    }
    try Leaving.sum(up: summary)
  }

  private func entrance(_ language: Language) throws(SessionError) -> Entrance {
    if let directory { return person.entrance(directory, language) }
    do throws(KioskFileError) {
      let settings = try KioskFile.read()
      var entrance = person.entrance(settings.vault, language)
      entrance.stateRoot = settings.state ?? entrance.stateRoot
      if let seat = settings.seat { entrance.seat = seat }
      return entrance
    } catch { throw .kiosk(error) }
  }
}
