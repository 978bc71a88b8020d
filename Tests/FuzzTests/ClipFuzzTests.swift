// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Foundation
import FuzzClips
import TestSupport
import Testing
import Vocabulary

/// Damaged clips of every codec and container hurt nothing but their own decoder.
@Suite struct ClipFuzzTests {
  static let seeds = Result { try ClipSeed.all() }
  static let decoder = ClipMaker.productsDirectory.appending(path: "milkglass-decoder").path
  static let liar = ClipMaker.productsDirectory.appending(path: "lying-decoder").path
  private static let seed: UInt64 = 20_260_114
  private static let count = 300

  @Test func `whole clips play in every codec and container`() throws {
    let player = try ClipPlayer(program: Self.decoder)
    for seed in try Self.seeds.get() {
      for way in [ClipPlayer.Way.probe, .clear] {
        let outcome = try player.play(
          seed.bytes, size: seed.size, way: way, random: SeededGenerator(seed: 1))
        #expect(outcome.end == .complete, "\(seed.name): \(outcome.end.words)")
        #expect(outcome.frameCount > 3, "\(seed.name)")
      }
    }
  }

  @Test func `damaged clips break no promise`() throws {
    let fuzz = ClipFuzz(seeds: try Self.seeds.get(), seed: Self.seed, program: Self.decoder)
    // The numbers are spread so that each seed and each mutation has its turn.
    let tally = try fuzz.run(0..<Self.count, jobs: 2)
    #expect(tally.failures == [])
    #expect(tally.count == Self.count)
    // The damage is real: some clips still play, many are refused, each for a reason of its own.
    #expect(tally.ends[.complete, default: 0] > Self.count / 10)
    let refusals = tally.ends.filter { if case .refused = $0.key { true } else { false } }
    #expect(refusals.count >= 3 && refusals.values.reduce(0, +) > Self.count / 20)
    #expect(tally.mutations.count == Mutation.allCases.count)
  }

  @Test func `a number is a clip`() throws {
    let seeds = try Self.seeds.get()
    let (one, other) = (ClipMutator(seeds: seeds, seed: 3), ClipMutator(seeds: seeds, seed: 3))
    let elsewhere = ClipMutator(seeds: seeds, seed: 4)
    var differing = 0
    for number in 0..<60 {
      #expect(one.clip(number).bytes == other.clip(number).bytes)
      if one.clip(number).bytes != elsewhere.clip(number).bytes { differing += 1 }
    }
    #expect(differing > 50)
  }

  @Test func `a container taken apart and put together again is the same`() throws {
    for seed in try Self.seeds.get() {
      #expect(seed.isKeptWhole, "\(seed.name)")
    }
  }

  @Test func `every mutation changes clips`() throws {
    let seeds = try Self.seeds.get()
    for (index, mutation) in Mutation.allCases.enumerated() {
      let some = stride(from: index % 4, to: seeds.count, by: 4).map { seeds[$0] }
      let changed = some.count { $0.changes(by: mutation) }
      #expect(changed > some.count / 2, "\(mutation) changed \(changed) of \(some.count)")
    }
  }

  @Test(arguments: [
    ("crash", ClipEnd.crashed(.signalled(11))), ("give-up", .crashed(.exited(code: 9))),
    ("silent", .watchdog), ("denied", .failed(.deniedCall)),
    ("unknown-kind", .failed(.lied(.unknownKind(200)))),
  ])
  func `what goes wrong is counted as what it is`(lie: String, end: ClipEnd) throws {
    let player = try ClipPlayer(program: Self.liar)
    let outcome = try player.play(
      Array(lie.utf8), size: .init(width: 160, height: 90), way: .frosted,
      random: SeededGenerator(seed: 1))
    #expect(outcome.end == end)
  }
}
