// SPDX-License-Identifier: Apache-2.0

/// Makes text from files harmless to show: one cell a character, no control, no reordering.
package enum DisplayText {
  /// Stands where a character was that cannot be shown safely.
  package static let replacement: Unicode.Scalar = "\u{00B7}"

  /// The scalars to show, each one cell wide; what is not surely so becomes `replacement`, and
  /// what has no width of its own is left out.
  package static func scalars(_ text: String) -> [Unicode.Scalar] {
    scalars(text, atMost: .max)
  }

  /// The same as a string, cut to `limit` characters with an ellipsis where it was longer.
  package static func line(_ text: String, limit: Int) -> String {
    let scalars = scalars(text, atMost: limit == .max ? .max : max(0, limit) + 1)
    guard scalars.count > limit else { return String(String.UnicodeScalarView(scalars)) }
    return String(String.UnicodeScalarView(scalars.prefix(max(0, limit - 1)))) + "…"
  }

  /// A sentence for standard output or error, where no grid of cells is at stake: letters two cells
  /// wide stay, line breaks too where `keepsLines` says so, and what would be left out elsewhere is
  /// replaced, so that nothing hides in it.
  package static func sentence(_ text: String, keepsLines: Bool) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBreak = keepsLines && scalar == "\n"
      let isSafe = isBreak || isOneCell(scalar.value) || isTwoCells(scalar.value)
      shown.append(isSafe ? scalar : replacement)
    }
    return String(shown)
  }

  /// Whether every terminal in use shows this scalar as one cell that depends on nothing around it:
  /// Latin with its signs, Greek, Cyrillic, punctuation, currencies, arrows, boxes and blocks.
  package static func isOneCell(_ value: UInt32) -> Bool {
    switch value {
    case 0x20...0x7E: true
    case 0x2500...0x25FC: true
    case 0xA1...0xAC, 0xAE...0x2FF, 0x1E00...0x1EFF: true
    case 0x370...0x377, 0x37A...0x37F, 0x384...0x38A, 0x38C, 0x38E...0x3A1, 0x3A3...0x482: true
    case 0x48A...0x52F: true
    case 0x2010...0x2015, 0x2018...0x2027, 0x2030...0x205E: true
    case 0x20A0...0x20C0, 0x2190...0x21FF, 0x2600...0x2604: true
    default: false
    }
  }

  /// Whether it is a character that only pictures are made of: braille, sextants, octants.
  ///
  /// Not every terminal shows them, so no text holds them.
  package static func isPicturePart(_ value: UInt32) -> Bool {
    switch value {
    case 0x2800...0x28FF, 0x1FB00...0x1FB3B, 0x1CD00...0x1CDE5: true
    case 0x1CEA0, 0x1CEA3, 0x1CEA8, 0x1CEAB, 0x1FB82, 0x1FB85, 0x1FBE6, 0x1FBE7: true
    default: false
    }
  }

  /// Whether it is a letter or sign of Chinese, Japanese or Korean that takes two cells and depends
  /// on nothing around it.
  package static func isTwoCells(_ value: UInt32) -> Bool {
    switch value {
    case 0x3001...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x3105...0x312F: true
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60: true
    default: false
    }
  }

  /// Stops once there are `limit`, so that an endless text costs no more than a long one.
  private static func scalars(_ text: String, atMost limit: Int) -> [Unicode.Scalar] {
    var shown: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if shown.count >= limit { break }
      if isOneCell(scalar.value) {
        shown.append(scalar)
      } else if !isInvisible(scalar) {
        shown.append(replacement)
      }
    }
    return shown
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0xAD { return false }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }
}
