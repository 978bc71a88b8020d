// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Shuts a clip but keeps it.
struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Keep a clip shut until a date, also past its time.",
    discussion: """
      Nobody can open a held clip. Reason and date are logged. Where its erasure was asked for, a \
      hold is refused unless the policy names the legal ground (hold_despite_erasure).
      """)

  @Option(help: "The clip's id.")
  var clip: ClipID

  @Option(help: "Why, in one word (police-request).")
  var reason: String

  @Option(help: "The last day of the hold, YYYY-MM-DD.")
  var until: DayOption

  @OptionGroup var options: VaultOptions

  func run() throws {
    try Leaving.onError { () throws(SessionError) in
      try options.entrance.open(for: .hold)
        .hold(clip, reason: reason, untilMilliseconds: until.endMilliseconds)
    }
    Leaving.tell("Clip \(clip.short) is held until \(until.text) and opens for nobody.")
  }
}

/// A day on the command line, `YYYY-MM-DD`, in UTC.
struct DayOption: ExpressibleByArgument {
  let text: String
  /// When the day is over, milliseconds since 1970.
  let endMilliseconds: Int64

  init?(argument: String) {
    guard argument.utf8.count == 10,
      let start = Timestamp.milliseconds(argument + "T00:00:00Z")
    else { return nil }
    text = argument
    endMilliseconds = start + 86_400_000
  }
}
