// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Turns a stream's stamps into times that start at zero and rise strictly.
///
/// The first picture's stamp is zero, and each later picture follows the one before by the
/// difference of their stamps. Where there is no stamp, or it does not rise, a frame's duration
/// takes the place of the difference, so that the pace stays the clip's own across a jump back.
struct FrameClock {
  /// The nominal time from one picture to the next; positive.
  let frameDuration: MediaTime
  /// The last picture's time and stamp; nil before the first.
  private var last: (time: MediaTime, stamp: Int64)?

  /// No step is longer, so that no sum of steps overflows; a clip with this one is too long anyway.
  private static let longestStep: Int64 = 3_600_000_000

  init(frameRate: Ratio) {
    let microseconds = 1_000_000 * Int64(frameRate.denominator) / Int64(frameRate.numerator)
    frameDuration = MediaTime(microseconds: max(1, microseconds))
  }

  /// The time of the next picture, whose stamp in microseconds is `stamp`; nil where it has none.
  mutating func time(stamp: Int64?) -> MediaTime {
    let stamp = stamp.map { min(max($0, -1 << 60), 1 << 60) }
    guard let last else {
      last = (.zero, stamp ?? 0)
      return .zero
    }
    let here = stamp ?? last.stamp + frameDuration.microseconds
    let rise = here - last.stamp
    let step = rise > 0 ? min(rise, Self.longestStep) : frameDuration.microseconds
    let time = last.time + MediaTime(microseconds: step)
    self.last = (time, here)
    return time
  }
}
