// SPDX-License-Identifier: Apache-2.0

/// A position on a clip's time line, in whole microseconds from its first picture.
///
/// Units and range: zero is the first picture's presentation time; negative values only appear as
/// differences. Frames are told apart by their index, never by comparing seconds.
package struct MediaTime: Hashable, Comparable, Sendable, Codable {
  /// Microseconds from the first picture.
  package var microseconds: Int64

  /// The first picture's time.
  package static let zero = MediaTime(microseconds: 0)

  /// Makes a time of whole microseconds.
  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Makes a time of whole milliseconds.
  package init(milliseconds: Int64) { microseconds = milliseconds * 1000 }

  /// The time in seconds, for display and for label files only.
  package var seconds: Double { Double(microseconds) / 1_000_000 }

  package static func + (left: MediaTime, right: MediaTime) -> MediaTime {
    MediaTime(microseconds: left.microseconds + right.microseconds)
  }

  package static func - (left: MediaTime, right: MediaTime) -> MediaTime {
    MediaTime(microseconds: left.microseconds - right.microseconds)
  }

  package static func < (left: MediaTime, right: MediaTime) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The time as minutes, seconds and tenths (`0:07.4`), cut and not rounded.
  package var clock: String {
    let tenths = max(0, microseconds) / 100_000
    let seconds = tenths / 10 % 60
    return "\(tenths / 600):\(seconds < 10 ? "0" : "")\(seconds).\(tenths % 10)"
  }
}

/// A place in a clip as a label needs it: the time and the index of the frame then on screen.
package struct Moment: Hashable, Sendable, Codable {
  /// The presentation time.
  package var time: MediaTime
  /// The frame's index in presentation order, from 0.
  package var frame: Int

  /// Makes a moment of a time and the frame shown then.
  package init(time: MediaTime, frame: Int) {
    self.time = time
    self.frame = frame
  }
}
