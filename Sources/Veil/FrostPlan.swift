// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The grids that a clip's frosts have: a function of clip and camera alone, never of the pane.
package struct FrostPlan: Hashable, Sendable {
  /// The picture's size as shown upright, before the pixel aspect.
  package let size: PixelSize
  /// The shape of one upright pixel, width : height.
  package let pixelAspect: Ratio
  /// Width of the scene at the camera's nearest subject distance.
  package let sceneWidthMillimetres: Int

  /// Makes a plan.
  ///
  /// Numbers that make no sense are taken as the nearest that do; a scene width that is not
  /// positive counts as the unknown camera's, which is the strictest.
  package init(size: PixelSize, pixelAspect: Ratio, sceneWidthMillimetres: Int) {
    self.size = PixelSize(
      width: min(max(1, size.width), 1 << 16), height: min(max(1, size.height), 1 << 16))
    self.pixelAspect = PictureFit.bounded(pixelAspect)
    self.sceneWidthMillimetres =
      sceneWidthMillimetres > 0
      ? min(sceneWidthMillimetres, 1_000_000) : Camera.unknownSceneWidthMillimetres
  }

  /// The cells of a frost's grid, at most one a pixel; nil where the frost has no grid.
  ///
  /// Columns are density × scene width, rounded down, and rows follow from the picture's shape as
  /// it is displayed, rounded down too; at least one of each.
  package func gridSize(_ frost: Frost) -> PixelSize? {
    guard let density = frost.cellsPerKilometre else { return nil }
    let columns = min(max(1, density * sceneWidthMillimetres / 1_000_000), size.width)
    let rows =
      columns * size.height * pixelAspect.denominator / (size.width * pixelAspect.numerator)
    return PixelSize(width: columns, height: min(max(1, rows), size.height))
  }
}
