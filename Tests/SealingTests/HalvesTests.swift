// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TestSupport
import Testing

@testable import Sealing

@Suite struct HalvesTests {
  /// What the halves handed on, by place.
  private final class Parts: Sendable {
    let bytes = Mutex<[Int: [UInt8]]>([:])
  }

  private static let chunk = AgeStream.chunkByteCount

  private func open(_ sealed: [UInt8], _ key: AgeFileKey) throws -> [UInt8] {
    let parts = Parts()
    try AgePayload.openInHalves(
      sealedByteCount: sealed.count, key,
      read: { (offset, target) throws(SealingError) in
        for place in target.indices { target[place] = sealed[offset + place] }
      }
    ) { (offset, chunk) throws(SealingError) in
      let bytes = chunk.indices.map { chunk[$0] }
      parts.bytes.withLock { $0[offset] = bytes }
    }
    let ordered = parts.bytes.withLock { $0.sorted { $0.key < $1.key } }
    var plain: [UInt8] = []
    for (offset, bytes) in ordered {
      #expect(offset == plain.count)
      plain += bytes
    }
    return plain
  }

  @Test(arguments: [0, 1, 15 * 65_536 + 1, 16 * 65_536, 17 * 65_536 - 1])
  func halvesAreTheWhole(byteCount: Int) throws {
    var random = SeededGenerator(seed: UInt64(byteCount))
    let plain = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    let key = AgeFileKey()
    #expect(try open(AgePayload.seal(plain.span, key), key) == plain)
  }

  @Test func whatIsChangedInEitherHalfIsRefused() throws {
    let key = AgeFileKey()
    let sealed = AgePayload.seal([UInt8](repeating: 7, count: 18 * Self.chunk).span, key)
    #expect(try open(sealed, key).count == 18 * Self.chunk)
    for place in [0, 16, sealed.count / 4, sealed.count * 3 / 4, sealed.count - 1] {
      var changed = sealed
      changed[place] ^= 1
      #expect(throws: SealingError.payload, "byte \(place)") { try open(changed, key) }
    }
    let sealedChunk = AgeStream.sealedChunkByteCount
    for changed in [
      Array(sealed.dropLast()), Array(sealed.dropLast(sealedChunk)), sealed + [0],
      Array(sealed[..<16]) + Array(sealed[(16 + sealedChunk)...]) + sealed[16..<16 + sealedChunk],
    ] {
      #expect(throws: SealingError.payload) { try open(changed, key) }
    }
  }
}
