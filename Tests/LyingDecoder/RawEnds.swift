// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// The descriptors that a decoder was given, kept open to be misused.
struct RawEnds {
  let clip: OwnedDescriptor
  let ring: OwnedDescriptor
  let instructions: OwnedDescriptor
  let reports: OwnedDescriptor

  /// Whether an instruction, or the end of them, is there.
  ///
  /// Unsafe use: `poll` reads and writes the one structure that it is given.
  var hasInstruction: Bool {
    var wait = pollfd(fd: instructions.number, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&wait, 1, 0) > 0
  }

  /// Tries to make the ring shorter or longer under the receiver's feet, to seal it against its
  /// writer, and to change the clip; true where none of it works.
  ///
  /// Unsafe use: one byte of an array is written.
  var cannotChangeMemory: Bool {
    let byte: [UInt8] = [0]
    let tries: [Bool] = [
      ftruncate(ring.number, 0) == 0, ftruncate(ring.number, 1 << 30) == 0,
      cl_add_seals(ring.number, cl_seal_write) >= 0,
      ftruncate(clip.number, 0) == 0, unsafe pwrite(clip.number, byte, 1, 0) == 1,
    ]
    return !tries.contains(true)
  }

  /// Tries to write instructions to itself; true where that does not work.
  ///
  /// Unsafe use: an array's own count is written.
  var cannotWriteInstructions: Bool {
    let bytes = [UInt8](repeating: 6, count: 64)
    return unsafe write(instructions.number, bytes, bytes.count) < 0
  }
}
