// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ReviewSession

/// The options of every command that opens the review screen.
struct ReviewOptions: ParsableArguments {
  @OptionGroup var screen: ScreenOptions

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

  @Flag(help: "Speak in plain lines, for screen readers and braille: no picture, no redraw.")
  var plain = false

  func validate() throws {
    if plain, mouse { throw ValidationError("Plain lines take no mouse: leave --mouse out.") }
  }

  /// The file that they name.
  var places: CommandPlaces { CommandPlaces(inputs: [screen.theme, keymap].compactMap(\.self)) }

  /// The session that they ask for.
  ///
  /// Files of one's own are read before `open`, which may ask for a passphrase.
  func settings(
    autoplaySeconds: Int? = nil, _ open: () throws(SessionError) -> VaultEntry
  ) throws(SessionError) -> SessionSettings {
    let (theme, keymap) = (try ThemeChoice(screen.theme), try KeymapChoice(keymap))
    var settings = SessionSettings(
      entry: try open(), theme: theme, keymap: keymap, language: screen.spoken, picture: picture,
      maxBytesPerSecond: maxRate?.bytesPerSecond, autoplaySeconds: autoplaySeconds)
    settings.hasMouse = mouse
    settings.isPlain = plain
    return settings
  }
}

extension PictureChoice: ExpressibleByArgument {
  /// The words that shells complete.
  public static var allValueStrings: [String] { words }
}
