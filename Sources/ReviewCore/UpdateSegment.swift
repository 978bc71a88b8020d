// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A selected edge that the play keys have moved, and which is not in the history yet.
struct EdgeMove: Hashable, Sendable {
  /// Where it lies now.
  var moment: Moment
  /// When it was moved last, by the monotonic clock.
  var atMilliseconds: Int64
}

/// Segments: marked while the clip plays, their edges moved afterwards.
extension State {
  /// A moved edge becomes an event once it has lain still for so long, so that a held key is one.
  private static let restMilliseconds: Int64 = 600

  mutating func markSegment(_ open: OpenClip, _ effects: inout [Effect]) {
    guard open.firstPictureAtMilliseconds != nil, !open.timeline.frames.isEmpty else { return }
    let lag = open.lag(reviewRules.reactionMilliseconds)
    if let segment = open.history.draft.segments.first(where: { $0.end == nil }) {
      guard let end = open.segmentEnd(after: segment.start, lag: lag) else {
        return remark(texts(LabellingPhrase.oneFrame, key(.segment)))
      }
      return append([.closeSegment(segment.id, at: end)], &effects)
    }
    guard let term = open.segmentTerm(taxonomy) else {
      return remark(texts(LabellingPhrase.labelFirst, key(.segment)))
    }
    append([.openSegment(term.id, at: open.timeline.moment(at: open.time - lag))], &effects)
    remark(texts(LabellingPhrase.segmentBegins, term.name, key(.segment)))
  }

  /// Selects the next edge: a segment's begin, its end, then the next segment's.
  mutating func cycleSegments(_ open: OpenClip) {
    let segments = open.history.draft.segments
    guard !segments.isEmpty else { return remark(texts(LabellingPhrase.noSegment, key(.segment))) }
    let edges = segments.flatMap { segment in
      [(segment, SegmentEdge.start)] + (segment.end == nil ? [] : [(segment, .end)])
    }
    let here = edges.firstIndex {
      $0.0.id == open.selectedSegment && $0.1 == open.selectedEdge
    }
    let next = here.map { $0 + 1 } ?? 0
    guard next < edges.count else {
      clip?.selectedSegment = nil
      return
    }
    let (segment, edge) = edges[next]
    clip?.selectedSegment = segment.id
    clip?.selectedEdge = edge
    showEdge(edge == .start ? segment.start : segment.end ?? segment.start)
  }

  mutating func removeSegment(_ open: OpenClip, _ effects: inout [Effect]) {
    guard let id = open.selectedSegment else {
      return remark(texts(LabellingPhrase.selectFirst, key(.cycleSegments)))
    }
    append([.removeSegment(id)], &effects)
  }

  /// Lets the play keys move the selected edge; false where they mean what they always do.
  mutating func pressOnSegment(
    _ key: KeyPress, _ action: Action?, _ effects: inout [Effect]
  ) -> Bool {
    guard let open = clip, let segment = open.chosenSegment, !open.isWithdrawn,
      open.failure == nil
    else { return false }
    switch action {
    case .frameBack: nudge(segment, open, byFrames: -1)
    case .frameForward: nudge(segment, open, byFrames: 1)
    case .back1: nudge(segment, open, byMilliseconds: -1000)
    case .forward1: nudge(segment, open, byMilliseconds: 1000)
    case .back5: nudge(segment, open, byMilliseconds: -5000)
    case .forward5: nudge(segment, open, byMilliseconds: 5000)
    default:
      settleEdge(&effects)
      // Escape blanks here too: it must hide the picture whatever is selected.
      if key == .escape { clip?.selectedSegment = nil }
      guard key == .enter else { return false }
      clip?.selectedSegment = nil
      hasHeldKeyActed = true
    }
    return true
  }

  private mutating func nudge(_ segment: Segment, _ open: OpenClip, byFrames frames: Int) {
    move(segment, open, toFrame: open.edgeMoment(segment).frame + frames)
  }

