// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The row of the segments under the time line: `├── loitering ──┤`, and double (`═`) where several
/// lie over each other.
struct SegmentLane {
  /// A segment's columns, both inside.
  private struct Stretch {
    var segment: Segment
    var first: Int
    var last: Int
    var isSelected: Bool
    var isPending: Bool

    var role: StyleRole { isSelected ? .selected : .segment }
    var emphasis: Cell.Emphasis { isPending ? .dim : .plain }
  }

  private let taxonomy: Taxonomy
  private let stretches: [Stretch]
  /// How many segments each column has.
  private let depths: [Int]

  init(_ clip: OpenClip, _ taxonomy: Taxonomy, _ layout: Layout, playhead: Int) {
    self.taxonomy = taxonomy
    let duration = clip.timeline.duration
    let all = clip.shownSegments.map { segment in
      let first = layout.column(of: segment.start.time, duration: duration)
      let last = segment.end.map { layout.lastColumn(before: $0.time, duration) } ?? playhead
      return Stretch(
        segment: segment, first: min(first, last), last: max(first, last),
        isSelected: segment.id == clip.selectedSegment,
        isPending: !clip.durableSheet.segments.contains(segment))
    }
    // The selected one last, so that it lies on top.
    stretches = all.filter { !$0.isSelected } + all.filter(\.isSelected)
    var depths = [Int](repeating: 0, count: layout.size.columns)
    for stretch in stretches {
      for column in stretch.first...stretch.last where depths.indices.contains(column) {
        depths[column] += 1
      }
    }
    self.depths = depths
  }

  func draw(on grid: inout CellGrid, row: Int) {
    // Edges over lines, so that none is hidden by another segment's line.
    for stretch in stretches { drawLine(stretch, &grid, row) }
    for stretch in stretches { drawEdges(stretch, &grid, row) }
    for stretch in stretches { drawName(stretch, &grid, row) }
  }

  private func drawLine(_ stretch: Stretch, _ grid: inout CellGrid, _ row: Int) {
    for column in stretch.first...stretch.last {
      put(isShared(column) ? "═" : "─", stretch, column, row, &grid)
    }
  }

  private func drawEdges(_ stretch: Stretch, _ grid: inout CellGrid, _ row: Int) {
    let (first, last) = (stretch.first, stretch.last)
    let isOpen = stretch.segment.end == nil
    put(isOpen ? "╌" : isShared(last) ? "╡" : "┤", stretch, last, row, &grid)
    put(first == last ? "│" : isShared(first) ? "╞" : "├", stretch, first, row, &grid)
  }

  private func put(
    _ glyph: Unicode.Scalar, _ stretch: Stretch, _ column: Int, _ row: Int,
    _ grid: inout CellGrid
  ) {
    grid[column, row] = Cell(glyph, stretch.role, stretch.emphasis)
  }

  /// Writes the name where the segment lies alone, so that none covers another's; the selected one's
  /// wherever there is room.
  private func drawName(_ stretch: Stretch, _ grid: inout CellGrid, _ row: Int) {
    let inner = Array(stretch.first + 1..<max(stretch.first + 1, stretch.last))
    let run = Self.longestRun(inner.filter { stretch.isSelected || !isShared($0) })
    let room = run.count - 2
    guard room >= 3, let start = run.first else { return }
    let term = taxonomy.term(stretch.segment.term)
    let name = " \(DisplayText.line(term?.name ?? stretch.segment.term.text, limit: room)) "
    grid.put(
      name, column: start + (run.count - name.cellCount) / 2, row: row, role: stretch.role,
      emphasis: stretch.emphasis)
  }

  private func isShared(_ column: Int) -> Bool {
    depths.indices.contains(column) && depths[column] > 1
  }

  /// The longest of the stretches without a gap, the first of equals.
  private static func longestRun(_ columns: [Int]) -> [Int] {
    var longest: [Int] = []
    var run: [Int] = []
    for column in columns {
      if let last = run.last, column != last + 1 { run = [] }
      run.append(column)
      if run.count > longest.count { longest = run }
    }
    return longest
  }
}
