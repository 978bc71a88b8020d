// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Lockdown

/// The body of an age file: a 16-byte nonce and chunks of 64 KiB, each sealed (STREAM).
package enum AgePayload {
  /// The sealed size of so many plain bytes, with the nonce; what is below zero or over an exbibyte
  /// counts as that.
  package static func sealedByteCount(_ plain: Int) -> Int {
    let plain = min(max(plain, 0), 1 << 60)
    let chunks = max(1, (plain + AgeStream.chunkByteCount - 1) / AgeStream.chunkByteCount)
    return AgeStream.nonceByteCount + plain + chunks * AgeStream.tagByteCount
  }

  /// The number of plain bytes in a payload of so many sealed ones; nil where none has that size.
  package static func plainByteCount(_ sealed: Int) -> Int? { AgeStream.plainByteCount(sealed) }

  /// Seals bytes in memory.
  package static func seal(_ plain: Span<UInt8>, _ key: AgeFileKey) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(sealedByteCount(plain.count))
    var sealer = AgePayloadSealer(key, to: &output)
    sealer.append(plain, to: &output)
    sealer.finish(to: &output)
    return output
  }

  /// Opens a payload chunk by chunk; what `receive` got before an error must not be used.
  ///
  /// A chunk is lent to `receive` for the call and wiped after it.
  ///
  /// - Throws: `payload` where anything is missing, changed, added or out of its place, and what
  ///   `receive` throws.
  package static func open(
    _ sealed: Span<UInt8>, _ key: AgeFileKey,
    _ receive: (Span<UInt8>) throws(SealingError) -> Void
  ) throws(SealingError) {
    guard sealed.count >= AgeStream.nonceByteCount else { throw .payload }
    let nonce = sealed.copied(0..<AgeStream.nonceByteCount)
    try open(
      sealed.count, AgeStream(key, nonce: nonce),
      { (range, buffer) throws(SealingError) in buffer.take(sealed.extracting(range)) }, receive)
  }

  /// Opens a payload of so many sealed bytes chunk by chunk, each read from where it lies straight
  /// to where it is opened; memory is one chunk's.
  ///
  /// `read` fills the span it is lent with the sealed bytes from that offset of the payload (its
  /// nonce is at 0). What `receive` got before an error must not be used; it is lent a chunk for the
  /// call, which is wiped after it.
  ///
  /// - Throws: `payload` where anything is missing, changed, added or out of its place, and what
  ///   `read` and `receive` throw.
  package static func open(
    sealedByteCount: Int, _ key: AgeFileKey, read: Reader,
    _ receive: (Span<UInt8>) throws(SealingError) -> Void
  ) throws(SealingError) {
    try open(
      sealedByteCount, try stream(key, sealedByteCount, read),
      { (range, buffer) throws(SealingError) in try load(range, into: &buffer, read) }, receive)
  }

  /// What fills a span with sealed bytes from an offset of the payload on.
  package typealias Reader = (_ offset: Int, _ target: inout MutableSpan<UInt8>)
    throws(SealingError) -> Void

  static func stream(
    _ key: AgeFileKey, _ sealedByteCount: Int, _ read: Reader
  ) throws(SealingError) -> AgeStream {
    guard plainByteCount(sealedByteCount) != nil else { throw .payload }
    var nonce = [UInt8](repeating: 0, count: AgeStream.nonceByteCount)
    var target = nonce.mutableSpan
    try read(0, &target)
    return AgeStream(key, nonce: nonce)
  }

  /// What lies before a chunk, the payload's nonce or a tag, is longer than the chunk's own nonce,
  /// which takes its place.
  static func load(
    _ range: Range<Int>, into buffer: inout AgeChunkBuffer, _ read: Reader
  ) throws(SealingError) {
    try buffer.fill(range.count) { (chunk) throws(SealingError) in
      try read(range.lowerBound - AgeChunkBuffer.headByteCount, &chunk)
    }
  }

  private static func open(
    _ sealedByteCount: Int, _ stream: AgeStream,
    _ load: (Range<Int>, inout AgeChunkBuffer) throws(SealingError) -> Void,
    _ receive: (Span<UInt8>) throws(SealingError) -> Void
  ) throws(SealingError) {
    guard plainByteCount(sealedByteCount) != nil else { throw .payload }
    try open(
      0..<chunkCount(sealedByteCount), of: sealedByteCount, stream, load,
      { (_, chunk) throws(SealingError) in try receive(chunk) })
  }

  /// How many chunks a payload of so many sealed bytes has; it must be one that there can be.
  static func chunkCount(_ sealedByteCount: Int) -> Int {
    (sealedByteCount - AgeStream.nonceByteCount - 1) / AgeStream.sealedChunkByteCount + 1
  }

  /// Opens some of a payload's chunks; `receive` gets each with its place among the plain bytes.
  static func open(
    _ chunks: Range<Int>, of sealedByteCount: Int, _ stream: AgeStream,
    _ load: (Range<Int>, inout AgeChunkBuffer) throws(SealingError) -> Void,
    _ receive: (_ offset: Int, Span<UInt8>) throws(SealingError) -> Void
  ) throws(SealingError) {
    var buffer = AgeChunkBuffer()
    for index in chunks {
      let start = AgeStream.nonceByteCount + index * AgeStream.sealedChunkByteCount
      let end = min(start + AgeStream.sealedChunkByteCount, sealedByteCount)
      try load(start..<end, &buffer)
      var plain = try stream.open(&buffer, index: index, isLast: end == sealedByteCount)
      defer { SecretBytes.wipe(&plain) }
      try receive(index * AgeStream.chunkByteCount, plain.span)
    }
  }
}
