// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A look as the decoder keeps it: it ends by the decoder's own clock, whatever the receiver says.
struct DecoderLook {
  private var deadlineMilliseconds: Int64?
  private var isLens = false
  /// The ring slots that hold clear pictures, and how many bytes of them.
  var clearByteCounts: [Int: Int] = [:]

  /// Begins anew, or in the place of one that goes on.
  mutating func begin(milliseconds: Int, isLens: Bool) {
    deadlineMilliseconds = Self.now + Int64(milliseconds)
    self.isLens = isLens
  }

  mutating func end() { deadlineMilliseconds = nil }

  /// Whether its time is not over.
  var isLive: Bool { deadlineMilliseconds.map { Self.now < $0 } ?? false }

  /// Whether it was not ended but its time is over.
  var isOver: Bool { deadlineMilliseconds != nil && !isLive }

  /// Whether it gives that kind of picture now.
  func allows(isLens: Bool) -> Bool { isLive && isLens == self.isLens }

  /// How long to wait for what the receiver says, for `poll`: to the end of the look, or for ever.
  var waitMilliseconds: Int32 {
    guard let deadlineMilliseconds else { return -1 }
    return Int32(clamping: max(0, deadlineMilliseconds - Self.now))
  }

  /// Milliseconds of `CLOCK_MONOTONIC`.
  ///
  /// Unsafe use: the pointer is to a local that outlives the call; the clock always exists on Linux.
  private static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
