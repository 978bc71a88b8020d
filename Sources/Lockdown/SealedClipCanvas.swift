// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A clip being written into memory by several threads, each its own part of it.
///
/// Nothing is a clip until `finish`, which the last of them calls once all is authentic; what was not
/// written is zeros. Where `finish` is not reached the memory goes with this object.
package final class SealedClipCanvas: Sendable {
  private let descriptor: OwnedDescriptor
  /// The clip's size in bytes, 1 to 100 MiB.
  package let byteCount: Int

  /// Makes room for so many bytes.
  ///
  /// - Throws: `wrongSize` below one byte, `tooLarge` above 100 MiB, `system` where there is no
  ///   memory.
  package init(byteCount: Int) throws(MemoryError) {
    guard byteCount > 0 else { throw .wrongSize(byteCount) }
    guard byteCount <= SealedClip.largestByteCount else {
      throw .tooLarge(limit: SealedClip.largestByteCount)
    }
    self.byteCount = byteCount
    descriptor = try SharedFile.create("milkglass-clip")
    guard ftruncate(descriptor.number, byteCount) == 0 else {
      throw .system(SystemError(call: "ftruncate", code: errno))
    }
  }

  /// Writes bytes to their place; any thread may.
  ///
  /// Unsafe use: `pwrite` reads at most what is left of the span.
  ///
  /// - Throws: `wrongSize` where they would leave the clip, `system` where there is no memory.
  package func write(_ bytes: Span<UInt8>, at offset: Int) throws(MemoryError) {
    guard offset >= 0, offset <= byteCount, bytes.count <= byteCount - offset else {
      throw .wrongSize(bytes.count)
    }
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.extracting(done...).withUnsafeBytes { rest in
        unsafe pwrite(descriptor.number, rest.baseAddress, rest.count, offset + done)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .system(SystemError(call: "pwrite", code: errno)) }
      done += written
    }
  }

  /// Seals the memory: from here on nobody can change it, nor write through this object.
  package func finish() throws(MemoryError) -> SealedClip {
    let all = cl_seal_write | cl_seal_grow | cl_seal_shrink | cl_seal_seal
    try SharedFile.seal(descriptor, all)
    return SealedClip(descriptor: descriptor, byteCount: byteCount)
  }
}
