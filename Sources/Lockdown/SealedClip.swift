// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A clip's bytes in memory that nobody can change any more (`memfd_create(2)`, all seals set).
///
/// Shape: 1 byte to 100 MiB. The plaintext lives as long as this object or a decoder that has it.
package final class SealedClip: Sendable {
  /// The most bytes a clip may have: 100 MiB.
  package static let largestByteCount = 100 << 20

  /// The sealed memory's descriptor.
  package let descriptor: OwnedDescriptor
  /// The number of bytes.
  package let byteCount: Int

  /// Takes over memory as it is; whoever maps it checks its seals.
  init(descriptor: OwnedDescriptor, byteCount: Int) {
    self.descriptor = descriptor
    self.byteCount = byteCount
  }

  /// Copies bytes that are in memory.
  package convenience init(_ bytes: [UInt8]) throws(MemoryError) {
    var writer = try SealedClipWriter()
    try writer.append(bytes.span)
    try self.init(finishing: writer)
  }

  /// Copies a regular file.
  package convenience init(copyingFile path: String) throws(MemoryError) {
    try self.init(finishing: Self.copy(path))
  }

  private convenience init(finishing writer: consuming SealedClipWriter) throws(MemoryError) {
    let (descriptor, byteCount) = try writer.sealed()
    self.init(descriptor: descriptor, byteCount: byteCount)
  }

  /// Maps a clip that came from another process, after checking its seals and its size.
  package static func map(_ descriptor: OwnedDescriptor) throws(MemoryError) -> MappedMemory {
    let all = cl_seal_write | cl_seal_grow | cl_seal_shrink | cl_seal_seal
    let byteCount = try SharedFile.byteCount(descriptor, requiring: all)
    guard (1...largestByteCount).contains(byteCount) else { throw .wrongSize(byteCount) }
    return try MappedMemory(descriptor.number, byteCount: byteCount, isWritable: false)
  }

  /// Unsafe uses: the path lives through `open`; `read` fills at most the array's own count.
  private static func copy(_ path: String) throws(MemoryError) -> SealedClipWriter {
    let number = unsafe cl_open_to_read(path)
    guard number >= 0 else { throw .system(SystemError(call: "open", code: -number)) }
    let file = OwnedDescriptor(number)
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .notAFile
    }
    guard status.st_size <= largestByteCount else { throw .tooLarge(limit: largestByteCount) }
    var writer = try SealedClipWriter()
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe read(file.number, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(SystemError(call: "read", code: errno)) }
      if count == 0 { return writer }
      try writer.append(chunk.span.extracting(0..<count))
    }
  }
}

/// A clip being written into memory, piece by piece, as a container gives it.
package struct SealedClipWriter: ~Copyable {
  private let descriptor: OwnedDescriptor
  private var byteCount = 0

  /// Starts with no byte.
  package init() throws(MemoryError) { descriptor = try SharedFile.create("milkglass-clip") }

  /// Adds bytes; throws `.tooLarge` where the clip would pass 100 MiB.
  ///
  /// Unsafe use: `write` reads at most what is left of the span.
  package mutating func append(_ bytes: Span<UInt8>) throws(MemoryError) {
    guard bytes.count <= SealedClip.largestByteCount - byteCount else {
      throw .tooLarge(limit: SealedClip.largestByteCount)
    }
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.extracting(done...).withUnsafeBytes { rest in
        unsafe write(descriptor.number, rest.baseAddress, rest.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .system(SystemError(call: "write", code: errno)) }
      done += written
    }
    byteCount += bytes.count
  }

  /// Seals what was written; an empty clip throws `.wrongSize`.
  package consuming func finish() throws(MemoryError) -> SealedClip {
    let (descriptor, byteCount) = try sealed()
    return SealedClip(descriptor: descriptor, byteCount: byteCount)
  }

  fileprivate consuming func sealed() throws(MemoryError) -> (OwnedDescriptor, Int) {
    guard byteCount > 0 else { throw .wrongSize(0) }
    let all = cl_seal_write | cl_seal_grow | cl_seal_shrink | cl_seal_seal
    try SharedFile.seal(descriptor, all)
    return (descriptor, byteCount)
  }
}
