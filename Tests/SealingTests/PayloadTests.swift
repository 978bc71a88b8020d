// SPDX-License-Identifier: Apache-2.0

import Sealing
import TestSupport
import Testing

@Suite struct PayloadTests {
  static let chunk = 65536
  static let sealedChunk = 65552
  static let borders = [0, 1, 65535, 65536, 65537, 131_071, 131_072, 131_073]

  @Test(arguments: borders) func roundTrip(_ count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let plain = [UInt8].random(count, &generator)
    let key = AgeFileKey()
    let sealed = AgePayload.seal(plain.span, key)
    #expect(sealed.count == AgePayload.sealedByteCount(count))
    #expect(AgePayload.plainByteCount(sealed.count) == count)
    #expect(try AgePayload.open(sealed, key) == plain)
    #expect(throws: SealingError.payload) { try AgePayload.open(sealed, AgeFileKey()) }
    #expect(AgePayload.seal(plain.span, key) != sealed, "each payload has a nonce of its own")
  }

  @Test func sizesThatNoPayloadHas() {
    for count in [Int.min, -1, 0, 15, 16, 31, 16 + 65552 + 15, 16 + 65552 + 16] {
      #expect(AgePayload.plainByteCount(count) == nil, "\(count)")
    }
    #expect(AgePayload.plainByteCount(16 + 65552 + 17) == 65537)
    #expect(AgePayload.plainByteCount(.max) != nil)
    #expect(AgePayload.sealedByteCount(.min) == 32)
    #expect(AgePayload.sealedByteCount(.max) > 1 << 60)
    for count in 0..<300_000 where count % 7 == 0 {
      #expect(AgePayload.plainByteCount(AgePayload.sealedByteCount(count)) == count)
    }
  }

  /// However the bytes come, the same payload opens to them.
  @Test func sealingPieceByPiece() throws {
    var generator = SeededGenerator(seed: 7)
    for count in Self.borders + [300_000] {
      let plain = [UInt8].random(count, &generator)
      let key = AgeFileKey()
      var sealed: [UInt8] = []
      var sealer = AgePayloadSealer(key, to: &sealed)
      var start = 0
      while start < count {
        let sizes = [0, 1, 1000, 65535, 65536, 65537, 200_000]
        let end = min(count, start + (sizes.randomElement(using: &generator) ?? 1))
        sealer.append(plain.span.extracting(start..<end), to: &sealed)
        start = end
      }
      sealer.finish(to: &sealed)
      #expect(sealed.count == AgePayload.sealedByteCount(count))
      #expect(try AgePayload.open(sealed, key) == plain)
    }
  }

  @Test func flippedBitsAreRefused() throws {
    var generator = SeededGenerator(seed: 11)
    let plain = [UInt8].random(200_000, &generator)
    let key = AgeFileKey()
    let sealed = AgePayload.seal(plain.span, key)
    #expect(try AgePayload.open(sealed, key) == plain)
    let bits =
      isSoak
      ? Array(0..<(sealed.count * 8))
      : (0..<2000).map { _ in Int.random(in: 0..<(sealed.count * 8), using: &generator) }
    var changed = sealed
    for bit in bits {
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: SealingError.payload, "bit \(bit)") {
        try AgePayload.open(changed.span, key) { _ in }
      }
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(changed == sealed)
  }

  @Test func cutsAndAdditionsAroundBordersAreRefused() throws {
    let plain = [UInt8](repeating: 5, count: 2 * Self.chunk + 40)
    let key = AgeFileKey()
    let sealed = AgePayload.seal(plain.span, key)
    var cuts = Set(0...64)
    for border in 1...2 {
      let place = 16 + border * Self.sealedChunk
      cuts.formUnion((place - 40)...(place + 40))
    }
    cuts.formUnion((sealed.count - 60)..<sealed.count)
    for count in cuts where count < sealed.count {
      #expect(throws: SealingError.payload, "cut at \(count)") {
        try AgePayload.open(sealed.span.extracting(0..<count), key) { _ in }
      }
    }
    for extra in [1, 15, 16, 17, 65552, 65553] {
      let longer = sealed + [UInt8](repeating: 0, count: extra)
      #expect(throws: SealingError.payload, "\(extra) more") {
        try AgePayload.open(longer.span, key) { _ in }
      }
    }
    // Also where the last chunk is full: nothing but its mark tells that it is the last.
    let full = AgePayload.seal(plain.span.extracting(0..<(2 * Self.chunk)), key)
    #expect(try AgePayload.open(full, key).count == 2 * Self.chunk)
    for count in (full.count - 17)..<full.count {
      #expect(throws: SealingError.payload) {
        try AgePayload.open(full.span.extracting(0..<count), key) { _ in }
      }
    }
    #expect(throws: SealingError.payload) {
      try AgePayload.open(full.span.extracting(0..<(16 + Self.sealedChunk)), key) { _ in }
    }
  }

  @Test func chunksKeepTheirPlaces() throws {
    var generator = SeededGenerator(seed: 13)
    let key = AgeFileKey()
    let plain = [UInt8].random(4 * Self.chunk, &generator)
    let sealed = AgePayload.seal(plain.span, key)
    let other = AgePayload.seal(plain.span, key)
    func chunks(_ payload: [UInt8]) -> [[UInt8]] {
      stride(from: 16, to: payload.count, by: Self.sealedChunk).map {
        Array(payload[$0..<min($0 + Self.sealedChunk, payload.count)])
      }
    }
    func joined(_ chunks: [[UInt8]]) -> [UInt8] { Array(sealed[..<16]) + chunks.joined() }
    let own = chunks(sealed)
    #expect(try AgePayload.open(joined(own), key) == plain)
    var wrong: [[[UInt8]]] = []
    for first in 0..<4 {
      var dropped = own
      dropped.remove(at: first)
      wrong.append(dropped)
      var doubled = own
      doubled.insert(own[first], at: first)
      wrong.append(doubled)
      var foreign = own
      foreign[first] = chunks(other)[first]
      wrong.append(foreign)
      for second in 0..<first {
        var swapped = own
        swapped.swapAt(first, second)
        wrong.append(swapped)
      }
    }
    #expect(wrong.count == 18)
    for chunks in wrong {
      #expect(throws: SealingError.payload) { try AgePayload.open(joined(chunks), key) }
    }
  }

  @Test func aReceiverMayRefuse() throws {
    let key = AgeFileKey()
    let sealed = AgePayload.seal([UInt8](repeating: 1, count: 200_000).span, key)
    var calls = 0
    #expect(throws: SealingError.io) {
      try AgePayload.open(sealed.span, key) { _ throws(SealingError) in
        calls += 1
        if calls == 2 { throw .io }
      }
    }
    #expect(calls == 2)
  }
}
