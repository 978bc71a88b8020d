// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Says which holds of a frost a frame opens.
struct HoldClock {
  private let frost: Frost
  /// The first hold that has no picture yet.
  private(set) var next = 0

  /// The most holds a clip can have: one more than a minute's.
  static func limit(_ frost: Frost) -> Int {
    frost.holdIndex(at: MediaTime(milliseconds: 60_000)) + 1
  }

  init(_ frost: Frost) { self.frost = frost }

  /// The holds that the frame at `time` closes or opens: the last one is its own, those before had
  /// no frame; nil where its hold has a picture, or lies beyond a clip's greatest length.
  mutating func open(at time: MediaTime) -> ClosedRange<Int>? {
    let hold = frost.holdIndex(at: time)
    guard hold >= next, hold < Self.limit(frost) else { return nil }
    defer { next = hold + 1 }
    return next...hold
  }
}
