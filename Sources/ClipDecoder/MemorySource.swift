// SPDX-License-Identifier: Apache-2.0
import CLibAV
import Vocabulary

/// Bytes in memory as an input of libavformat: the demuxer's only way to any byte.
///
/// Memory safety: libav calls back only while the context lives, which this object owns and frees
/// first; the opaque pointer is this object itself, and every copy is clamped to the bytes at hand.
@safe final class MemorySource {
  /// The context to hand to a demuxer; valid as long as this object.
  private(set) var context: UnsafeMutablePointer<AVIOContext>?
  /// Whether anything beyond the last byte was ever asked for.
  private(set) var reachedEnd = false

  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private var position = 0

  private static let bufferLength = 65_536

  /// Serves `bytes`, which must outlive it.
  init(bytes: UnsafeRawBufferPointer) throws(ClipError) {
    unsafe self.bytes = unsafe bytes
    count = bytes.count
    guard let buffer = unsafe av_malloc(Self.bufferLength) else { throw .outOfMemory }
    let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe context = unsafe avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferLength), 0, opaque,
      readBytes, nil, seekBytes)
    guard unsafe context != nil else {
      unsafe av_free(buffer)
      throw .outOfMemory
    }
  }

  deinit {
    // libav may have replaced the buffer, so it is freed through the context.
    if let context = unsafe context { unsafe av_freep(&context.pointee.buffer) }
    unsafe avio_context_free(&context)
  }

  fileprivate func read(into target: UnsafeMutablePointer<UInt8>?, _ length: Int32) -> Int32 {
    let taken = min(Int(length), count - position)
    if taken < Int(length) { reachedEnd = true }
    guard taken > 0, let target = unsafe target, let base = unsafe bytes.baseAddress else {
      return av_error_eof
    }
    unsafe UnsafeMutableRawPointer(target).copyMemory(from: base + position, byteCount: taken)
    position += taken
    return Int32(taken)
  }

  fileprivate func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    let start: Int
    switch whence & ~Int32(AVSEEK_FORCE) {
    case Int32(AVSEEK_SIZE): return Int64(count)
    case SEEK_SET: start = 0
    case SEEK_CUR: start = position
    case SEEK_END: start = count
    default: return Int64(av_error_invalid)
    }
    let (wanted, overflow) = Int64(start).addingReportingOverflow(offset)
    guard !overflow, wanted >= 0 else { return Int64(av_error_invalid) }
    if wanted > Int64(count) { reachedEnd = true }
    position = Int(min(wanted, Int64(count)))
    return Int64(position)
  }
}

private let readBytes:
  @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?, Int32) -> Int32 = {
    guard let opaque = unsafe $0 else { return av_error_invalid }
    return unsafe Unmanaged<MemorySource>.fromOpaque(opaque).takeUnretainedValue().read(
      into: $1, $2)
  }

private let seekBytes: @convention(c) (UnsafeMutableRawPointer?, Int64, Int32) -> Int64 = {
  guard let opaque = unsafe $0 else { return Int64(av_error_invalid) }
  return unsafe Unmanaged<MemorySource>.fromOpaque(opaque).takeUnretainedValue().seek($1, $2)
}
