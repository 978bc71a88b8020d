// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Waits on several file descriptors at once, as the session's one place to sleep.
enum Waiting {
  /// Sleeps until one of `descriptors` can be read, `writable` takes bytes, a signal arrives or the time
  /// is over.
  ///
  /// Units and range: zero milliseconds only looks; nil waits without end.
  /// Source: the C function is `poll`.
  /// - Returns: the descriptors that can be read or were closed by the other side.
  static func readable(
    _ descriptors: [Int32], writable: Int32? = nil, milliseconds: Int64?
  ) -> Set<Int32> {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    if let writable { polled.append(pollfd(fd: writable, events: Int16(POLLOUT), revents: 0)) }
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    // The array is alive and as long as the count says for the whole call.
    let count = unsafe poll(&polled, nfds_t(polled.count), timeout)
    guard count > 0 else { return [] }
    return Set(polled.prefix(descriptors.count).filter { $0.revents != 0 }.map(\.fd))
  }
}
