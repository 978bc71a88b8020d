// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ReviewSession

/// The options of every command that opens the review screen.
struct ReviewOptions: ParsableArguments {
  @Option(help: "A theme's name (dark, light, mono) or the path of a theme file.")
  var theme: String?

  @Option(
    help:
      "How the picture is drawn: auto, sixel, kitty, octant, sextant, quadrant, half, half256, half16, braille, letters, ascii or console."
  )
  var picture: PictureChoice = .auto

  @Option(
    help: ArgumentHelp(
      "The most bytes a second to send: 9600, 50k, 1M; without it, what the line takes.",
      valueName: "rate"))
  var maxRate: ByteRate?

  /// The file that they name.
  var places: CommandPlaces { CommandPlaces(inputs: [theme].compactMap(\.self)) }
}

extension PictureChoice: ExpressibleByArgument {
  /// The words that shells complete.
  public static var allValueStrings: [String] { words }
}
