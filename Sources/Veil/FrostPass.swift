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
  /// Covers the clip's regions in what is given out, and in clear pictures of times that the pass has
  /// reached.
  package private(set) var regions: RegionVeil

  /// Starts a pass for the grid frosts that are `finest` or more frosted.
  package init(plan: FrostPlan, greys: GreyScale, finest: Frost = .soft, regions: [Region] = []) {
    // The coarsest first: the finer ones are covered with it.
    layers = Frost.grids.filter { $0 >= finest }.reversed().compactMap { Layer(plan, greys, $0) }
    self.regions = RegionVeil(regions: regions, plan: plan, greys: greys, finest: finest)
  }

  /// Takes the next frame; gives the pictures of the holds that it begins, mostly none.
  ///
  /// Frames come in the order of their times, which start at zero. Hold indices of a frost are
  /// consecutive over the calls; times beyond a clip's greatest length give nothing. The grids of more
  /// frost come first.
  package mutating func add(
    _ luma: Span<UInt8>, _ shape: LumaShape, at time: MediaTime
  ) -> [FrostedGrid] {
    var grids: [FrostedGrid] = []
    for index in layers.indices {
      grids += layers[index].add(luma, shape, at: time, covering: &regions)
    }
    return grids
  }

  private struct Layer {
    let frost: Frost
    let levels: GreyLevels
    var clock: HoldClock
    var boxes: BoxMeans
    /// The cells' levels as the pictures have them, whatever lies over them.
    var indices: [UInt8] = []
    /// The time of the picture that they are of.
    var sample = MediaTime.zero

    init?(_ plan: FrostPlan, _ greys: GreyScale, _ frost: Frost) {
      guard let size = plan.gridSize(frost) else { return nil }
      self.frost = frost
      levels = GreyLevels(greys: greys[frost])
      clock = HoldClock(frost)
      boxes = BoxMeans(grid: size)
    }

    mutating func add(
      _ luma: Span<UInt8>, _ shape: LumaShape, at time: MediaTime,
      covering regions: inout RegionVeil
    ) -> [FrostedGrid] {
      guard let holds = clock.open(at: time) else { return [] }
      let before = (indices: indices, sample: sample)
      boxes.measure(luma, shape)
      if before.indices.isEmpty {
        indices = boxes.means.map { levels.level(of: $0) }
      } else {
        for cell in indices.indices {
          indices[cell] = levels.level(of: boxes.means[cell], after: indices[cell])
        }
      }
      sample = time
      return holds.map { hold in
        let repeats = hold < holds.upperBound && !before.indices.isEmpty
        return give(repeats ? before : (indices, sample), hold, &regions)
      }
    }

    /// The grid as it goes out; nothing but the darkest cells where it cannot be covered, which needs a
    /// coarser grid of the same pass and so does not happen.
    private func give(
      _ held: (indices: [UInt8], sample: MediaTime), _ hold: Int, _ regions: inout RegionVeil
    ) -> FrostedGrid {
      let given =
        regions.covered(held.indices, frost, hold: hold, sample: held.sample)
        ?? Array(repeating: 0, count: boxes.grid.area)
      regions.note(given, frost)
      return FrostedGrid(frost: frost, holdIndex: hold, size: boxes.grid, indices: given)
    }
  }
}
