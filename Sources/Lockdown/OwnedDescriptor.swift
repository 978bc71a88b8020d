// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A file descriptor that closes with its last reference.
package final class OwnedDescriptor: Sendable {
  /// The descriptor's number; never negative.
  package let number: Int32

  /// Takes over an open descriptor.
  package init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Makes reads and writes return `EAGAIN` instead of waiting (`O_NONBLOCK`).
  package func setNonBlocking() throws(SystemError) {
    try SystemError.check("fcntl", cl_set_nonblocking(number))
  }

  /// A new pipe, both ends close-on-exec.
  ///
  /// Unsafe use: `pipe2` writes two numbers into an array of two.
  package static func pipe() throws(SystemError) -> (
    reading: OwnedDescriptor, writing: OwnedDescriptor
  ) {
    var ends: [Int32] = [-1, -1]
    try SystemError.check("pipe2", unsafe cl_pipe(&ends))
    return (OwnedDescriptor(ends[0]), OwnedDescriptor(ends[1]))
  }

  /// A new pair of connected datagram sockets (`SOCK_SEQPACKET`), both close-on-exec and numbered
  /// from 10 on, clear of the standard descriptors.
  ///
  /// Unsafe use: `socketpair` writes two numbers into an array of two.
  package static func socketPair() throws(SystemError) -> (OwnedDescriptor, OwnedDescriptor) {
    var ends: [Int32] = [-1, -1]
    try SystemError.check("socketpair", unsafe cl_socket_pair(&ends))
    let low = (OwnedDescriptor(ends[0]), OwnedDescriptor(ends[1]))
    let first = OwnedDescriptor(try SystemError.check("fcntl", cl_duplicate(low.0.number, 10)))
    let second = OwnedDescriptor(try SystemError.check("fcntl", cl_duplicate(low.1.number, 10)))
    return (first, second)
  }
}
