// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Covers the regions of a clip: what a region's box holds is shown as its own frost shows it.
///
/// Inside a region's box a picture is a function of the grids of the region's frost alone; outside of
/// every box it stays as it is. Both ends use it: the decoder covers what it gives out, and the
/// receiver takes only what covering leaves as it came. Where regions overlap, the one with the most
/// frost counts.
package struct RegionVeil: Hashable, Sendable {
  private let regions: [Region]
  private let plan: FrostPlan
  private let greys: GreyScale
  /// The grids of the regions' frosts as they were given out, hold by hold.
  private var holds: [Frost: [[UInt8]]] = [:]

  /// What a region of *solid* shows, red, green and blue: the calm pane's own dark.
  package static let solidTone = SIMD3<UInt8>(0x14, 0x18, 0x1C)

  /// Veils these regions, each with the frost `finest` at least: that of the clip itself.
  package init(regions: [Region], plan: FrostPlan, greys: GreyScale, finest: Frost) {
    // The most frost comes last and so wins.
    self.regions = regions.map { $0.raised(to: finest) }.sorted { $0.frost < $1.frost }
    self.plan = plan
    self.greys = greys
  }

  /// Whether there is nothing to cover.
  package var isEmpty: Bool { regions.isEmpty }

  /// Takes a frost's next grid, which was given out as it is here.
  package mutating func note(_ indices: [UInt8], _ frost: Frost) {
    guard regions.contains(where: { $0.frost == frost }) else { return }
    holds[frost, default: []].append(indices)
  }

  // MARK: grids

  /// A grid as it may be given out: cells that a region of more frost touches take the nearest of
  /// the grid's greys to the region's own cell; the darkest, where that has none.
  ///
  /// - Parameters:
  ///   - indices: The grid's indices into its frost's greys.
  ///   - frost: Its frost.
  ///   - hold: The hold for which it stands: a region counts if it is active at any time of it.
  ///   - sample: The time of the picture that it was made of.
  /// - Returns: The indices; nil where a region's own grid has not been noted, or the size is wrong.
  package func covered(
    _ indices: [UInt8], _ frost: Frost, hold: Int, sample: MediaTime
  ) -> [UInt8]? {
    let coarser = regions.filter { $0.frost > frost && $0.isActive(frost, hold, sample) }
    guard !coarser.isEmpty else { return indices }
    guard let grid = plan.gridSize(frost), indices.count == grid.area else { return nil }
    var out = indices
    for region in coarser {
      guard let source = source(region.frost, at: sample, greys: nearest(region.frost, in: frost))
      else { return nil }
      let box = region.cover(at: sample)
      let columns = CellSpans.touched(box.columns(of: plan.size.width), grid.width, plan.size.width)
      for row in CellSpans.touched(box.rows(of: plan.size.height), grid.height, plan.size.height) {
        for column in columns {
          out[row * grid.width + column] = source.value(column, row, of: grid)
        }
      }
    }
    return out
  }

  // MARK: clear pictures

  /// A clear picture, or a part of it, as it may be given out: pixels that a region touches take the
  /// shown grey of the region's cell that their middle lies in, or `solidTone`.
  ///
  /// - Parameters:
  ///   - rgb: The part's RGB triples, row by row.
  ///   - size: The size of the whole picture.
  ///   - part: The pixels that are here; nil for all of them.
  ///   - time: The picture's time.
  /// - Returns: The triples; nil where a region's own grid has not been noted, or their number is not
  ///   that of the part.
  package func covered(
    _ rgb: [UInt8], of size: PixelSize, part: LensWindow?, at time: MediaTime
  ) -> [UInt8]? {
    let active = regions.filter { $0.isActive(at: time) }
    guard !active.isEmpty else { return rgb }
    let (columns, rows) =
      part?.pixels(of: size)
      ?? (columns: 0..<max(0, size.width), rows: 0..<max(0, size.height))
    guard rgb.count == columns.count * rows.count * 3 else { return nil }
    var out = rgb
    for region in active {
      let shown = ShownGreys.values(greys[region.frost])
      guard let source = source(region.frost, at: time, greys: shown) else { return nil }
      let box = region.cover(at: time)
      let across = box.columns(of: size.width).clamped(to: columns)
      let cells = across.map { source.column(at: $0, of: size.width) }
      var target = out.mutableSpan
      for y in box.rows(of: size.height).clamped(to: rows) {
        let row = source.row(at: y, of: size.height)
        let left = (y - rows.lowerBound) * columns.count + across.lowerBound - columns.lowerBound
        for (offset, cell) in cells.enumerated() {
          let tone = source.tone(row + cell)
          for channel in 0..<3 { target[(left + offset) * 3 + channel] = tone[channel] }
        }
      }
    }
    return out
  }

  // MARK: what covers

  private func source(_ frost: Frost, at time: MediaTime, greys: [UInt8]) -> Source? {
    guard let size = plan.gridSize(frost) else { return Source(size: nil, values: []) }
    let hold = frost.holdIndex(at: time)
    guard let holds = holds[frost], holds.indices.contains(hold),
      holds[hold].count == size.area
    else { return nil }
    let values = holds[hold].compactMap { greys.indices.contains(Int($0)) ? greys[Int($0)] : nil }
    return values.count == size.area ? Source(size: size, values: values) : nil
  }

  /// For each grey of a region's frost, the index of the nearest grey of a finer one.
  private func nearest(_ frost: Frost, in finer: Frost) -> [UInt8] {
    let levels = GreyLevels(greys: greys[finer])
    return greys[frost].map { levels.level(of: UInt16($0) << 8) }
  }

  /// A region's own grid in the values that cover; one cell of `solidTone`, or of index 0 in a grid,
  /// where its frost has none.
  private struct Source {
    let size: PixelSize?
    let values: [UInt8]

    /// What covers a cell of another grid over the same picture: the cell that its middle lies in.
    func value(_ column: Int, _ row: Int, of grid: PixelSize) -> UInt8 {
      guard size != nil else { return 0 }
      return values[self.row(at: row, of: grid.height) + self.column(at: column, of: grid.width)]
    }

    func column(at part: Int, of length: Int) -> Int {
      CellSpans.cell(at: part, length, of: size?.width ?? 1)
    }

    /// The place of the row's first cell.
    func row(at part: Int, of length: Int) -> Int {
      CellSpans.cell(at: part, length, of: size?.height ?? 1) * (size?.width ?? 1)
    }

    func tone(_ cell: Int) -> SIMD3<UInt8> {
      size == nil ? RegionVeil.solidTone : SIMD3(repeating: values[cell])
    }
  }
}

extension Region {
  /// Whether it counts for a grid: it is active at any time from the picture that the grid was made of
  /// to the end of the hold for which it stands.
  fileprivate func isActive(_ frost: Frost, _ hold: Int, _ sample: MediaTime) -> Bool {
    let start = Int64(hold) * frost.hold.microseconds
    let end = MediaTime(microseconds: start + frost.hold.microseconds)
    return from < end && min(sample, MediaTime(microseconds: start)) < until
  }
}
