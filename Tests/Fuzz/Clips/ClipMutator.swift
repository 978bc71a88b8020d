// SPDX-License-Identifier: Apache-2.0

package import TestSupport

/// A damaged clip, and how it came about.
package struct MutatedClip: Sendable {
  package let number: Int
  package let seed: ClipSeed
  package let mutations: [Mutation]
  package let bytes: [UInt8]
}

/// Makes damaged clips: the same seed and number give the same clip.
package struct ClipMutator: Sendable {
  package let seeds: [ClipSeed]
  private let seed: UInt64

  /// Starts from whole clips.
  package init(seeds: [ClipSeed], seed: UInt64) {
    self.seeds = seeds
    self.seed = seed
  }

  /// The random numbers of a clip, for whoever plays it too.
  package func random(_ number: Int) -> SeededGenerator {
    var mixed = SeededGenerator(seed: seed ^ (UInt64(number) &* 0x9E37_79B9))
    return SeededGenerator(seed: mixed.next())
  }

  /// The clip of a number; each seed and each mutation has its turn.
  package func clip(_ number: Int) -> MutatedClip {
    var random = random(number)
    let seed = seeds[number % seeds.count]
    var mutations = [Mutation.allCases[(number / seeds.count) % Mutation.allCases.count]]
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      mutations.append(Mutation.allCases.randomElement(using: &random) ?? .flipBits)
    }
    var bytes = seed.bytes
    for mutation in mutations {
      var changing = ClipChange(seed: seed, seeds: seeds, bytes: bytes, random: random)
      changing.apply(mutation)
      bytes = Array(changing.bytes.prefix(Self.mostBytes))
      random = changing.random
    }
    // No decoder is ever given an empty clip: no memory can be made of one.
    return MutatedClip(
      number: number, seed: seed, mutations: mutations, bytes: bytes.isEmpty ? [0] : bytes)
  }

  private static let mostBytes = 1 << 20
}

extension ClipSeed {
  /// Whether the seed's elements, put together again, are the seed.
  package var isKeptWhole: Bool { ClipTree(bytes, form: form).bytes == bytes }

  /// Whether a mutation changes the seed: at least one of four tries.
  package func changes(by mutation: Mutation) -> Bool {
    (0..<4).contains { seed in
      var change = ClipChange(
        seed: self, seeds: [self], bytes: bytes, random: SeededGenerator(seed: UInt64(seed)))
      change.apply(mutation)
      return change.bytes != bytes
    }
  }
}
