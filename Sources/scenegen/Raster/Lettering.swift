// SPDX-License-Identifier: Apache-2.0

/// The camera's own lettering: a 5 × 7 bitmap face, burnt into the picture.
enum Lettering {
  /// Each glyph's rows from the top, five bits each, the leftmost highest.
  private static let glyphs: [Character: [UInt8]] = [
    "0": [14, 17, 19, 21, 25, 17, 14], "1": [4, 12, 4, 4, 4, 4, 14],
    "2": [14, 17, 1, 6, 8, 16, 31], "3": [31, 2, 4, 2, 1, 17, 14],
    "4": [2, 6, 10, 18, 31, 2, 2], "5": [31, 16, 30, 1, 1, 17, 14],
    "6": [6, 8, 16, 30, 17, 17, 14], "7": [31, 1, 2, 4, 8, 8, 8],
    "8": [14, 17, 17, 14, 17, 17, 14], "9": [14, 17, 17, 15, 1, 2, 12],
    "A": [14, 17, 17, 31, 17, 17, 17], "B": [30, 17, 17, 30, 17, 17, 30],
    "C": [14, 17, 16, 16, 16, 17, 14], "D": [28, 18, 17, 17, 17, 18, 28],
    "E": [31, 16, 16, 30, 16, 16, 31], "F": [31, 16, 16, 30, 16, 16, 16],
    "G": [14, 17, 16, 23, 17, 17, 15], "H": [17, 17, 17, 31, 17, 17, 17],
    "I": [14, 4, 4, 4, 4, 4, 14], "J": [7, 2, 2, 2, 2, 18, 12],
    "K": [17, 18, 20, 24, 20, 18, 17], "L": [16, 16, 16, 16, 16, 16, 31],
    "M": [17, 27, 21, 21, 17, 17, 17], "N": [17, 25, 21, 19, 17, 17, 17],
    "O": [14, 17, 17, 17, 17, 17, 14], "P": [30, 17, 17, 30, 16, 16, 16],
    "Q": [14, 17, 17, 17, 21, 18, 13], "R": [30, 17, 17, 30, 20, 18, 17],
    "S": [15, 16, 16, 14, 1, 1, 30], "T": [31, 4, 4, 4, 4, 4, 4],
    "U": [17, 17, 17, 17, 17, 17, 14], "V": [17, 17, 17, 17, 17, 10, 4],
    "W": [17, 17, 17, 21, 21, 21, 10], "X": [17, 17, 10, 4, 10, 17, 17],
    "Y": [17, 17, 17, 10, 4, 4, 4], "Z": [31, 1, 2, 4, 8, 16, 31],
    "-": [0, 0, 0, 31, 0, 0, 0], ":": [0, 12, 12, 0, 12, 12, 0], ".": [0, 0, 0, 0, 0, 12, 12],
  ]

  /// The width of a line in pixels at a dot size.
  static func width(_ text: String, dot: Float) -> Float { Float(text.count * 6 - 1) * dot }

  /// Draws a line in white with a dark edge, on a shaded plate or not; characters without a glyph leave a gap.
  static func draw(
    _ text: String, at origin: Point, dot: Float, hasPlate: Bool = true, on canvas: inout Canvas
  ) {
    let margin = Point(repeating: dot * 2)
    let plate = Point(width(text, dot: dot), 7 * dot) + margin * 2
    if hasPlate { canvas.fill(.rectangle(origin - margin, plate), Colour(0, 0, 0, 0.3)) }
    var dark = Path()
    var bright = Path()
    for (index, character) in text.uppercased().enumerated() {
      for (row, bits) in (glyphs[character] ?? []).enumerated() {
        for column in 0..<5 where bits >> (4 - column) & 1 == 1 {
          let place = origin + Point(Float(index * 6 + column), Float(row)) * dot
          let edge = Point(repeating: max(1, dot * 0.5))
          bright.add(.rectangle(place, Point(repeating: dot)))
          dark.add(.rectangle(place - edge, Point(repeating: dot) + edge * 2))
        }
      }
    }
    canvas.fill(dark, Colour(0, 0, 0, 0.6))
    // Brighter than white, because the corners' shading dims it with the rest.
    canvas.fill(bright, Colour(4, 4, 4, 0.96))
  }
}
