// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Lockdown
import ReviewSession
import Vocabulary

/// The options of every command that opens the review screen.
struct ReviewOptions: ParsableArguments {
  @Option(
    help:
      "A theme's name (dark, light, high-contrast, colour-blind, mono, console) or a theme file's path.",
    completion: .list(ThemeChoice.words))
  var theme: String?

  @Option(
    help:
      "A keymap's name (default, mpv-like, numpad, left-handed) or the path of a keymap file.",
    completion: .list(KeymapChoice.words)
  )
  var keymap: String?

  @Option(
    help:
      "How the picture is drawn: auto, sixel, kitty, octant, sextant, quadrant, half, half256, half16, braille, letters, ascii or console.",
    completion: .list(PictureChoice.words)
  )
  var picture: PictureChoice = .auto

  @Option(
    help: ArgumentHelp(
      "The most bytes a second to send: 9600, 50k, 1M; without it, what the line takes.",
      valueName: "rate"))
  var maxRate: ByteRate?

  @Flag(
    help: "Listen to the mouse: click a label or the time line, turn the wheel; never in a kiosk.")
  var mouse = false

  @Option(help: "What the screen speaks: en or de (default: as LC_ALL, LC_MESSAGES or LANG say).")
  var language: Language?

  /// What the screen speaks.
  var spoken: Language { language ?? Language(environment: ProgramStart.environment.values) }

  /// The file that they name.
  var places: CommandPlaces { CommandPlaces(inputs: [theme, keymap].compactMap(\.self)) }
}

extension Language: ExpressibleByArgument {}

extension PictureChoice: ExpressibleByArgument {
  /// The words that shells complete.
  public static var allValueStrings: [String] { words }
}
