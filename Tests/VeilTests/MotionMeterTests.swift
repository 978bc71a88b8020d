// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Veil

struct MotionMeterTests {
  private func run(_ frames: Int, fps: Double, _ plane: (Int) throws -> Plane) rethrows
    -> [TimelineFrame]
  {
    var meter = MotionMeter()
    return try (0..<frames).map { index in
      let plane = try plane(index)
      return meter.add(plane.bytes.span, plane.shape, at: .at(Double(index) / fps))
    }
  }

  /// A picture of 160 × 90 drawn in coordinates of 320 × 180.
  private func scene(_ value: (Int, Int) -> UInt8) throws -> Plane {
    try Plane(160, 90) { value($0 * 2, $1 * 2) }
  }

  @Test func `a still picture does not move`() throws {
    let still = try run(10, fps: 10) { _ in try scene { x, y in UInt8((x + y) / 2) } }
    #expect(still.allSatisfy { $0.motion == 0 && $0.movedEighths == 0 })
    #expect(still.map(\.time.microseconds) == (0..<10).map { Int64($0) * 100_000 })
  }

  @Test func `motion is the mean difference in 1/256 grey`() throws {
    let flash = try run(3, fps: 10) { index in
      try scene { x, _ in index == 1 && x < 160 ? 110 : 100 }
    }
    #expect(flash.map(\.motion) == [0, 5 * 256, 5 * 256])
  }

  @Test(arguments: 0..<8)
  func `a block that moves sets the bit of its eighth alone`(eighth: Int) throws {
    let (left, top) = (eighth % 4 * 80 + 10, eighth / 4 * 90 + 20)
    let moved = try run(8, fps: 10) { index in
      try scene { x, y in
        (left + index * 4..<left + index * 4 + 24).contains(x) && (top..<top + 40).contains(y)
          ? 180 : 60
      }
    }
    #expect(moved.last?.movedEighths == 1 << UInt8(eighth))
  }

  @Test func `slow motion counts at a high frame rate as at a low one`() throws {
    for fps in [10.0, 60.0] {
      let moved = try run(Int(fps), fps: fps) { index in
        try scene { x, y in
          // 40 pixels a second, so less than one a frame at 60.
          let left = 20 + Int(Double(index) * 40 / fps)
          return (left..<left + 16).contains(x) && (20..<60).contains(y) ? 140 : 60
        }
      }
      #expect(moved.last.map { $0.movedEighths & 1 } == 1)
    }
  }

  @Test func `sensor noise does not move, and what moves in it does`() throws {
    func noisy(_ block: Int?) throws -> [TimelineFrame] {
      var random = SeededGenerator(seed: 6)
      return try run(20, fps: 15) { index in
        try scene { x, y in
          let isBlock = block.map { ($0 + index * 3..<$0 + index * 3 + 20).contains(x) } ?? false
          let base = isBlock && (20..<70).contains(y) ? 120 : 60
          // Two dice of 16 sides: σ is about 6.5 greys.
          let word = random.next()
          return UInt8(clamping: base + Int(word & 15) + Int(word >> 4 & 15) - 15)
        }
      }
    }
    #expect(try noisy(nil).allSatisfy { $0.movedEighths == 0 })
    #expect(try noisy(180).dropFirst().allSatisfy { $0.movedEighths & 0b1100 != 0 })
  }

  @Test func `a change of all the light is no motion`() throws {
    let light = try run(20, fps: 10) { index in
      try scene { x, _ in UInt8(40 + x / 4 + index * 5) }
    }
    #expect(light.allSatisfy { $0.movedEighths == 0 })
    #expect(light.dropFirst().allSatisfy { $0.motion == 5 * 256 })
  }

  @Test func `a bit goes out when the motion is over`() throws {
    let stopped = try run(20, fps: 10) { index in
      try scene { x, y in
        x < 40 && y < 40 && index % 2 == 0 && index < 5 ? 200 : 60
      }
    }
    #expect(stopped[3].movedEighths == 1)
    #expect(stopped[19].movedEighths == 0)
  }

  @Test func `a picture of a few pixels is measured too`() throws {
    let tiny = try run(2, fps: 10) { index in try Plane(2, 2) { _, _ in UInt8(index * 255) } }
    #expect(tiny.map(\.motion) == [0, 65_280])
  }
}
