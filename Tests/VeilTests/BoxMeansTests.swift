// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Veil

struct BoxMeansTests {
  private func means(_ plane: Plane, _ grid: PixelSize) -> [UInt16] {
    var boxes = BoxMeans(grid: grid)
    boxes.measure(plane.bytes.span, plane.shape)
    return boxes.means
  }

  @Test func `a ramp has the means of its boxes`() throws {
    let ramp = try Plane(256, 4, padding: 7) { x, _ in UInt8(x) }
    let golden = means(ramp, PixelSize(width: 4, height: 1))
    // The mean of 0...63 is 31.5, and each box is 64 higher.
    #expect(golden == [8064, 24448, 40832, 57216])
  }

  @Test func `edges are rounded down from the origin`() throws {
    let ramp = try Plane(10, 1) { x, _ in UInt8(x * 10) }
    // ⌊i·10/4⌋ gives 0, 2, 5, 7, 10: means 5, 30, 55 and 80.
    let golden: [UInt16] = [1280, 7680, 14080, 20480]
    #expect(means(ramp, PixelSize(width: 4, height: 1)) == golden)
  }

  @Test func `every shape and turn agrees with a plain average`() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<40 {
      let width = Int.random(in: 1...70, using: &random)
      let height = Int.random(in: 1...400, using: &random)
      let turns = try #require(QuarterTurns.allCases.randomElement(using: &random))
      let padding = Int.random(in: 0...40, using: &random)
      let plane = try Plane(width, height, padding: padding, turns: turns) { _, _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      let grid = PixelSize(
        width: Int.random(in: 1...20, using: &random),
        height: Int.random(in: 1...20, using: &random))
      #expect(means(plane, grid) == plainMeans(plane, grid))
    }
  }

  private func plainMeans(_ plane: Plane, _ grid: PixelSize) -> [UInt16] {
    let size = plane.shape.turns.upright(plane.shape.size)
    var means: [UInt16] = []
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        let left = min(column * size.width / grid.width, size.width - 1)
        let right = max(left + 1, (column + 1) * size.width / grid.width)
        let top = min(row * size.height / grid.height, size.height - 1)
        let bottom = max(top + 1, (row + 1) * size.height / grid.height)
        var sum = 0
        for y in top..<bottom { for x in left..<right { sum += Int(plane.upright(x, y)) } }
        means.append(UInt16(sum * 256 / ((right - left) * (bottom - top))))
      }
    }
    return means
  }

  @Test func `what lies inside a box does not matter`() throws {
    var random = SeededGenerator(seed: 2)
    let grid = PixelSize(width: 8, height: 4)
    var plane = try Plane(64, 32) { _, _ in UInt8.random(in: 0...255, using: &random) }
    let before = means(plane, grid)
    for box in 0..<32 {
      let (left, top) = (box % 8 * 8, box / 8 * 8)
      let pixels = (0..<64).map { plane[left + $0 % 8, top + $0 / 8] }.shuffled(using: &random)
      for (index, pixel) in pixels.enumerated() { plane[left + index % 8, top + index / 8] = pixel }
    }
    #expect(means(plane, grid) == before)
    // The control: a pixel that changes box changes both.
    (plane[7, 0], plane[8, 0]) = (0, 255)
    let one = means(plane, grid)
    (plane[7, 0], plane[8, 0]) = (255, 0)
    #expect(means(plane, grid) != one)
  }

  @Test func `a plane that is too short changes nothing`() throws {
    let plane = try Plane(64, 32) { _, _ in 200 }
    var boxes = BoxMeans(grid: PixelSize(width: 2, height: 2))
    boxes.measure(plane.bytes.span.extracting(first: 64 * 31), plane.shape)
    #expect(boxes.means == [0, 0, 0, 0])
    boxes.measure(plane.bytes.span, plane.shape)
    #expect(boxes.means == [51200, 51200, 51200, 51200])
  }

  @Test func `a picture that changes its size keeps the grid`() throws {
    let grid = PixelSize(width: 4, height: 2)
    var boxes = BoxMeans(grid: grid)
    for (width, height) in [(64, 32), (3, 1), (300, 20)] {
      let plane = try Plane(width, height) { _, _ in 77 }
      boxes.measure(plane.bytes.span, plane.shape)
      #expect(boxes.means == Array(repeating: 77 * 256, count: 8))
    }
  }
}
