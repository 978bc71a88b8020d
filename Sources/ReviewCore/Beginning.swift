// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension OpenedClip {
  /// How long before the first motion peak a clip begins, where the policy says so.
  private static let lead = MediaTime(milliseconds: 1000)

  /// Where the clip begins to play by the policy: by the frames where all are decoded, else by what the
  /// ingest measured; at the start where no motion is known.
  func beginning(_ place: OpeningPlace) -> MediaTime {
    guard place == .motion else { return .zero }
    let peak =
      timeline.isComplete
      ? MotionProfile(frames: timeline.frames).peaks(timeline.frames).first
      : record.facts.firstMotion
    return max(.zero, (peak ?? .zero) - Self.lead)
  }
}

extension Timeline {
  /// Whether a time is decoded.
  func reaches(_ time: MediaTime) -> Bool {
    time == .zero || isComplete || frames.last.map { $0.time >= time } == true
  }
}

extension ClipFacts {
  /// Where the first of the parts begins that move more than their neighbours; nil where none moves.
  var firstMotion: MediaTime? {
    guard var peak = motion.firstIndex(where: { $0 > 0 }) else { return nil }
    while peak + 1 < motion.count, motion[peak + 1] > motion[peak] { peak += 1 }
    return MediaTime(
      microseconds: duration.microseconds / Int64(motion.count) * Int64(peak))
  }
}
