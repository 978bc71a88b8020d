// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Lockdown

/// A pipe used as a bell between two threads: one byte a ring.
struct Bell: Sendable {
  let reading: OwnedDescriptor
  let writing: OwnedDescriptor

  init() throws(SessionError) {
    do { (reading, writing) = try OwnedDescriptor.pipe() } catch {
      throw .noResources(error)
    }
  }

  /// One byte from a local; a full pipe blocks, and by then thousands of rings wait.
  func ring() {
    var byte: UInt8 = 1
    while unsafe write(writing.number, &byte, 1) < 0, errno == EINTR {}
  }

  /// What becomes readable when it rings.
  var fileDescriptor: Int32 { reading.number }

  /// Waits for one ring, into a local; false once the other end is closed.
  func wait() -> Bool {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(reading.number, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count == 1
    }
  }
}
