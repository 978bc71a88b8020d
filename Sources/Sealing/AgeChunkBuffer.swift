// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// A sealed chunk in memory, as the library takes it: its nonce before it, in one piece.
struct AgeChunkBuffer {
  /// The bytes before the chunk: its nonce's.
  static let headByteCount = 12
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(Self.headByteCount + AgeStream.sealedChunkByteCount) }

  /// Takes a sealed chunk.
  mutating func take(_ sealed: Span<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: repeatElement(0, count: Self.headByteCount))
    bytes.append(sealed)
  }

  /// Takes a chunk of so many sealed bytes, which `body` writes in place, behind `headByteCount`
  /// others that do not matter.
  ///
  /// - Throws: `payload` where no chunk has that size, and what `body` throws.
  mutating func fill(
    _ count: Int, _ body: (inout MutableSpan<UInt8>) throws(SealingError) -> Void
  ) throws(SealingError) {
    guard (AgeStream.tagByteCount...AgeStream.sealedChunkByteCount).contains(count) else {
      throw .payload
    }
    let whole = Self.headByteCount + count
    if bytes.count > whole { bytes.removeLast(bytes.count - whole) }
    if bytes.count < whole { bytes += repeatElement(0, count: whole - bytes.count) }
    var span = bytes.mutableSpan
    try body(&span)
  }

  /// The chunk with its nonce; nil where that has not 12 bytes, or nothing was taken yet.
  mutating func box(_ nonce: [UInt8]) -> ChaChaPoly.SealedBox? {
    guard nonce.count == Self.headByteCount, bytes.count > nonce.count else { return nil }
    bytes.replaceSubrange(0..<nonce.count, with: nonce)
    return try? ChaChaPoly.SealedBox(combined: bytes)
  }
}
