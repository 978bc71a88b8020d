// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Where a picture lies in its pane, in samples of the pane: the largest rectangle of the clip's
/// aspect, in the middle.
package struct PicturePlacement: Hashable, Sendable {
  /// The pane in samples.
  package let canvas: PixelSize
  /// The picture's first column on the canvas.
  package let left: Int
  /// The picture's first row on the canvas.
  package let top: Int
  /// The picture's size in samples; 1 × 1 at least, unless the canvas is empty.
  package let size: PixelSize

  /// Fits a picture into a pane whose cells hold `samplesPerCell` samples, one above the other.
  ///
  /// - Parameters:
  ///   - pane: The pane's size in cells.
  ///   - samplesPerCell: 2 for half blocks, 1 for characters.
  ///   - cellAspect: A cell's width to height in pixels.
  ///   - displayAspect: The picture's width to height as seen.
  package init(pane: CellSize, samplesPerCell: Int, cellAspect: Ratio, displayAspect: Ratio) {
    canvas = PixelSize(width: pane.columns, height: pane.rows * samplesPerCell)
    // samples wide : samples high = across : down
    let across = Self.product(
      displayAspect.numerator, cellAspect.denominator)
    let down =
      Self.product(
        displayAspect.denominator, cellAspect.numerator) * samplesPerCell
    guard canvas.width > 0, canvas.height > 0 else {
      (left, top, size) = (0, 0, PixelSize(width: 0, height: 0))
      return
    }
    let height = Self.rounded(canvas.width * down, across)
    if height <= canvas.height {
      size = PixelSize(width: canvas.width, height: max(1, height))
    } else {
      let width = Self.rounded(canvas.height * across, down)
      size = PixelSize(width: min(canvas.width, max(1, width)), height: canvas.height)
    }
    left = (canvas.width - size.width) / 2
    top = (canvas.height - size.height) / 2
  }

  /// A product that stays small enough to be multiplied again, whatever a clip claims.
  private static func product(_ left: Int, _ right: Int) -> Int {
    min(max(1, left), 1 << 20) * min(max(1, right), 1 << 20)
  }

  private static func rounded(_ numerator: Int, _ denominator: Int) -> Int {
    (numerator + denominator / 2) / denominator
  }
}
