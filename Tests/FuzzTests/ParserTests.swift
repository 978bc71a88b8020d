// SPDX-License-Identifier: Apache-2.0

import FuzzParsers
import TestSupport
import Testing

/// Our own readers take what our writers write and survive damaged forms of it.
@Suite struct ParserTests {
  @Test(arguments: ParserTarget.all.map(\.name))
  func `a reader takes its writer's work and survives damage`(name: String) throws {
    let target = try #require(ParserTarget.all.first { $0.name == name })
    let seeds = try target.seeds()
    #expect(!seeds.isEmpty)
    var random = SeededGenerator(seed: 17)
    var refused = 0
    for seed in seeds {
      #expect(target.read(seed), "\(name) refuses its own seed")
      refused += (0..<200).count { _ in !target.read(Self.damaged(seed, &random)) }
    }
    #expect(refused > 0, "\(name) refused nothing")
    for length in 0..<70 { _ = target.read([UInt8](repeating: 0xFF, count: length)) }
  }

  private static func damaged(_ seed: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let marks: [UInt8] = [0x22, 0x5C, 0x0A, 0x5B, 0x7B]
    var bytes = seed
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard !bytes.isEmpty else { break }
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 9))
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
      default: bytes.insert(marks[place % marks.count], at: place)
      }
    }
    return bytes
  }
}
