// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// One hold's picture under a grid frost, as it crosses from the decoder to the screen's process.
package struct FrostedGrid: Hashable, Sendable {
  /// One of `Frost.grids`.
  package let frost: Frost
  /// The hold it stands for, from 0.
  package let holdIndex: Int
  /// The upright grid.
  package let size: PixelSize
  /// `size.area` indices into the frost's greys, row by row, row 0 at the top.
  package let indices: [UInt8]
}

/// Frosts a clip in one pass over its frames, from its start.
///
/// The picture of hold k is the first frame with a time in it; a hold without a frame repeats the
/// one before. The frames between are never looked at, so that they give no further samples.
package struct FrostPass {
  private var layers: [Layer]

  /// Starts a pass for the grid frosts that are `finest` or more frosted.
  package init(plan: FrostPlan, greys: GreyScale, finest: Frost = .soft) {
    layers = Frost.grids.filter { $0 >= finest }.compactMap { Layer(plan, greys, $0) }
  }

  /// Takes the next frame; gives the pictures of the holds that it begins, mostly none.
  ///
  /// Frames come in the order of their times, which start at zero. Hold indices of a frost are
  /// consecutive over the calls; times beyond a clip's greatest length give nothing.
  package mutating func add(
    _ luma: Span<UInt8>, _ shape: LumaShape, at time: MediaTime
  ) -> [FrostedGrid] {
    var grids: [FrostedGrid] = []
    for index in layers.indices { grids += layers[index].add(luma, shape, at: time) }
    return grids
  }

  private struct Layer {
    let frost: Frost
    let levels: GreyLevels
    var clock: HoldClock
    var boxes: BoxMeans
    var indices: [UInt8] = []

    init?(_ plan: FrostPlan, _ greys: GreyScale, _ frost: Frost) {
      guard let size = plan.gridSize(frost) else { return nil }
      self.frost = frost
      levels = GreyLevels(greys: greys[frost])
      clock = HoldClock(frost)
      boxes = BoxMeans(grid: size)
    }

    mutating func add(
      _ luma: Span<UInt8>, _ shape: LumaShape, at time: MediaTime
    ) -> [FrostedGrid] {
      guard let holds = clock.open(at: time) else { return [] }
      let before = indices
      boxes.measure(luma, shape)
      if before.isEmpty {
        indices = boxes.means.map { levels.level(of: $0) }
      } else {
        for cell in indices.indices {
          indices[cell] = levels.level(of: boxes.means[cell], after: indices[cell])
        }
      }
      return holds.map { hold in
        let repeats = hold < holds.upperBound && !before.isEmpty
        return FrostedGrid(
          frost: frost, holdIndex: hold, size: boxes.grid, indices: repeats ? before : indices)
      }
    }
  }
}
