// SPDX-License-Identifier: Apache-2.0

/// The view menu; the names of its rows have at most eleven cells.
package enum ViewPhrase: String, PhraseKey {
  package static let table = "view"

  case heading
  case picture
  case drawing
  case zoom
  case brightness
  case contrast
  case gamma
  case plain
  case grey
  case edges
  case sixel
  case kitty
  case octant
  case sextant
  case quadrant
  case half
  case half256
  case half16
  case braille
  case letters
  case ascii
  case console
  /// Stands beside a moment of the contact sheet.
  case moves
}
