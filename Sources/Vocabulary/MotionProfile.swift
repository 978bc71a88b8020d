// SPDX-License-Identifier: Apache-2.0

/// What counts as motion in a clip: the noise its camera always has, and where motion peaks.
package struct MotionProfile: Hashable, Sendable {
  /// The motion that is only noise, in 1/256 grey: the quieter quarter's bound.
  package let noise: Int
  /// The greatest motion, in 1/256 grey.
  package let peak: Int

  /// A clip of which nothing is known.
  package static let none = MotionProfile(frames: [])

  /// Measures frames; the first one has no frame before it and does not count.
  package init(frames: some Collection<TimelineFrame>) {
    let motions = frames.dropFirst().map(\.motion).sorted()
    noise = motions.isEmpty ? 0 : motions[motions.count / 4]
    peak = motions.last ?? 0
  }

  /// The least motion that is an event: twice the noise and a quarter of a grey on top.
  package var threshold: Int { noise * 2 + 64 }

  /// How high a motion stands in the sparkline, 0 (noise) to 7 (the clip's greatest).
  ///
  /// The scale is logarithmic from the threshold up; a clip without events stays at 0.
  package func level(_ motion: Int) -> Int {
    guard motion > threshold else { return 0 }
    let top = Self.log2(Double(max(peak, threshold * 4)) / Double(threshold))
    let height = Self.log2(Double(motion) / Double(threshold))
    return min(7, 1 + Int(height / top * 6.999))
  }

  /// Motion peaks, in order: frames above the threshold than which no frame within one second
  /// moves more, so that two peaks lie more than a second apart.
  package func peaks(_ frames: [TimelineFrame]) -> [MediaTime] {
    let second = MediaTime(milliseconds: 1000)
    return frames.indices.filter { index in
      let frame = frames[index]
      guard frame.motion > threshold else { return false }
      let before = frames[..<index].reversed().prefix { frame.time - $0.time <= second }
      let after = frames[(index + 1)...].prefix { $0.time - frame.time <= second }
      return before.allSatisfy { $0.motion < frame.motion }
        && after.allSatisfy { $0.motion <= frame.motion }
    }.map { frames[$0].time }
  }

  /// The greatest level in each of `count` equal parts of a clip's length.
  package static func strip(_ frames: [TimelineFrame], _ duration: MediaTime, count: Int) -> [UInt8]
  {
    let profile = MotionProfile(frames: frames)
    var strip = [UInt8](repeating: 0, count: count)
    guard duration > .zero, count > 0 else { return strip }
    for frame in frames {
      let place = Int(frame.time.microseconds * Int64(count) / duration.microseconds)
      let index = min(max(0, place), count - 1)
      strip[index] = max(strip[index], UInt8(profile.level(frame.motion)))
    }
    return strip
  }

  // Linear between powers of two: exact enough for eight steps, and needs no C library.
  private static func log2(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    return Double(value.exponent) + value.significand - 1
  }
}
