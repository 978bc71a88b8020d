// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Places a clip's greys by its own histogram, once, when it is taken in.
///
/// For each grid frost the cells of all holds are counted by their mean, and the greys are the
/// centres of the partition into as many runs as the frost has greys with the least squared error.
package struct GreyPlacement {
  private var layers: [(frost: Frost, clock: HoldClock, boxes: BoxMeans, counts: [Int])]

  /// Starts with no frame counted.
  package init(plan: FrostPlan) {
    layers = Frost.grids.compactMap { frost in
      guard let size = plan.gridSize(frost) else { return nil }
      return (frost, HoldClock(frost), BoxMeans(grid: size), Array(repeating: 0, count: 256))
    }
  }

  /// Counts the next frame's cells where it is the picture of a hold; frames come in order.
  package mutating func add(_ luma: Span<UInt8>, _ shape: LumaShape, at time: MediaTime) {
    for index in layers.indices where layers[index].clock.open(at: time) != nil {
      layers[index].boxes.measure(luma, shape)
      for mean in layers[index].boxes.means {
        layers[index].counts[min(255, (Int(mean) + 128) >> 8)] += 1
      }
    }
  }

  /// The greys for what was counted; evenly spaced ones where nothing was.
  package func greys() -> GreyScale {
    func centres(_ frost: Frost) -> [UInt8] {
      guard let layer = layers.first(where: { $0.frost == frost }) else { return [] }
      return HistogramPartition(counts: layer.counts)?
        .centres(frost.greyCount ?? 0, leastGap: Self.leastGap(frost, layer.counts)) ?? []
    }
    return GreyScale(
      soft: centres(.soft), frosted: centres(.frosted), strict: centres(.strict)) ?? .even
  }

  /// The least distance of two greys.
  ///
  /// Finer steps would show sensor noise as picture. And where most of a picture is even, the best
  /// partition would spend nearly all greys on the one face before it, which stacking then makes
  /// finer than the frost's bound: so no two are nearer than three quarters of even spacing.
  private static func leastGap(_ frost: Frost, _ counts: [Int]) -> Int {
    let noise =
      switch frost {
      case .strict: 6
      case .frosted: 3
      case .soft, .clear, .solid: 1
      }
    let low = counts.firstIndex { $0 > 0 } ?? 0
    let high = counts.lastIndex { $0 > 0 } ?? 0
    return max(noise, (high - low) * 3 / 4 / max(1, (frost.greyCount ?? 2) - 1))
  }
}
