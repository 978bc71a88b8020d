// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
internal import Lockdown

/// The chunks of one payload (STREAM): each sealed with its number and whether it is the last.
struct AgeStream {
  /// The plain bytes of a chunk that is not the last.
  static let chunkByteCount = 64 << 10
  /// What sealing adds to a chunk.
  static let tagByteCount = 16
  static let sealedChunkByteCount = chunkByteCount + tagByteCount
  /// The nonce before the first chunk.
  static let nonceByteCount = 16

  private let key: SymmetricKey

  init(_ fileKey: AgeFileKey, nonce: [UInt8]) { key = fileKey.derive(salt: nonce, "payload") }

  /// A random nonce for a new payload.
  static func newNonce() -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    return (0..<nonceByteCount).map { _ in random.next() }
  }

  /// Opens a chunk; the caller wipes it.
  ///
  /// - Throws: `payload` where the chunk is not what was sealed in this place.
  func open(_ sealed: Span<UInt8>, index: Int, isLast: Bool) throws(SealingError) -> Data {
    var buffer = AgeChunkBuffer()
    buffer.take(sealed)
    return try open(&buffer, index: index, isLast: isLast)
  }

  /// Opens the chunk in a buffer; the caller wipes what comes of it.
  ///
  /// - Throws: `payload` where the chunk is not what was sealed in this place.
  func open(
    _ buffer: inout AgeChunkBuffer, index: Int, isLast: Bool
  ) throws(SealingError) -> Data {
    guard let box = buffer.box(Self.chunkNonce(index, isLast)),
      let plain = try? ChaChaPoly.open(box, using: key)
    else { throw .payload }
    return plain
  }

  /// Seals a chunk, and appends it to `output`.
  ///
  /// Unsafe use: the plain bytes are lent for the call only.
  func seal(_ plain: Span<UInt8>, index: Int, isLast: Bool, to output: inout [UInt8]) {
    do {
      let nonce = try ChaChaPoly.Nonce(data: Self.chunkNonce(index, isLast))
      let box = try unsafe plain.withUnsafeBytes { plain in
        try unsafe ChaChaPoly.seal(plain, using: key, nonce: nonce)
      }
      output.append(box.combined.span.extracting(droppingFirst: 12))
    } catch {
      // The library refuses other sizes only: the nonce has 12 bytes, the key 32.
      fatalError("a chunk was not sealed")
    }
  }

  /// Eleven bytes of the chunk's number, the greatest first, and one that marks the last.
  private static func chunkNonce(_ index: Int, _ isLast: Bool) -> [UInt8] {
    var nonce = [UInt8](repeating: 0, count: 12)
    for place in 0..<8 { nonce[10 - place] = UInt8(truncatingIfNeeded: index >> (8 * place)) }
    nonce[11] = isLast ? 1 : 0
    return nonce
  }

  /// The number of plain bytes in a payload of so many sealed ones, nonce and all; nil where no
  /// payload has that size.
  static func plainByteCount(_ sealed: Int) -> Int? {
    guard sealed >= nonceByteCount + tagByteCount else { return nil }
    let chunks = sealed - nonceByteCount
    let count = (chunks - 1) / sealedChunkByteCount + 1
    let last = chunks - (count - 1) * sealedChunkByteCount
    guard last > tagByteCount || (last == tagByteCount && count == 1) else { return nil }
    return chunks - count * tagByteCount
  }
}

extension [UInt8] {
  /// Adds bytes at the end.
  ///
  /// Unsafe use: the buffer is read within its bounds while it is lent.
  mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe append(contentsOf: bytes) }
  }
}
