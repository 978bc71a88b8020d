// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Veil

struct FrostPassTests {
  private let plan = FrostPlan(
    size: PixelSize(width: 320, height: 180), pixelAspect: .one, sceneWidthMillimetres: 1285)

  private func grids(
    _ frames: [(time: Double, plane: Plane)], finest: Frost = .soft
  ) -> [FrostedGrid] {
    var pass = FrostPass(plan: plan, greys: .even, finest: finest)
    return frames.flatMap { pass.add($0.plane.bytes.span, $0.plane.shape, at: .at($0.time)) }
  }

  private func flat(_ value: UInt8) throws -> Plane { try Plane(320, 180) { _, _ in value } }

  @Test func `a hold shows its first frame and no other`() throws {
    let (dark, bright) = (try flat(16), try flat(235))
    let holds = grids(
      [(0, dark), (0.1, bright), (0.49, bright), (0.5, bright), (0.6, dark), (1.0, dark)],
      finest: .frosted
    ).filter { $0.frost == .frosted }
    #expect(holds.map(\.holdIndex) == [0, 1, 2])
    #expect(holds.map { $0.indices[0] } == [0, 5, 0])
    #expect(holds.allSatisfy { $0.size == plan.gridSize(.frosted) })
    #expect(holds.allSatisfy { Set($0.indices).count == 1 && $0.indices.count == 32 * 18 })
  }

  @Test func `a hold without a frame repeats the one before`() throws {
    let (dark, bright) = (try flat(16), try flat(235))
    let holds = grids([(0, dark), (1.7, bright)], finest: .frosted).filter { $0.frost == .frosted }
    #expect(holds.map(\.holdIndex) == [0, 1, 2, 3])
    #expect(holds.map { $0.indices[0] } == [0, 0, 0, 5])
  }

  @Test func `only the frosts asked for are made`() throws {
    let frame = [(0.0, try flat(99))]
    #expect(grids(frame).map(\.frost) == [.strict, .frosted, .soft])
    #expect(grids(frame, finest: .frosted).map(\.frost) == [.strict, .frosted])
    #expect(grids(frame, finest: .strict).map(\.frost) == [.strict])
    #expect(grids(frame, finest: .solid).isEmpty)
  }

  @Test func `holds are bounded by the longest clip`() throws {
    let frame = try flat(99)
    let whole = grids([(0, frame), (60, frame)]).filter { $0.frost == .soft }
    #expect(whole.count == 301)
    let beyond = grids([(0, frame), (3600, frame)]).filter { $0.frost == .soft }
    #expect(beyond.count == 1)
  }

  @Test func `noise about a border does not flicker, and a change shows`() throws {
    // Even greys for six levels: the border between the first two lies at 37.5.
    var random = SeededGenerator(seed: 3)
    var frames: [(Double, Plane)] = []
    for index in 0..<20 {
      let plane = try Plane(320, 180) { _, _ in
        let word = random.next()
        return UInt8(17 + Int(word & 1) + Int((word >> 8) % 41))
      }
      frames.append((Double(index) / 2, plane))
    }
    let holds = grids(frames, finest: .frosted).filter { $0.frost == .frosted }
    #expect(holds.count == 20)
    #expect(Set(holds.map(\.indices)).count == 1)

    // The control: without a margin the same clip does flicker.
    let levels = GreyLevels(greys: GreyScale.even.frosted)
    var boxes = BoxMeans(grid: PixelSize(width: 32, height: 18))
    let bare = frames.map { _, plane in
      boxes.measure(plane.bytes.span, plane.shape)
      return boxes.means.map { levels.level(of: $0) }
    }
    #expect(Set(bare).count > 10)

    let changed = grids(frames + [(10, try flat(60))], finest: .frosted)
    #expect(changed.last { $0.frost == .frosted }?.indices == Array(repeating: 1, count: 576))
  }

  @Test func `a level is left just past the margin`() {
    let levels = GreyLevels(greys: [0, 100, 200])
    // The border is at 50 and the margin half of 100.
    #expect(levels.level(of: 50 * 256 - 1) == 0)
    #expect(levels.level(of: 50 * 256) == 1)
    #expect(levels.level(of: 100 * 256, after: 0) == 0)
    #expect(levels.level(of: 100 * 256 + 1, after: 0) == 1)
    #expect(levels.level(of: 1, after: 1) == 1)
    #expect(levels.level(of: 0, after: 1) == 1)
    #expect(levels.level(of: 100 * 256, after: 2) == 2)
    #expect(levels.level(of: 100 * 256 - 1, after: 2) == 1)
    #expect(levels.level(of: 65280, after: 0) == 2)
    #expect(levels.level(of: 0, after: 2) == 0)
  }
}
