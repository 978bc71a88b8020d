// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Where a clip's playhead is and how it moves: pure, driven by the times it is told.
///
/// The playhead never passes the last decoded frame: where decoding is behind, it waits there.
package struct Player: Hashable, Sendable {
  package private(set) var isPlaying = false
  /// Whether it begins anew at the end.
  package var isLooping = false
  package var speed: Speed
  /// Whether it stopped by itself on the last frame; seeking back from there plays on.
  package private(set) var isEnded = false
  /// The playhead at the last `advance`; a time not yet decoded is waited for at the edge.
  private var position: MediaTime
  private var anchorMilliseconds: Int64 = 0

  /// The longest step of the clock that is believed, in milliseconds: a program that was stopped
  /// for longer goes on where the reviewer last saw the clip.
  package static let longestStepMilliseconds: Int64 = 2000

  /// A player that stands at a time.
  package init(speed: Speed, at position: MediaTime = .zero) {
    self.speed = speed
    self.position = max(.zero, position)
  }

  /// The playhead, never after the last decoded frame while decoding goes on.
  package func time(_ timeline: Timeline) -> MediaTime { min(position, Self.edge(timeline)) }

  /// Starts; from the first frame where the clip stands on its last.
  package mutating func play(_ timeline: Timeline, nowMilliseconds: Int64) {
    if timeline.isComplete, time(timeline) >= Self.edge(timeline) { position = .zero }
    isPlaying = true
    isEnded = false
    anchorMilliseconds = nowMilliseconds
  }

  /// Stops where it is.
  package mutating func pause() {
    isPlaying = false
    isEnded = false
  }

  /// Moves the playhead to where it belongs now; stops or loops at the end.
  package mutating func advance(_ timeline: Timeline, nowMilliseconds: Int64) {
    let step = min(Self.longestStepMilliseconds, max(0, nowMilliseconds - anchorMilliseconds))
    anchorMilliseconds = nowMilliseconds
    // What was left further on is waited for, not given up.
    guard isPlaying, timeline.isComplete || position <= Self.edge(timeline) else { return }
    let here = time(timeline)
    let next = MediaTime(microseconds: here.microseconds + step * Int64(speed.percent) * 10)
    guard timeline.isComplete else {
      position = min(next, Self.edge(timeline))
      return
    }
    guard next >= timeline.duration else {
      position = next
      return
    }
    if isLooping, timeline.duration > .zero {
      position = MediaTime(microseconds: next.microseconds % timeline.duration.microseconds)
    } else {
      position = Self.edge(timeline)
      isPlaying = false
      isEnded = true
    }
  }

  /// Moves by a difference, within what is decoded; plays on where the clip had ended.
  package mutating func seek(by difference: MediaTime, _ timeline: Timeline) {
    seek(to: time(timeline) + difference, timeline)
  }

  /// Moves to a time, within what is decoded; plays on where the clip had ended.
  package mutating func seek(to time: MediaTime, _ timeline: Timeline) {
    position = min(max(.zero, time), Self.edge(timeline))
    if isEnded, position < Self.edge(timeline) {
      isPlaying = true
      isEnded = false
    }
  }

  /// Pauses and moves by whole frames, to their exact times.
  package mutating func step(by frames: Int, _ timeline: Timeline) {
    pause()
    guard !timeline.frames.isEmpty else { return }
    let index = timeline.frameIndex(at: time(timeline)) + frames
    position = timeline.frames[min(max(0, index), timeline.frames.count - 1)].time
  }

  /// Milliseconds, rounded up, until the next decoded frame is due; nil where none will be.
  package func millisecondsToNextFrame(_ timeline: Timeline) -> Int64? {
    guard isPlaying else { return nil }
    let here = time(timeline)
    let next = timeline.frameIndex(at: here) + 1
    let due =
      next < timeline.frames.count
      ? timeline.frames[next].time : timeline.isComplete ? timeline.duration : nil
    guard let due else { return nil }
    let rate = Int64(speed.percent) * 10
    return max(1, (due.microseconds - here.microseconds + rate - 1) / rate)
  }

  private static func edge(_ timeline: Timeline) -> MediaTime {
    timeline.frames.last?.time ?? .zero
  }
}
