// SPDX-License-Identifier: Apache-2.0

/// Makes text from files harmless to show: one cell a character, no control, no reordering.
package enum DisplayText {
  /// The scalars to show, each one cell wide; what is not surely so becomes `replacement`, and
  /// what has no width of its own is left out.
  package static func scalars(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.compactMap { scalar in
      if isOneCell(scalar) { return scalar }
      return isInvisible(scalar) ? nil : replacement
    }
  }

  /// The same as a string, cut to `limit` characters with an ellipsis where it was longer.
  package static func line(_ text: String, limit: Int) -> String {
    let scalars = scalars(text)
    guard scalars.count > limit else { return String(String.UnicodeScalarView(scalars)) }
    return String(String.UnicodeScalarView(scalars.prefix(max(0, limit - 1)))) + "…"
  }

  /// Stands where a character was that cannot be shown safely.
  package static let replacement: Unicode.Scalar = "\u{00B7}"

  private static func isOneCell(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x377, 0x37A...0x37F, 0x384...0x482,
      0x48A...0x52F:
      return scalar.properties.generalCategory != .unassigned
    case 0x2010...0x2015, 0x2018...0x2027, 0x2030...0x205E, 0x20A0...0x20C0, 0x2190...0x21FF,
      0x2500...0x259F, 0x25A0...0x25FC, 0x2600...0x2604:
      return true
    default:
      return false
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }
}
