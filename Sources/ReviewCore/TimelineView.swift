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
    SegmentLane(clip, state.taxonomy, layout, playhead: playhead).draw(
      on: &grid, row: layout.laneRow)
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
}

extension Layout {
  /// The column of the last instant before a time.
  func lastColumn(before time: MediaTime, _ duration: MediaTime) -> Int {
    column(of: MediaTime(microseconds: max(0, time.microseconds - 1)), duration: duration)
  }
}
