// SPDX-License-Identifier: Apache-2.0

/// A way to draw the picture on a terminal, as `--picture` and the view menu name it.
package enum PictureKind: String, CaseIterable, Hashable, Sendable {
  /// Pixels, by DEC's sixel pictures.
  case sixel
  /// Pixels, by kitty's graphics protocol.
  case kitty
  /// 2 × 4 blocks a cell (Unicode 16).
  case octant
  /// 2 × 3 blocks a cell (Unicode 13).
  case sextant
  /// 2 × 2 blocks a cell, and the eighths that most fonts have.
  case quadrant
  /// Two pixels a cell, in as many colours as the terminal has.
  case half
  /// Two pixels a cell in xterm's fixed 256 colours.
  case half256
  /// Two pixels a cell in the 16 named colours.
  case half16
  /// 2 × 4 dots a cell.
  case braille
  /// Letters by their shape, coloured.
  case letters
  /// Letters by their shape, without colour.
  case ascii
  /// What the Linux console's fonts hold, in its 16 colours.
  case console

  /// Whether it draws pixels and not characters.
  package var isGraphics: Bool { self == .sixel || self == .kitty }
}
