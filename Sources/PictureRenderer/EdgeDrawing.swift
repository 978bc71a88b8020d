// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Turns a picture into light lines on black where it changes, by Sobel's operator on its luma.
struct EdgeDrawing: Sendable {
  private var luma: [Int32] = []

  /// Replaces the colours of a part of a canvas.
  ///
  /// The part is `size` large, its top left sample at `left`, `top`; rows are `stride` samples.
  mutating func draw(
    _ colours: inout [UInt32], stride: Int, left: Int, top: Int, size: PixelSize
  ) {
    if luma.count != size.area { luma = [Int32](repeating: 0, count: size.area) }
    for row in 0..<size.height {
      for column in 0..<size.width {
        let colour = colours[(top + row) * stride + left + column]
        luma[row * size.width + column] = Int32(colour.luma)
      }
    }
    for row in 0..<size.height {
      for column in 0..<size.width {
        colours[(top + row) * stride + left + column] = strength(column, row, size) * 0x01_0101
      }
    }
  }

  private func strength(_ column: Int, _ row: Int, _ size: PixelSize) -> UInt32 {
    func at(_ right: Int, _ down: Int) -> Int32 {
      let x = min(max(0, column + right), size.width - 1)
      let y = min(max(0, row + down), size.height - 1)
      return luma[y * size.width + x]
    }
    let across =
      at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1)
    let down = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1)
    // The greater and half the smaller: within 12 % of the length of the two.
    let (long, short) = (max(abs(across), abs(down)), min(abs(across), abs(down)))
    return UInt32(min(255, (long + short / 2) / 2))
  }
}
