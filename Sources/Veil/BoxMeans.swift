// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Box means of a luma plane on a grid fixed to the upright picture's origin.
///
/// Cell `i` of `n` over `W` pixels covers ⌊i·W/n⌋ up to ⌊(i+1)·W/n⌋, at least one pixel. Nothing
/// but the boxes' sums enters a mean: no interpolation, no dither, no neighbour.
package struct BoxMeans {
  /// The upright grid.
  package let grid: PixelSize
  /// The last plane's means in 1/256 grey, row by row, row 0 at the top; all 0 before the first.
  package private(set) var means: [UInt16]

  private var shape: LumaShape?
  private var columns: [Range<Int>] = []
  private var rows: [Range<Int>] = []
  /// The sums of one band's pixel columns: 16 bits hold 256 rows and let the loop vectorise.
  private var columnSums: [UInt16] = []

  private static let bandHeight = 256

  /// Makes the means of a grid of at least one cell.
  package init(grid: PixelSize) {
    self.grid = PixelSize(width: max(1, grid.width), height: max(1, grid.height))
    means = Array(repeating: 0, count: self.grid.area)
  }

  /// Takes the means of a plane.
  ///
  /// A plane with fewer bytes than its shape needs leaves them as they were.
  package mutating func measure(_ luma: Span<UInt8>, _ shape: LumaShape) {
    guard luma.count >= shape.byteCount else { return }
    if shape != self.shape { prepare(shape) }
    var boxSums = [UInt64](repeating: 0, count: columns.count)
    for (j, rowRange) in rows.enumerated() {
      for i in boxSums.indices { boxSums[i] = 0 }
      var top = rowRange.lowerBound
      while top < rowRange.upperBound {
        let bottom = min(top + Self.bandHeight, rowRange.upperBound)
        addColumns(luma, shape, top..<bottom)
        for (i, range) in columns.enumerated() {
          boxSums[i] += columnSums[range].reduce(into: 0) { $0 &+= UInt64($1) }
        }
        top = bottom
      }
      for (i, range) in columns.enumerated() {
        let area = UInt64(range.count * rowRange.count)
        means[uprightIndex(i, j, shape.turns)] = UInt16(boxSums[i] * 256 / area)
      }
    }
  }

  private mutating func addColumns(_ luma: Span<UInt8>, _ shape: LumaShape, _ rows: Range<Int>) {
    let width = shape.size.width
    var sums = columnSums.mutableSpan
    guard sums.count == width else { return }
    for x in 0..<width { sums[x] = 0 }
    for y in rows {
      let row = luma.extracting(y * shape.stride..<y * shape.stride + width)
      for x in 0..<width { sums[x] &+= UInt16(row[x]) }
    }
  }

  private mutating func prepare(_ shape: LumaShape) {
    self.shape = shape
    let stored = shape.turns.upright(grid)
    let turns = shape.turns
    columns = Self.boxes(
      stored.width, over: shape.size.width, fromEnd: turns == .two || turns == .three)
    rows = Self.boxes(
      stored.height, over: shape.size.height, fromEnd: turns == .one || turns == .two)
    columnSums = Array(repeating: 0, count: shape.size.width)
  }

  /// The pixels of each box in stored order; `fromEnd` where the upright origin is at the far end.
  private static func boxes(_ count: Int, over length: Int, fromEnd: Bool) -> [Range<Int>] {
    let boxes = (0..<count).map { i in
      let start = min(i * length / count, length - 1)
      return start..<max(start + 1, (i + 1) * length / count)
    }
    guard fromEnd else { return boxes }
    return boxes.reversed().map { length - $0.upperBound..<length - $0.lowerBound }
  }

  /// Where box (i, j) of the stored picture lies in the upright grid.
  private func uprightIndex(_ i: Int, _ j: Int, _ turns: QuarterTurns) -> Int {
    switch turns {
    case .none: j * grid.width + i
    case .one: i * grid.width + (grid.width - 1 - j)
    case .two: (grid.height - 1 - j) * grid.width + (grid.width - 1 - i)
    case .three: (grid.height - 1 - i) * grid.width + j
    }
  }
}
