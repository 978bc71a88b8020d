// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Lockdown

/// Reads any range of a sealed payload, by its chunks; keeps the chunk that was read last.
package struct AgePayloadReader {
  /// The number of plain bytes.
  package let byteCount: Int
  private let sealedByteCount: Int
  private let stream: AgeStream
  private let source: (Int, Int) throws(SealingError) -> [UInt8]
  private var cached: OpenChunk

  /// A chunk in memory, wiped when nobody reads it any more.
  private final class OpenChunk {
    let index: Int
    var plain: Data

    init(index: Int, plain: Data) {
      self.index = index
      self.plain = plain
    }

    deinit { SecretBytes.wipe(&plain) }
  }

  /// `read` gives exactly `count` sealed bytes from `offset` of the payload (its nonce is at 0); the
  /// last chunk is verified at once, so that the size can be trusted.
  ///
  /// - Throws: `payload` where no payload has that size or the last chunk is not the last of this
  ///   one, `io` where `read` gives fewer or more bytes, and what it throws.
  package init(
    sealedByteCount: Int, key: AgeFileKey,
    read: @escaping (_ offset: Int, _ count: Int) throws(SealingError) -> [UInt8]
  ) throws(SealingError) {
    guard let plain = AgeStream.plainByteCount(sealedByteCount) else { throw .payload }
    let nonce = try read(0, AgeStream.nonceByteCount)
    guard nonce.count == AgeStream.nonceByteCount else { throw .io }
    byteCount = plain
    self.sealedByteCount = sealedByteCount
    stream = AgeStream(key, nonce: nonce)
    source = read
    cached = try Self.chunk(
      max(0, plain - 1) / AgeStream.chunkByteCount, stream, sealedByteCount, read)
  }

  /// The plain bytes of a range within `0..<byteCount`.
  ///
  /// - Throws: `payload` where the range leaves the payload or a chunk of it was changed, and what
  ///   the source throws.
  package mutating func read(_ range: Range<Int>) throws(SealingError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= byteCount else { throw .payload }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
      let index = offset / AgeStream.chunkByteCount
      if cached.index != index {
        cached = try Self.chunk(index, stream, sealedByteCount, source)
      }
      let start = index * AgeStream.chunkByteCount
      let end = min(range.upperBound - start, cached.plain.count)
      bytes.append(cached.plain.span.extracting(offset - start..<end))
      offset = start + end
    }
    return bytes
  }

  private static func chunk(
    _ index: Int, _ stream: AgeStream, _ sealedByteCount: Int,
    _ read: (Int, Int) throws(SealingError) -> [UInt8]
  ) throws(SealingError) -> OpenChunk {
    let start = AgeStream.nonceByteCount + index * AgeStream.sealedChunkByteCount
    let end = min(start + AgeStream.sealedChunkByteCount, sealedByteCount)
    let sealed = try read(start, end - start)
    guard sealed.count == end - start else { throw .io }
    return OpenChunk(
      index: index,
      plain: try stream.open(sealed.span, index: index, isLast: end == sealedByteCount))
  }
}
