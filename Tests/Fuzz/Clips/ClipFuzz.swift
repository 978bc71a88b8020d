// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Synchronization
import TestSupport

/// Plays numbered clips and counts how they end.
package struct ClipFuzz: Sendable {
  package let mutator: ClipMutator
  private let program: String

  /// Damages these seeds and plays them with a decoder program.
  package init(seeds: [ClipSeed], seed: UInt64, program: String) {
    mutator = ClipMutator(seeds: seeds, seed: seed)
    self.program = program
  }

  /// What was counted.
  package struct Tally: Sendable {
    package var ends: [ClipEnd: Int] = [:]
    package var mutations: Set<Mutation> = []
    /// Clips that a decoder died of, was slow at, or that failed, with their numbers.
    package var notes: [(number: Int, words: String, isFailure: Bool)] = []
    package var slowest: (number: Int, milliseconds: Int64) = (0, 0)
    package var frameCount = 0

    package var count: Int { ends.values.reduce(0, +) }
    package var failures: [String] {
      notes.filter(\.isFailure).map { "clip \($0.number): \($0.words)" }
    }

    package init() {}

    package mutating func add(_ clip: MutatedClip, _ outcome: ClipPlayer.Outcome) {
      ends[outcome.end, default: 0] += 1
      mutations.formUnion(clip.mutations)
      frameCount += outcome.frameCount
      if outcome.milliseconds > slowest.milliseconds {
        slowest = (clip.number, outcome.milliseconds)
      }
      guard outcome.end.isNoteworthy else { return }
      let ways = clip.mutations.map(\.rawValue).joined(separator: ", ")
      notes.append(
        (
          clip.number,
          "\(outcome.end.words) [\(clip.seed.name); \(ways); \(outcome.way); "
            + "\(outcome.milliseconds) ms]", outcome.end.isFailure
        ))
    }
  }

  /// How the clip of a number is played.
  package func way(_ number: Int) -> ClipPlayer.Way {
    ClipPlayer.Way.allCases[Int(mutator.random(number).firstWord % 4)]
  }

  /// Plays one clip.
  package func play(_ number: Int, _ player: ClipPlayer) throws -> (MutatedClip, ClipPlayer.Outcome)
  {
    let clip = mutator.clip(number)
    let outcome = try player.play(
      clip.bytes, size: clip.seed.size, way: way(number), random: mutator.random(number))
    return (clip, outcome)
  }

  /// Plays the clips of some numbers on so many threads, each with decoders of its own.
  ///
  /// `progress` hears how many were played, now and then.
  package func run(
    _ numbers: Range<Int>, jobs: Int, progress: @Sendable (Tally) -> Void = { _ in }
  ) throws -> Tally {
    let shared = Mutex(Tally())
    let errors = Mutex<[any Error]>([])
    inParallel(jobs) { job in
      do {
        let player = try ClipPlayer(program: program)
        for number in numbers where number % jobs == job {
          let (clip, outcome) = try play(number, player)
          let now = shared.withLock { tally in
            tally.add(clip, outcome)
            return tally.count % 500 == 0 ? tally : nil
          }
          if let now { progress(now) }
        }
      } catch {
        errors.withLock { $0.append(error) }
      }
    }
    if let error = errors.withLock({ $0.first }) { throw error }
    return shared.withLock { $0 }
  }
}

extension SeededGenerator {
  /// The next word of a copy.
  fileprivate var firstWord: UInt64 {
    var copy = self
    return copy.next() >> 7
  }
}
