// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ReviewSession
import Vocabulary

/// The options of every command that opens the review screen.
struct ReviewOptions: ParsableArguments {
  @Option(help: "The reviewer's name or pseudonym (default: the login name).")
  var reviewer: String?

  @Option(help: "What this terminal is called on screen (default: the host's name).")
  var seat: String?

  @Option(help: "A theme's name (dark, light, mono) or the path of a theme file.")
  var theme: String?

  @Option(help: "How the picture is drawn: auto, half, half256 or ascii.")
  var picture: PictureChoice = .auto

  /// The reviewer's name: as given, else the login name.
  func reviewerID(default fallback: String? = nil) throws -> ReviewerID {
    let environment = ProcessInfo.processInfo.environment
    let name = reviewer ?? fallback ?? environment["USER"] ?? environment["LOGNAME"] ?? "reviewer"
    guard (1...40).contains(name.count), DisplayText.line(name, limit: 80) == name else {
      throw Leaving.because(
        "A reviewer's name has 1 to 40 printable characters; choose another with --reviewer.",
        code: 64)
    }
    return ReviewerID(name)
  }

  /// The terminal's name.
  var seatName: String {
    DisplayText.line(seat ?? ProcessInfo.processInfo.hostName, limit: 20)
  }
}

extension PictureChoice: ExpressibleByArgument {}
