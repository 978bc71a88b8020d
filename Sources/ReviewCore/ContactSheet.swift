// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Up to nine moments of the clip, of which one is selected.
package struct ContactSheet: Hashable, Sendable {
  /// In order of time; never empty.
  package let moments: [Moment]
  /// Which of them the cursor is on.
  package internal(set) var selection: Int

  /// How many moments there are at most.
  package static let most = 9
  /// How many stand side by side.
  static let columns = 3

  /// Takes where motion peaks: the highest peaks first, then the middles of the widest gaps.
  ///
  /// Nil where no frame is decoded; `time` selects the moment nearest to it.
  init?(_ timeline: Timeline, _ motion: MotionProfile, at time: MediaTime) {
    let frames = timeline.frames
    guard let last = frames.last else { return nil }
    let peaks = motion.peaks(frames).sorted { left, right in
      frames[timeline.frameIndex(at: left)].motion > frames[timeline.frameIndex(at: right)].motion
    }
    var times = Set(peaks.prefix(Self.most))
    while times.count < min(Self.most, frames.count) {
      guard let middle = Self.middleOfWidestGap(times, end: last.time, timeline),
        times.insert(middle).inserted
      else { break }
    }
    if times.isEmpty { times = [frames[0].time] }
    let moments = times.sorted().map { timeline.moment(at: $0) }
    self.moments = moments
    selection =
      moments.indices.min { left, right in
        Self.distance(moments[left].time, time) < Self.distance(moments[right].time, time)
      } ?? 0
  }

  private static func distance(_ left: MediaTime, _ right: MediaTime) -> Int64 {
    abs(left.microseconds - right.microseconds)
  }

  // The clip's ends count as neighbours, so that a clip without peaks is spread evenly enough.
  private static func middleOfWidestGap(
    _ times: Set<MediaTime>, end: MediaTime, _ timeline: Timeline
  ) -> MediaTime? {
    let marks = [.zero] + times.sorted() + [end]
    let gaps = zip(marks, marks.dropFirst())
    guard let widest = gaps.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }) else { return nil }
    let middle = (widest.0.microseconds + widest.1.microseconds) / 2
    return timeline.moment(at: MediaTime(microseconds: middle)).time
  }

  mutating func move(by step: Int) {
    let index = selection + step
    if moments.indices.contains(index) { selection = index }
  }
}
