// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The time that leases are counted in: the same for all processes of the machine, set by nobody, and
/// going on while it sleeps.
///
/// No lease outlives the machine's run, since no session does.
package struct LeaseClock: Sendable {
  /// Milliseconds, from any beginning.
  package let milliseconds: @Sendable () -> Int64

  /// Makes one of another time, for tests.
  package init(milliseconds: @escaping @Sendable () -> Int64) { self.milliseconds = milliseconds }

  /// Since the machine was started.
  package static let sinceStart = LeaseClock {
    var now = timespec()
    // The pointer is to a local that outlives the call; the clock always exists on Linux.
    unsafe clock_gettime(CLOCK_BOOTTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
