// SPDX-License-Identifier: Apache-2.0

// Coordinates. A *pixel* is a picture's sample, row 0 at the top. A *cell* is one character place of
// the terminal, row 0 at the top, column 0 at the left. A half-block cell shows 1 × 2 pixels.

/// Width and height in pixels; both are positive wherever a picture exists.
package struct PixelSize: Hashable, Sendable, Codable {
  package var width: Int
  package var height: Int

  /// Makes a size in pixels.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The number of pixels.
  package var area: Int { width * height }
}

/// Columns and rows of the terminal, in cells.
package struct CellSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  /// Makes a size in cells.
  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A rectangle of cells; it may be empty, never negative.
package struct CellRect: Hashable, Sendable {
  package var column: Int
  package var row: Int
  package var size: CellSize

  /// Makes a rectangle from its top left cell and size.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    size = CellSize(columns: max(0, columns), rows: max(0, rows))
  }

  /// Whether it holds no cell.
  package var isEmpty: Bool { size.columns == 0 || size.rows == 0 }
}

/// A positive ratio of two whole numbers: a pixel aspect (width : height), or frames a second.
package struct Ratio: Hashable, Sendable, Codable {
  package var numerator: Int
  package var denominator: Int

  /// One to one.
  package static let one = Ratio(1, 1)

  /// Makes a ratio; both numbers are positive.
  package init(_ numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The quotient.
  package var value: Double { Double(numerator) / Double(denominator) }
}
