// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Memory files that are passed between processes: created, sealed, and checked on arrival.
enum SharedFile {
  /// A new, empty memory file.
  ///
  /// Unsafe use: the name lives through the call.
  static func create(_ name: String) throws(MemoryError) -> OwnedDescriptor {
    let number = unsafe cl_memfd_create(name)
    guard number >= 0 else { throw .system(SystemError(call: "memfd_create", code: -number)) }
    return OwnedDescriptor(number)
  }

  /// Adds seals, which nothing takes off again.
  static func seal(_ descriptor: OwnedDescriptor, _ seals: Int32) throws(MemoryError) {
    let result = cl_add_seals(descriptor.number, seals)
    guard result >= 0 else { throw .system(SystemError(call: "fcntl", code: -result)) }
  }

  /// The size of a memory file that has at least these seals, in bytes.
  static func byteCount(
    _ descriptor: OwnedDescriptor, requiring seals: Int32
  ) throws(MemoryError) -> Int {
    // A negative answer (no memory file) has every bit of its errno's complement, so test it first.
    let found = cl_get_seals(descriptor.number)
    guard found >= 0, found & seals == seals else { throw .notSealed }
    let size = cl_file_size(descriptor.number)
    guard size >= 0 else {
      throw .system(SystemError(call: "fstat", code: Int32(clamping: -size)))
    }
    return Int(size)
  }
}

/// Memory that two processes write and read, of a size that neither can change
/// (`memfd_create(2)`, sealed against shrinking and growing).
package enum SharedMemory {
  /// The most bytes that shared memory may have: 256 MiB.
  package static let largestByteCount = 256 << 20

  /// Makes and maps zeroed memory; the descriptor is for the other process.
  package static func create(
    byteCount: Int
  ) throws(MemoryError) -> (descriptor: OwnedDescriptor, memory: MappedMemory) {
    guard (1...largestByteCount).contains(byteCount) else { throw .wrongSize(byteCount) }
    let descriptor = try SharedFile.create("milkglass-ring")
    guard ftruncate(descriptor.number, byteCount) == 0 else {
      throw .system(SystemError(call: "ftruncate", code: errno))
    }
    try SharedFile.seal(descriptor, cl_seal_grow | cl_seal_shrink | cl_seal_seal)
    let memory = try MappedMemory(descriptor.number, byteCount: byteCount, isWritable: true)
    return (descriptor, memory)
  }

  /// Maps memory that came from another process, after checking its seals and its size.
  package static func map(_ descriptor: OwnedDescriptor) throws(MemoryError) -> MappedMemory {
    let fixed = cl_seal_grow | cl_seal_shrink | cl_seal_seal
    let byteCount = try SharedFile.byteCount(descriptor, requiring: fixed)
    guard (1...largestByteCount).contains(byteCount) else { throw .wrongSize(byteCount) }
    return try MappedMemory(descriptor.number, byteCount: byteCount, isWritable: true)
  }
}
