// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The time line: state, time, length, speed, motion, playhead; under it the segments.
struct TimelineView {
  private let state: State
  private let clip: OpenClip

  init(_ state: State, _ clip: OpenClip) {
    self.state = state
    self.clip = clip
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    drawTimes(&grid, layout.timelineRow)
    let playhead = layout.column(of: clip.time, duration: clip.timeline.duration)
    drawSparkline(&grid, layout, playhead)
    drawSegments(&grid, layout, playhead)
    if let rect = layout.lookBar { LookBar(state, clip).draw(on: &grid, rect) }
    if clip.failure == nil { grid[playhead, layout.laneRow] = Cell("┃", .playhead) }
  }

  private func drawTimes(_ grid: inout CellGrid, _ row: Int) {
    let isPlaying = clip.player.isPlaying
    grid.put(
      Line([
        Span(isPlaying ? "▶" : "║", isPlaying ? .text : .playhead),
        Span(" \(clip.time.clock)", .text, .bold),
        Span(" / \(clip.timeline.duration.clock)  ", .quiet),
        Span(state.speed.name, state.speed == .normal ? .quiet : .text),
        Span(clip.player.isLooping ? " ↻" : "", .text),
      ]), column: 1, row: row, limit: 26)
  }

  // MARK: - Motion

  private static let bars: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private func drawSparkline(_ grid: inout CellGrid, _ layout: Layout, _ playhead: Int) {
    for (offset, motion) in columnMotions(layout).enumerated() {
      let column = layout.sparkline.column + offset
      let isHere = column == playhead && clip.failure == nil
      guard let motion else {
        grid[column, layout.timelineRow] = Cell("·", isHere ? .playhead : .quiet)
        continue
      }
      grid[column, layout.timelineRow] = Cell(
        Self.bars[clip.motion.level(motion)], isHere ? .playhead : .motion)
    }
  }

  /// The greatest motion in each column of the sparkline; nil where nothing is decoded.
  ///
  /// A column between two frames has the motion of the frame that is then on screen.
  private func columnMotions(_ layout: Layout) -> [Int?] {
    let timeline = clip.timeline
    var motions = [Int?](repeating: nil, count: layout.sparkline.size.columns)
    var last: (column: Int, motion: Int)?
    for frame in timeline.frames {
      let column =
        layout.column(of: frame.time, duration: timeline.duration) - layout.sparkline.column
      if let last {
        for between in last.column..<column { motions[between] = motions[between] ?? last.motion }
      }
      motions[column] = max(motions[column] ?? 0, frame.motion)
      last = (column, frame.motion)
    }
    if timeline.isComplete, let last {
      for rest in last.column..<motions.count { motions[rest] = motions[rest] ?? last.motion }
    }
    return motions
  }

  // MARK: - Segments

  private func drawSegments(_ grid: inout CellGrid, _ layout: Layout, _ playhead: Int) {
    // The selected one last, so that it lies on top.
    let segments = clip.history.draft.segments
    let ordered =
      segments.filter { $0.id != clip.selectedSegment }
      + segments.filter { $0.id == clip.selectedSegment }
    for segment in ordered {
      let first = layout.column(of: segment.start.time, duration: clip.timeline.duration)
      let last =
        segment.end.map { layout.lastColumn(before: $0.time, clip.timeline.duration) } ?? playhead
      draw(segment, from: min(first, last), through: max(first, last), &grid, layout.laneRow)
    }
  }

  private func draw(
    _ segment: Segment, from first: Int, through last: Int, _ grid: inout CellGrid, _ row: Int
  ) {
    let role: StyleRole = segment.id == clip.selectedSegment ? .selected : .segment
    let isPending = !clip.durableSheet.segments.contains(segment)
    let emphasis: Cell.Emphasis = isPending ? .dim : .plain
    for column in first...last {
      grid[column, row] = Cell("─", role, emphasis)
    }
    grid[last, row] = Cell(segment.end == nil ? "╌" : "┤", role, emphasis)
    grid[first, row] = Cell(first == last ? "│" : "├", role, emphasis)
    let room = last - first - 3
    guard room >= 3 else { return }
    let term = state.taxonomy.term(segment.term)
    let name = " " + DisplayText.line(term?.name ?? segment.term.text, limit: room) + " "
    let column = first + 1 + max(0, (last - first - 1 - name.cellCount) / 2)
    grid.put(name, column: column, row: row, role: role, emphasis: emphasis)
  }
}

extension Layout {
  /// The column of the last instant before a time.
  func lastColumn(before time: MediaTime, _ duration: MediaTime) -> Int {
    column(of: MediaTime(microseconds: max(0, time.microseconds - 1)), duration: duration)
  }
}
