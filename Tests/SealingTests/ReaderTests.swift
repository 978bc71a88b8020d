// SPDX-License-Identifier: Apache-2.0

import Sealing
import TestSupport
import Testing

@Suite struct ReaderTests {
  static func reader(_ sealed: [UInt8], _ key: AgeFileKey) throws -> AgePayloadReader {
    try AgePayloadReader(sealedByteCount: sealed.count, key: key) { offset, count in
      Array(sealed[offset..<(offset + count)])
    }
  }

  @Test func rangesEqualTheStream() throws {
    var generator = SeededGenerator(seed: 17)
    for count in [1, 65536, 65537, 5 * 65536, 400_001] {
      let plain = [UInt8].random(count, &generator)
      let key = AgeFileKey()
      let sealed = AgePayload.seal(plain.span, key)
      var reader = try Self.reader(sealed, key)
      #expect(reader.byteCount == count)
      for _ in 0..<(isSoak ? 2000 : 200) {
        let start = Int.random(in: 0...count, using: &generator)
        let longest = [100, 70_000, count].randomElement(using: &generator) ?? 1
        let end = Int.random(in: start...min(count, start + longest), using: &generator)
        #expect(try reader.read(start..<end) == Array(plain[start..<end]))
      }
      #expect(try reader.read(0..<count) == plain)
    }
  }

  @Test func anEmptyPayload() throws {
    let key = AgeFileKey()
    var reader = try Self.reader(AgePayload.seal([UInt8]().span, key), key)
    #expect(reader.byteCount == 0)
    #expect(try reader.read(0..<0) == [])
    #expect(throws: SealingError.payload) { try reader.read(0..<1) }
  }

  /// A cut file is refused before its first byte is read, since the last chunk is looked at first.
  @Test func theLastChunkIsVerifiedFirst() throws {
    let key = AgeFileKey()
    let sealed = AgePayload.seal([UInt8](repeating: 9, count: 3 * 65536).span, key)
    for chunks in 1...2 {
      let cut = Array(sealed[..<(16 + chunks * 65552)])
      #expect(throws: SealingError.payload) { try Self.reader(cut, key) }
    }
    #expect(throws: SealingError.payload) {
      try Self.reader(sealed.flipping(bit: (sealed.count - 1) * 8), key)
    }
    #expect(throws: SealingError.payload) { try Self.reader(sealed, AgeFileKey()) }
    for count in [-1, 0, 16, 31, 16 + 65552 + 16] {
      #expect(throws: SealingError.payload) {
        try AgePayloadReader(sealedByteCount: count, key: key) { _, count in
          [UInt8](repeating: 0, count: count)
        }
      }
    }
  }

  @Test func aChangedChunkIsFoundWhenItIsRead() throws {
    let key = AgeFileKey()
    let plain = [UInt8](repeating: 9, count: 3 * 65536)
    let sealed = AgePayload.seal(plain.span, key).flipping(bit: (16 + 65552 + 5) * 8)
    var reader = try Self.reader(sealed, key)
    #expect(try reader.read(0..<65536) == Array(plain[..<65536]))
    #expect(throws: SealingError.payload) { try reader.read(65535..<65537) }
    #expect(try reader.read(131_072..<131_080) == Array(plain[..<8]))
  }

  @Test func rangesAndSourcesThatAreWrong() throws {
    let key = AgeFileKey()
    let sealed = AgePayload.seal([UInt8](repeating: 9, count: 100).span, key)
    var reader = try Self.reader(sealed, key)
    #expect(try reader.read(0..<100).count == 100)
    for range in [-1..<1, 0..<101, 101..<101, Int.max - 1..<Int.max] {
      #expect(throws: SealingError.payload) { try reader.read(range) }
    }
    #expect(throws: SealingError.io) {
      try AgePayloadReader(sealedByteCount: sealed.count, key: key) { _, _ in [] }
    }
    #expect(throws: SealingError.io) {
      try AgePayloadReader(sealedByteCount: sealed.count, key: key) { _, _ throws(SealingError) in
        throw .io
      }
    }
  }
}
