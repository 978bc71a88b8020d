// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Glibc

/// The two clocks of a session: one that never jumps, for playing and waiting, and the wall clock,
/// for label events only.
package enum SessionClock {
  /// Milliseconds of `CLOCK_MONOTONIC`.
  package static var monotonicMilliseconds: Int64 { microseconds(CLOCK_MONOTONIC) / 1000 }

  /// Microseconds of `CLOCK_MONOTONIC`.
  package static var monotonicMicroseconds: Int64 { microseconds(CLOCK_MONOTONIC) }

  /// Milliseconds since 1970.
  package static var wallMilliseconds: Int64 { microseconds(CLOCK_REALTIME) / 1000 }

  /// Milliseconds since 1970 at the local midnight before `wallMilliseconds`.
  package static func startOfDay(wallMilliseconds: Int64) -> Int64 {
    let now = Date(timeIntervalSince1970: Double(wallMilliseconds) / 1000)
    return Int64(Calendar.current.startOfDay(for: now).timeIntervalSince1970) * 1000
  }

  /// How far local time is ahead of UTC at that moment, in milliseconds.
  static func zoneMilliseconds(wallMilliseconds: Int64) -> Int64 {
    let now = Date(timeIntervalSince1970: Double(wallMilliseconds) / 1000)
    return Int64(TimeZone.current.secondsFromGMT(for: now)) * 1000
  }

  /// Loads the time zone, which lies in files that a locked process cannot read.
  static func loadTimeZone() { _ = startOfDay(wallMilliseconds: wallMilliseconds) }

  private static func microseconds(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    // The pointer is to a local that outlives the call; both clocks always exist on Linux.
    unsafe clock_gettime(clock, &now)
    return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
  }
}
