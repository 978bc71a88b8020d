// SPDX-License-Identifier: Apache-2.0

/// What the Linux console shows in place of characters that its usual fonts lack.
///
/// Debian's Lat15 and Uni2, like most fonts of 256 and 512 glyphs, have no hollow circle, no quarter
/// blocks but the whole one, and a blot for what they have not; and a heavy line looks as a light one.
package enum ConsoleGlyphs {
  private static let standIns: [Unicode.Scalar: Unicode.Scalar] = [
    "○": "°", "□": "o", "▓": "█", "▯": "·", "━": "=", "▏": "│", "↔": "×", "↻": "@",
    "▁": "_", "▂": "░", "▃": "░", "▄": "▒", "▅": "▒", "▆": "█", "▇": "█",
  ]

  /// The character to show: the same one where the fonts have it.
  package static func shown(_ glyph: Unicode.Scalar) -> Unicode.Scalar {
    glyph.value < 0x2000 ? glyph : standIns[glyph] ?? glyph
  }

  /// Whether a terminal of that `TERM` is the console.
  package static func isConsole(_ term: String) -> Bool { term.hasPrefix("linux") }
}
