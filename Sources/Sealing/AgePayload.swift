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
    guard plainByteCount(sealed.count) != nil else { throw .payload }
    let stream = AgeStream(key, nonce: sealed.copied(0..<AgeStream.nonceByteCount))
    var start = AgeStream.nonceByteCount
    var index = 0
    while start < sealed.count {
      let end = min(start + AgeStream.sealedChunkByteCount, sealed.count)
      var chunk = try stream.open(
        sealed.extracting(start..<end), index: index, isLast: end == sealed.count)
      defer { SecretBytes.wipe(&chunk) }
      try receive(chunk.span)
      start = end
      index += 1
    }
  }
}
