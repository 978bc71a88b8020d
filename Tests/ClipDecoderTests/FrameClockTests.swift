// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import ClipDecoder

struct FrameClockTests {
  private func times(_ stamps: [Int64?], rate: Ratio = Ratio(25, 1)) -> [Int64] {
    var clock = FrameClock(frameRate: rate)
    return stamps.map { clock.time(stamp: $0).microseconds }
  }

  @Test func `the first picture is zero`() {
    #expect(times([7_000_000, 7_040_000, 7_100_000]) == [0, 40_000, 100_000])
    #expect(times([-500, 39_500]) == [0, 40_000])
  }

  @Test func `a missing stamp follows at the frame rate`() {
    #expect(times([nil, nil, nil]) == [0, 40_000, 80_000])
    #expect(times([0, nil, 90_000], rate: Ratio(30_000, 1001)) == [0, 33_366, 90_000])
  }

  @Test func `a stamp that does not rise moves the rest along`() {
    #expect(times([0, 40_000, 40_000, 80_000]) == [0, 40_000, 80_000, 120_000])
    #expect(times([0, 5_000_000, 0, 100_000]) == [0, 5_000_000, 5_040_000, 5_140_000])
  }

  @Test func `any stamps rise`() {
    var random = SeededGenerator(seed: 14)
    for _ in 0..<200 {
      let stamps = (0..<50).map { _ -> Int64? in
        switch Int.random(in: 0...3, using: &random) {
        case 0: nil
        case 1: [Int64.min, .max, .min + 1, -1, 0].randomElement(using: &random) ?? 0
        default: Int64.random(in: -1_000_000...100_000_000, using: &random)
        }
      }
      let times = times(stamps)
      #expect(times.first == 0)
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }
  }
}
