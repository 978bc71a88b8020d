// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Where a picture lies in its pane, in samples of the pane: the largest rectangle of the clip's
/// aspect, in the middle, and when zoomed in a window of that much larger a picture.
///
/// Its sides lie between cells: fonts leave a line of a half cell's other half open, and what surrounds
/// the picture would show through as ticks.
package struct PicturePlacement: Hashable, Sendable {
  /// The pane in samples.
  package let canvas: PixelSize
  /// The first column on the canvas that shows picture.
  package let left: Int
  /// The first row on the canvas that shows picture.
  package let top: Int
  /// What of the picture shows, in samples; 1 × 1 at least, unless the canvas is empty.
  package let size: PixelSize
  /// The whole picture's size in samples; the same as `size` unless zoomed in.
  package let whole: PixelSize
  /// The first of the whole picture's columns that shows.
  package let fromColumn: Int
  /// The first of the whole picture's rows that shows.
  package let fromRow: Int

  /// Fits a picture into a pane.
  ///
  /// - Parameters:
  ///   - pane: Where it goes.
  ///   - samples: The samples a cell has, across and down.
  ///   - displayAspect: The picture's width to height as seen.
  ///   - adjustment: Its zoom and what is in the middle.
  package init(
    pane: PanePlace, samples: PixelSize, displayAspect: Ratio, adjustment: PictureAdjustment = .none
  ) {
    let canvas = PixelSize(
      width: pane.rect.size.columns * samples.width, height: pane.rect.size.rows * samples.height)
    self.canvas = canvas
    guard canvas.width > 0, canvas.height > 0 else {
      (left, top, fromColumn, fromRow) = (0, 0, 0, 0)
      (size, whole) = (PixelSize(width: 0, height: 0), PixelSize(width: 0, height: 0))
      return
    }
    let fitted = Self.fit(canvas, pane.cell, samples, displayAspect)
    let zoom = adjustment.zoom.rawValue
    let whole = PixelSize(width: fitted.width * zoom, height: fitted.height * zoom)
    self.whole = whole
    size = PixelSize(
      width: min(canvas.width, whole.width), height: min(canvas.height, whole.height))
    left = (canvas.width - size.width) / 2 / samples.width * samples.width
    top = (canvas.height - size.height) / 2
    fromColumn = Self.start(adjustment.centreX, whole.width, size.width)
    fromRow = Self.start(adjustment.centreY, whole.height, size.height)
  }

  private static func start(_ centre: Int, _ whole: Int, _ seen: Int) -> Int {
    let bounded = min(max(0, centre), PictureAdjustment.side)
    return min(max(0, whole * bounded / PictureAdjustment.side - seen / 2), whole - seen)
  }

  private static func fit(
    _ canvas: PixelSize, _ cell: PixelSize, _ samples: PixelSize, _ displayAspect: Ratio
  ) -> PixelSize {
    // samples wide : samples high = across : down
    let aspect = bounded(displayAspect)
    let across = aspect.numerator * cell.height * samples.width
    let down = aspect.denominator * cell.width * samples.height
    let height = rounded(canvas.width * down, across)
    if height <= canvas.height {
      return PixelSize(width: canvas.width, height: max(1, height))
    }
    let columns = max(1, rounded(canvas.height * across, down * samples.width))
    return PixelSize(
      width: min(canvas.width, columns * samples.width), height: canvas.height)
  }

  /// The ratio with numbers small enough to be multiplied again, whatever a clip claims.
  private static func bounded(_ ratio: Ratio) -> Ratio {
    Ratio(min(max(1, ratio.numerator), 1 << 28), min(max(1, ratio.denominator), 1 << 28))
  }

  private static func rounded(_ numerator: Int, _ denominator: Int) -> Int {
    (numerator + denominator / 2) / denominator
  }
}
