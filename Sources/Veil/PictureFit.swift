// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Fits a picture into a raster whose pixels need not be square.
package enum PictureFit {
  /// The largest size of a picture within `limit` that shows it undistorted, never larger than the
  /// source in either axis and at least 1 × 1.
  ///
  /// - Parameters:
  ///   - source: The upright size in pixels.
  ///   - pixelAspect: The shape of a source pixel, width : height.
  ///   - limit: The raster at hand, in target pixels.
  ///   - targetPixelAspect: The shape of a target pixel, width : height.
  /// - Returns: The size in target pixels.
  package static func size(
    source: PixelSize, pixelAspect: Ratio, limit: PixelSize, targetPixelAspect: Ratio
  ) -> PixelSize {
    let from = bounded(pixelAspect)
    let onto = bounded(targetPixelAspect)
    let across = bounded(source.width) * from.numerator * onto.denominator
    let down = bounded(source.height) * from.denominator * onto.numerator
    let most = PixelSize(
      width: max(1, min(limit.width, source.width, 1 << 15)),
      height: max(1, min(limit.height, source.height, 1 << 15)))
    let width = max(1, min(most.width, (most.height * across + down / 2) / down))
    let height = max(1, min(most.height, (width * down + across / 2) / across))
    return PixelSize(width: width, height: height)
  }

  /// The ratio with both numbers between 1 and 4,095, so that products of them cannot overflow.
  static func bounded(_ ratio: Ratio) -> Ratio {
    guard ratio.numerator > 0, ratio.denominator > 0 else { return .one }
    var (numerator, denominator) = (ratio.numerator, ratio.denominator)
    while numerator > 4095 || denominator > 4095 {
      numerator /= 2
      denominator /= 2
    }
    return Ratio(max(1, numerator), max(1, denominator))
  }

  private static func bounded(_ side: Int) -> Int { min(max(1, side), 1 << 16) }
}
