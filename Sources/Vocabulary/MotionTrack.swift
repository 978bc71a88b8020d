// SPDX-License-Identifier: Apache-2.0

/// One frame's entry on the time line: when it shows and how much moved since the frame before.
package struct TimelineFrame: Hashable, Sendable {
  /// Presentation time from the clip's first picture.
  package var time: MediaTime
  /// Mean absolute luma difference to the frame before on the 64 × 36 grid, in 1/256 grey;
  /// 0 for the first frame, at most 65,280.
  package var motion: Int
  /// Which eighths of the picture moved: bit `4 * row + column`, two rows of four.
  package var movedEighths: UInt8

  /// Makes an entry.
  package init(time: MediaTime, motion: Int, movedEighths: UInt8) {
    self.time = time
    self.motion = motion
    self.movedEighths = movedEighths
  }
}

/// What the decoder's linear pass has found of a clip's frames so far, in presentation order.
package struct Timeline: Hashable, Sendable {
  /// The frames' entries; times rise strictly.
  package private(set) var frames: [TimelineFrame] = []
  /// The clip's length: the container's word until the pass is done, then the last frame's end.
  package var duration: MediaTime
  /// Whether every frame has been seen.
  package var isComplete = false

  /// Starts an empty time line of an expected length.
  package init(expectedDuration: MediaTime) { duration = expectedDuration }

  /// Adds the next frame; false, and no change, unless its time lies after the last one's.
  package mutating func append(_ frame: TimelineFrame) -> Bool {
    if let last = frames.last, frame.time <= last.time { return false }
    if frames.isEmpty, frame.time != .zero { return false }
    frames.append(frame)
    duration = max(duration, frame.time)
    return true
  }

  /// The index of the frame on screen at `time`: the last one not after it; 0 where none is.
  package func frameIndex(at time: MediaTime) -> Int {
    var low = 0
    var high = frames.count
    while low < high {
      let middle = (low + high) / 2
      if frames[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// The moment of the frame on screen at `time`.
  package func moment(at time: MediaTime) -> Moment {
    let index = frameIndex(at: time)
    return Moment(time: index < frames.count ? frames[index].time : .zero, frame: index)
  }
}
