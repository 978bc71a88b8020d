// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Veil

struct GreyPlacementTests {
  private func greys(_ plane: Plane) -> GreyScale {
    let plan = FrostPlan(
      size: plane.shape.size, pixelAspect: .one,
      sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres)
    var placement = GreyPlacement(plan: plan)
    placement.add(plane.bytes.span, plane.shape, at: .zero)
    return placement.greys()
  }

  @Test(arguments: [0, 16, 128, 255] as [UInt8])
  func `a flat clip has close greys, one of them its own`(value: UInt8) throws {
    let scale = greys(try Plane(320, 180) { _, _ in value })
    #expect(scale != .even)
    for frost in Frost.grids {
      let greys = scale[frost]
      #expect(greys.contains(value) || value == 0 || value == 255)
      #expect(greys.contains { abs(Int($0) - Int(value)) == 0 })
      #expect(Int(greys[greys.count - 1]) - Int(greys[0]) <= 31)
    }
  }

  @Test func `a night clip spends its greys where its cells are`() throws {
    let scale = greys(try Plane(320, 180) { x, y in UInt8(18 + (x + y) * 40 / 500) })
    #expect(scale.frosted.allSatisfy { (16...60).contains($0) })
    let shown = ShownGreys.values(scale.frosted)
    #expect(zip(shown, shown.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Int(shown[5]) - Int(shown[0]) >= 100)
  }

  @Test func `nothing counted gives even greys`() {
    let plan = FrostPlan(
      size: PixelSize(width: 64, height: 36), pixelAspect: .one, sceneWidthMillimetres: 1285)
    #expect(GreyPlacement(plan: plan).greys() == .even)
  }

  @Test func `even greys are shown as they are`() {
    for frost in Frost.grids {
      #expect(ShownGreys.values(GreyScale.even[frost]) == GreyScale.even[frost])
    }
  }

  @Test func `any histogram gives rising greys`() throws {
    var random = SeededGenerator(seed: 4)
    for round in 0..<60 {
      var counts = [Int](repeating: 0, count: 256)
      for _ in 0...(round % 12) {
        counts[Int.random(in: 0...255, using: &random)] = Int.random(
          in: 1...1_000_000, using: &random)
      }
      let partition = try #require(HistogramPartition(counts: counts))
      for (count, gap) in [(32, 1), (8, 3), (4, 6)] {
        let centres = partition.centres(count, leastGap: gap)
        #expect(centres.count == count)
        #expect(zip(centres, centres.dropFirst()).allSatisfy { Int($1) - Int($0) >= gap })
        let shown = ShownGreys.values(centres)
        #expect(zip(shown, shown.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test func `the partition is the best there is`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      var counts = [Int](repeating: 0, count: 256)
      for value in 100..<124 { counts[value] = Int.random(in: 1...4096, using: &random) }
      let partition = try #require(HistogramPartition(counts: counts))
      let centres = partition.centres(3, leastGap: 1).map { Double($0) }
      var best = Double.infinity
      for first in 101..<123 {
        for second in first + 1..<124 {
          let error: Double = [100..<first, first..<second, second..<124].reduce(0.0) {
            total, run in
            let weight = run.reduce(0) { $0 + counts[$1] }
            let mean = Double(run.reduce(0) { $0 + counts[$1] * $1 }) / Double(weight)
            return total + squaredError(counts, run, [mean])
          }
          best = min(best, error)
        }
      }
      // The centres are whole greys: each costs at most a quarter of its weight more.
      let total = Double(counts.reduce(0, +))
      #expect(squaredError(counts, 100..<124, centres) <= best + total / 4 + 1)
    }
  }

  private func squaredError(_ counts: [Int], _ run: Range<Int>, _ centres: [Double]) -> Double {
    run.reduce(0.0) { total, value in
      let nearest = centres.map { abs($0 - Double(value)) }.min() ?? 0
      return total + Double(counts[value]) * nearest * nearest
    }
  }
}
