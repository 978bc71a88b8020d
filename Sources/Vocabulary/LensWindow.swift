// SPDX-License-Identifier: Apache-2.0

/// The part of a picture that a lens clears: a third across and down, placed in ninths.
package struct LensWindow: Hashable, Sendable {
  /// Ninths from the left and from the top; 0 to 6.
  package private(set) var column: Int
  package private(set) var row: Int

  /// The last place of its left and upper edge.
  package static let last = 6

  /// Makes a window; a place outside is moved in.
  package init(column: Int, row: Int) {
    self.column = min(max(0, column), Self.last)
    self.row = min(max(0, row), Self.last)
  }

  /// In the middle.
  package static let centre = LensWindow(column: 3, row: 3)

  /// Moves by ninths of the picture and stops at its edges.
  package mutating func move(right: Int, down: Int) {
    self = LensWindow(column: column + right, row: row + down)
  }

  /// The pixels that it covers of a picture of that size, which has at least one pixel: at least one
  /// of them, counted from the upper left.
  package func pixels(of size: PixelSize) -> (columns: Range<Int>, rows: Range<Int>) {
    (Self.span(column, size.width), Self.span(row, size.height))
  }

  /// The size of that part.
  package func size(of picture: PixelSize) -> PixelSize {
    let (columns, rows) = pixels(of: picture)
    return PixelSize(width: columns.count, height: rows.count)
  }

  private static func span(_ ninths: Int, _ length: Int) -> Range<Int> {
    let length = max(1, length)
    let start = min(ninths * length / 9, length - 1)
    return start..<min(length, max(start + 1, (ninths + 3) * length / 9))
  }
}
