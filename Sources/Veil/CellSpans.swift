// SPDX-License-Identifier: Apache-2.0

/// Where a grid's cells lie along one side of a picture, as `BoxMeans` takes them: cell `i` of `n`
/// over `length` pixels begins with pixel ⌊i · length / n⌋.
enum CellSpans {
  /// The cells of `count` that hold any of these pixels.
  static func touched(_ pixels: Range<Int>, _ count: Int, _ length: Int) -> Range<Int> {
    guard count > 0, length > 0, !pixels.isEmpty else { return 0..<0 }
    let (first, last) = (max(0, pixels.lowerBound), min(length, pixels.upperBound) - 1)
    guard first <= last else { return 0..<0 }
    let cells = (0..<count).filter { cell in
      cell * length / count <= last && (cell + 1) * length / count > first
    }
    guard let low = cells.first, let high = cells.last else { return 0..<0 }
    return low..<high + 1
  }

  /// The cell of `count` that the middle of one of `length` equal parts lies in.
  static func cell(at part: Int, _ length: Int, of count: Int) -> Int {
    min(max(0, count - 1), (part * 2 + 1) * count / (max(1, length) * 2))
  }
}
