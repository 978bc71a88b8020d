// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Brightnesses of pixels, 0 to 255.
package struct GreyImage: Sendable {
  package let size: PixelSize
  /// Row by row.
  package var values: [Float]

  /// Makes one of a single brightness.
  package init(size: PixelSize, value: Float = 0) {
    self.size = size
    values = [Float](repeating: value, count: size.area)
  }

  /// The brightness between pixels, of which the one at 0, 0 has its middle at 0.5, 0.5; `outside` beyond.
  func value(_ x: Float, _ y: Float, outside: Float) -> Float {
    let (column, row) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
    let (left, top) = (Int(column), Int(row))
    guard left >= 0, top >= 0, left + 1 < size.width, top + 1 < size.height else { return outside }
    let (right, down) = (x - 0.5 - column, y - 0.5 - row)
    let at = top * size.width + left
    let upper = values[at] * (1 - right) + values[at + 1] * right
    let lower = values[at + size.width] * (1 - right) + values[at + size.width + 1] * right
    return upper * (1 - down) + lower * down
  }

  /// A part of it, which lies inside.
  package func cut(columns: Range<Int>, rows: Range<Int>) -> GreyImage {
    var part = GreyImage(size: PixelSize(width: columns.count, height: rows.count))
    for row in 0..<rows.count {
      let from = (rows.lowerBound + row) * size.width + columns.lowerBound
      for column in 0..<columns.count {
        part.values[row * columns.count + column] = values[from + column]
      }
    }
    return part
  }
}