  private mutating func nudge(
    _ segment: Segment, _ open: OpenClip, byMilliseconds milliseconds: Int64
  ) {
    let timeline = open.timeline
    let wanted = open.edgeMoment(segment).time + MediaTime(milliseconds: milliseconds)
    let isPastEnd = timeline.isComplete && wanted >= timeline.duration
    move(
      segment, open,
      toFrame: isPastEnd ? timeline.frames.count : timeline.frameIndex(at: max(.zero, wanted)))
  }

  /// Moves the selected edge, never past the other one and never out of what is decoded.
  private mutating func move(_ segment: Segment, _ open: OpenClip, toFrame frame: Int) {
    let timeline = open.timeline
    let last = timeline.isComplete ? timeline.frames.count : timeline.frames.count - 1
    let range =
      open.selectedEdge == .start
      ? (0, min(last, segment.end?.frame ?? last) - 1) : (segment.start.frame + 1, last)
    guard range.0 <= range.1 else { return }
    let frame = min(max(frame, range.0), range.1)
    let moment =
      frame < timeline.frames.count
      ? Moment(time: timeline.frames[frame].time, frame: frame)
      : Moment(time: timeline.duration, frame: frame)
    showEdge(moment)
    guard moment != open.edgeMoment(segment) else { return }
    clip?.edgeMove = EdgeMove(moment: moment, atMilliseconds: nowMilliseconds)
  }

  /// Stands the picture where an edge lies.
  private mutating func showEdge(_ moment: Moment) {
    clip?.player.pause()
    if let open = clip { clip?.player.seek(to: moment.time, open.timeline) }
  }

  /// Makes an event of an edge that was moved, if one was.
  mutating func settleEdge(_ effects: inout [Effect]) {
    guard let open = clip, let move = open.edgeMove else { return }
    clip?.edgeMove = nil
    guard let segment = open.chosenSegment, open.failure == nil, !open.isWithdrawn,
      open.storedMoment(segment) != move.moment
    else { return }
    append([.moveSegment(segment.id, open.selectedEdge, at: move.moment)], &effects)
  }

  mutating func settleEdgeIfRested(_ effects: inout [Effect]) {
    guard let move = clip?.edgeMove,
      nowMilliseconds - move.atMilliseconds >= Self.restMilliseconds
    else { return }
    settleEdge(&effects)
  }
}

extension OpenClip {
  /// The selected segment as the history has it.
  var chosenSegment: Segment? {
    selectedSegment.flatMap { id in history.draft.segments.first { $0.id == id } }
  }

  /// Where the history has a segment's selected edge.
  func storedMoment(_ segment: Segment) -> Moment {
    selectedEdge == .start ? segment.start : segment.end ?? segment.start
  }

  /// Where a segment's selected edge lies now.
  func edgeMoment(_ segment: Segment) -> Moment { edgeMove?.moment ?? storedMoment(segment) }

  /// All segments, the selected one with its edge where it was moved to.
  var shownSegments: [Segment] {
    history.draft.segments.map { segment in
      guard segment.id == selectedSegment, let moment = edgeMove?.moment else { return segment }
      return Segment(
        id: segment.id, term: segment.term,
        start: selectedEdge == .start ? moment : segment.start,
        end: selectedEdge == .end ? moment : segment.end)
    }
  }

  /// How much of the clip passed between what a reviewer saw and the key that marks it: nothing while
  /// the clip stands still.
  func lag(_ reactionMilliseconds: Int64) -> MediaTime {
    guard player.isPlaying else { return .zero }
    return MediaTime(microseconds: reactionMilliseconds * Int64(player.speed.percent) * 10)
  }

  /// Where a segment ends that began there; nil where no frame would be inside.
  ///
  /// The frame on screen, so much earlier, is the first one outside, but the clip's last frame is inside.
  func segmentEnd(after start: Moment, lag: MediaTime) -> Moment? {
    let here = playhead
    if lag == .zero, timeline.isComplete, here.frame == timeline.frames.count - 1 {
      return Moment(time: timeline.duration, frame: timeline.frames.count)
    }
    guard here.frame != start.frame else { return nil }
    let end = timeline.moment(at: time - lag)
    // Who was slower than the correction believes has marked one frame at least.
    guard here.frame > start.frame, end.frame <= start.frame else { return end }
    let first = start.frame + 1
    return Moment(time: timeline.frames[first].time, frame: first)
  }
}
