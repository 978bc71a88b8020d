// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Where a picture goes on the screen, and the shape of the cells there.
package struct PanePlace: Hashable, Sendable {
  /// The pane, in cells of the screen, which it must lie on.
  package let rect: CellRect
  /// A cell's width and height in pixels; where nobody knows them, numbers of the same ratio.
  package let cell: PixelSize

  /// Makes a place; a cell of no size counts as 1 × 2.
  package init(rect: CellRect, cell: PixelSize) {
    self.rect = rect
    let sides = 1...255
    let isPossible = sides.contains(cell.width) && sides.contains(cell.height)
    self.cell = isPossible ? cell : PixelSize(width: 1, height: 2)
  }
}
