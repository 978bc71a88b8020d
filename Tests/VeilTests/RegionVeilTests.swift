// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Veil

/// Regions only ever raise the frost: outside of their boxes a picture stays as it is, inside it is a
/// function of their own grids.
struct RegionVeilTests {
  private let plan = FrostPlan(
    size: PixelSize(width: 320, height: 180), pixelAspect: .one, sceneWidthMillimetres: 1285)

  private func region(
    _ kind: RegionKind, _ frost: Frost? = nil, from: Double = 0, until: Double = 60,
    box: RegionBox?
  ) throws -> Region {
    let box = try #require(box)
    return try #require(
      Region(
        kind: kind, frost: frost, from: .at(from), until: .at(until),
        keys: [Region.Key(time: .zero, box: box)]))
  }

  private func veil(_ regions: [Region], finest: Frost = .clear) -> RegionVeil {
    RegionVeil(regions: regions, plan: plan, greys: .even, finest: finest)
  }

  private func indices(_ frost: Frost, _ random: inout SeededGenerator) throws -> [UInt8] {
    let size = try #require(plan.gridSize(frost))
    let most = UInt8(try #require(frost.greyCount)) - 1
    return (0..<size.area).map { _ in UInt8.random(in: 0...most, using: &random) }
  }

  private static func anyBox(_ random: inout SeededGenerator) -> RegionBox? {
    let x = Int.random(in: 0..<9_000, using: &random)
    let y = Int.random(in: 0..<9_000, using: &random)
    return RegionBox(
      x: x, y: y, width: Int.random(in: 1...10_000 - x, using: &random) / 3 + 1,
      height: Int.random(in: 1...10_000 - y, using: &random) / 3 + 1)
  }

  private static func noise(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  /// Two pictures that agree outside of the boxes come out alike, and as the first outside of them.
  @Test func `inside the boxes nothing of a clear picture is left`() throws {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<60 {
      let regions = try (0..<3).map { _ in
        try region(
          RegionKind.allCases.randomElement(using: &random) ?? .face, box: Self.anyBox(&random))
      }
      var veil = veil(regions)
      for frost in [Frost.strict, .frosted] { veil.note(try indices(frost, &random), frost) }
      let size = PixelSize(
        width: Int.random(in: 1...97, using: &random),
        height: Int.random(in: 1...61, using: &random))
      let first = Self.noise(size.area * 3, &random)
      var second = Self.noise(size.area * 3, &random)
      var isInside = [Bool](repeating: false, count: size.area)
      for box in regions.map({ $0.cover(at: .zero) }) {
        for y in box.rows(of: size.height) {
          for x in box.columns(of: size.width) { isInside[y * size.width + x] = true }
        }
      }
      for pixel in isInside.indices where !isInside[pixel] {
        second.replaceSubrange(pixel * 3..<pixel * 3 + 3, with: first[pixel * 3..<pixel * 3 + 3])
      }
      let covered = try #require(veil.covered(first, of: size, part: nil, at: .zero))
      #expect(veil.covered(second, of: size, part: nil, at: .zero) == covered)
      for pixel in isInside.indices where !isInside[pixel] {
        #expect(covered[pixel * 3..<pixel * 3 + 3] == first[pixel * 3..<pixel * 3 + 3])
      }
      // Covering again changes nothing: that is what the receiver asks for.
      #expect(veil.covered(covered, of: size, part: nil, at: .zero) == covered)
      let window = LensWindow(
        column: Int.random(in: 0...6, using: &random), row: Int.random(in: 0...6, using: &random))
      #expect(
        veil.covered(part(first, size, window), of: size, part: window, at: .zero)
          == part(covered, size, window))
    }
  }

  private func part(_ rgb: [UInt8], _ size: PixelSize, _ window: LensWindow) -> [UInt8] {
    let (columns, rows) = window.pixels(of: size)
    return rows.flatMap { y in
      let row = y * size.width
      return rgb[(row + columns.lowerBound) * 3..<(row + columns.upperBound) * 3]
    }
  }

  @Test func `a covered pixel has the shown grey of its own cell`() throws {
    var random = SeededGenerator(seed: 32)
    let grid = try indices(.frosted, &random)
    var veil = veil([
      try region(.face, .frosted, box: RegionBox(x: 2000, y: 2000, width: 4000, height: 5000))
    ])
    veil.note(grid, .frosted)
    let size = PixelSize(width: 64, height: 36)
    let covered = try #require(
      veil.covered([UInt8](repeating: 1, count: size.area * 3), of: size, part: nil, at: .zero))
    // 32 × 18 cells: two pixels each; the box has grown by a tenth on each side.
    for y in 0..<36 {
      for x in 0..<64 {
        let isInside =
          x * 10_000 < 6400 * 64 && (x + 1) * 10_000 > 1600 * 64
          && y * 10_000 < 7500 * 36 && (y + 1) * 10_000 > 1500 * 36
        let grey = ShownGreys.values(GreyScale.even.frosted)[Int(grid[y / 2 * 32 + x / 2])]
        #expect(covered[(y * 64 + x) * 3] == (isInside ? grey : 1))
      }
    }
  }

  @Test func `the most frost wins where regions overlap`() throws {
    let whole = RegionBox.whole
    for order in [[RegionKind.text, .face], [.face, .text]] {
      var veil = veil(try order.map { try region($0, box: whole) })
      var random = SeededGenerator(seed: 33)
      veil.note(try indices(.frosted, &random), .frosted)
      let size = PixelSize(width: 5, height: 4)
      let tone = (0..<3).map { RegionVeil.solidTone[$0] }
      #expect(
        veil.covered([UInt8](repeating: 200, count: 60), of: size, part: nil, at: .zero)
          == Array(repeating: tone, count: 20).flatMap(\.self))
    }
  }

  @Test func `a region is there for its time alone`() throws {
    let veil = veil([try region(.text, from: 1, until: 2, box: .whole)])
    let size = PixelSize(width: 1, height: 1)
    let bytes: [UInt8] = [200, 100, 50]
    func isCovered(_ seconds: Double) -> Bool {
      veil.covered(bytes, of: size, part: nil, at: .at(seconds)) != bytes
    }
    #expect(
      [0, 0.999999, 1, 1.5, 1.999999, 2, 9].map(isCovered) == [
        false, false, true, true, true, false, false,
      ])
    // A grid's hold is covered if the region is there at any time of it: 0.5 s a hold.
    let grid = [UInt8](repeating: 7, count: 576)
    let holds = (0..<6).map { hold in
      veil.covered(grid, .frosted, hold: hold, sample: .at(Double(hold) / 2)) != grid
    }
    #expect(holds == [false, false, true, true, false, false])
    // One that repeats a picture from the region's time is covered as that was.
    #expect(veil.covered(grid, .frosted, hold: 9, sample: .at(1.9)) != grid)
  }

  @Test func `cells take the nearest of their own greys, outside they stay`() throws {
    var random = SeededGenerator(seed: 34)
    for _ in 0..<40 {
      let box = try #require(Self.anyBox(&random))
      var veil = veil([try region(.face, .strict, box: box)], finest: .soft)
      let strict = try indices(.strict, &random)
      veil.note(strict, .strict)
      for frost in [Frost.soft, .frosted] {
        let size = try #require(plan.gridSize(frost))
        let grid = try indices(frost, &random)
        let covered = try #require(veil.covered(grid, frost, hold: 0, sample: .zero))
        let grown = box.grown
        let greys = GreyScale.even[frost]
        for row in 0..<size.height {
          for column in 0..<size.width {
            // Cells of whole pixels: 320 × 180 are 5 or 10 a cell.
            let side = 320 / size.width
            let isInside =
              column * side * 10_000 < grown.right * 320
              && (column + 1) * side * 10_000 > grown.x * 320
              && row * side * 10_000 < grown.bottom * 180
              && (row + 1) * side * 10_000 > grown.y * 180
            let cell = row * size.width + column
            let own = strict[row * 9 / size.height * 16 + column * 16 / size.width]
            let value = Int(GreyScale.even.strict[Int(own)])
            let nearest = greys.indices.min {
              abs(Int(greys[$0]) - value) < abs(Int(greys[$1]) - value)
            }
            if !isInside {
              #expect(covered[cell] == grid[cell])
            } else if let nearest {
              #expect(
                abs(Int(greys[Int(covered[cell])]) - value) == abs(Int(greys[nearest]) - value))
            }
          }
        }
        #expect(veil.covered(covered, frost, hold: 0, sample: .zero) == covered)
      }
      // A region changes no grid of its own frost.
      #expect(veil.covered(strict, .strict, hold: 0, sample: .zero) == strict)
    }
  }

  @Test func `a clip's own frost is a region's least`() throws {
    let face = try region(.face, box: .whole)
    let grid = [UInt8](repeating: 3, count: 144)
    #expect(veil([face], finest: .strict).covered(grid, .strict, hold: 0, sample: .zero) == grid)
    // Under a look at a strict clip the face is strict: its grid is asked for, and not a finer one.
    var strict = veil([face], finest: .strict)
    let size = PixelSize(width: 2, height: 2)
    let bytes = [UInt8](repeating: 9, count: 12)
    #expect(strict.covered(bytes, of: size, part: nil, at: .zero) == nil)
    strict.note(grid, .strict)
    let grey = ShownGreys.values(GreyScale.even.strict)[3]
    #expect(
      strict.covered(bytes, of: size, part: nil, at: .zero) == Array(repeating: grey, count: 12))
  }

  @Test func `without its grid a region lets nothing out, and hostile numbers do not trap`() throws
  {
    let veil = veil([try region(.face, box: .whole)])
    #expect(
      veil.covered([1, 2, 3], of: PixelSize(width: 1, height: 1), part: nil, at: .zero) == nil)
    #expect(
      veil.covered([1, 2, 3], of: PixelSize(width: -1, height: 3), part: nil, at: .zero) == nil)
    #expect(veil.covered([1], of: PixelSize(width: 4, height: 4), part: .centre, at: .zero) == nil)
    #expect(veil.covered([1], .soft, hold: 0, sample: .zero) == nil)
    var hostile = veil
    hostile.note([255], .frosted)
    hostile.note(Array(repeating: 255, count: 576), .frosted)
    for time in [0, 0.6] {
      #expect(
        hostile.covered([1, 2, 3], of: PixelSize(width: 1, height: 1), part: nil, at: .at(time))
          == nil)
    }
  }

  /// The pass keeps its hysteresis on the pictures themselves: a region changes nothing outside.
  @Test func `a pass gives out the same cells outside of a region`() throws {
    var random = SeededGenerator(seed: 35)
    let box = try #require(RegionBox(x: 3000, y: 3000, width: 3000, height: 3000))
    var plain = FrostPass(plan: plan, greys: .even)
    var covering = FrostPass(
      plan: plan, greys: .even,
      regions: [
        try region(.face, .strict, from: 1, until: 3, box: box),
        try region(.text, from: 2, box: box),
      ])
    var changed = 0
    for index in 0..<30 {
      let value = UInt8.random(in: 0...255, using: &random)
      let plane = try Plane(320, 180) { x, y in UInt8((x * 3 + y * 7 + Int(value)) % 256) }
      let time = MediaTime.at(Double(index) * 0.17)
      let left = plain.add(plane.bytes.span, plane.shape, at: time)
      let right = covering.add(plane.bytes.span, plane.shape, at: time)
      #expect(left.map(\.frost) == right.map(\.frost))
      #expect(left.map(\.holdIndex) == right.map(\.holdIndex))
      for (a, b) in zip(left, right) where a.indices != b.indices {
        changed += 1
        #expect(time >= .at(0.5), "hold \(a.holdIndex) of \(a.frost)")
        let columns = CellSpans.touched(box.grown.columns(of: 320), a.size.width, 320)
        let rows = CellSpans.touched(box.grown.rows(of: 180), a.size.height, 180)
        for cell in a.indices.indices where a.indices[cell] != b.indices[cell] {
          #expect(columns.contains(cell % a.size.width) && rows.contains(cell / a.size.width))
        }
      }
    }
    #expect(changed > 20)
    #expect(!covering.regions.isEmpty && plain.regions.isEmpty)
  }

  @Test func `a box that is placed shows one tone and changes nothing else`() throws {
    var random = SeededGenerator(seed: 36)
    let size = PixelSize(width: 40, height: 30)
    let box = try #require(RegionBox(x: 2500, y: 3333, width: 5000, height: 3334))
    for brightness in [UInt8(20), 200] {
      let rgb = Self.noise(size.area * 3, &random).map { $0 / 40 + brightness }
      let frame = VeiledFrame(frost: .clear, content: .colour(size: size, rgb: rgb))
      guard case .colour(size, let covered) = frame.covered(box).content else { return }
      let tone: UInt8 = brightness < 64 ? 0xA0 : 0x18
      for pixel in 0..<size.area {
        let isInside = (10..<30).contains(pixel % 40) && (9..<21).contains(pixel / 40)
        #expect(covered[pixel * 3 + 1] == (isInside ? tone : rgb[pixel * 3 + 1]))
      }
      let grid = VeiledFrame(frost: .soft, content: .grid(size: size, greys: Array(rgb[..<1200])))
      guard case .grid(size, let cells) = grid.covered(box).content else { return }
      #expect(cells[9 * 40 + 10] == tone && cells[9 * 40 + 9] == rgb[9 * 40 + 9])
    }
    #expect(VeiledFrame.solid(movedEighths: 3).covered(box) == .solid(movedEighths: 3))
  }
}
