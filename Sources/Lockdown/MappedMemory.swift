// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A file's bytes mapped into this process until the last reference goes.
///
/// The file's size must be sealed by the caller's check: a map of a file that shrinks raises
/// SIGBUS. Unsafe uses: every access is checked against `byteCount`, the length that `mmap` gave.
@safe package final class MappedMemory {
  private let base: UnsafeMutableRawPointer
  /// The length of the map; positive.
  package let byteCount: Int

  /// Maps the first `byteCount` bytes of a file, shared with its other users.
  package init(_ descriptor: Int32, byteCount: Int, isWritable: Bool) throws(MemoryError) {
    let protection = isWritable ? PROT_READ | PROT_WRITE : PROT_READ
    guard byteCount > 0 else { throw .wrongSize(byteCount) }
    let address = unsafe mmap(nil, byteCount, protection, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw .system(SystemError(call: "mmap", code: errno))
    }
    unsafe base = address
    self.byteCount = byteCount
  }

  deinit { unsafe munmap(base, byteCount) }

  /// The bytes in place; valid as long as this object lives.
  @unsafe package var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
  }

  /// Copies bytes out, once; nil where the range leaves the map.
  package func copy(at offset: Int, count: Int) -> [UInt8]? {
    guard contains(offset, count) else { return nil }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if count > 0, let target = buffer.baseAddress {
        unsafe memcpy(target, base + offset, count)
      }
      initialized = count
    }
  }

  /// Copies bytes in; false, and no change, where they would leave the map.
  package func write(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard contains(offset, bytes.count) else { return false }
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe memcpy(base + offset, start, source.count) }
    }
    return true
  }

  /// Sets bytes to zero; false, and no change, where the range leaves the map.
  @discardableResult
  package func wipe(at offset: Int, count: Int) -> Bool {
    guard contains(offset, count) else { return false }
    unsafe memset(base + offset, 0, count)
    return true
  }

  private func contains(_ offset: Int, _ count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= byteCount && count <= byteCount - offset
  }
}
