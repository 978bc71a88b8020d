// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

/// Clips that agree in their frosted grids give the same bytes, whatever is done with them.
///
/// Twins differ in nearly every pixel, by turning each block of 2 × 2 pixels, and in no mean of a box
/// with even edges across. They go through the decoder's pass, and what comes of it through a driver,
/// by the same random walk of steps, seeks, pauses, zooms, sizes, frosts and lines.
@Suite("Agreeing grids")
struct AgreeingTests {
  @Test("a walk over a clip and over its twin is the same bytes", arguments: 0..<4)
  func sameBytes(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let regions = Self.regions(&random)
    let plan = FrostPlan(
      size: Self.size, pixelAspect: .one,
      sceneWidthMillimetres: [320, 640].randomElement(using: &random) ?? 640)
    let twins = Twins(seed: seed)
    #expect(twins.share(differing: 3) > 0.4)
    let first = try Self.passed(twins.frames(turned: false), plan, regions)
    let second = try Self.passed(twins.frames(turned: true), plan, regions)
    #expect(first.greys == second.greys)
    #expect(first.grids == second.grids)
    for kind in Self.drivers.indices {
      var walk = Walk(seed: UInt64(seed * 100 + kind))
      var (one, other) = (Self.drivers[kind](), Self.drivers[kind]())
      var sent = 0
      for step in 0..<30 {
        let at = walk.next()
        if at.isInvalid {
          one.invalidate()
          other.invalidate()
        }
        let bytes = [Self.bytes(first, at, &one), Self.bytes(second, at, &other)]
        sent += bytes[0].count
        #expect(bytes[0] == bytes[1], "driver \(kind), step \(step)")
      }
      #expect(sent > 2_000)
    }
  }

  @Test("clear pictures of the twins are not the same bytes")
  func clearDiffers() {
    let twins = Twins(seed: 1)
    var walk = Walk(seed: 1)
    let at = walk.next()
    var bytes: [[UInt8]] = []
    for turned in [false, true] {
      let luma = twins.frames(turned: turned)[0]
      let frame = Pictures.colour(Self.size, luma.flatMap { [$0, $0, $0] })
      var driver: any PictureDriver = SixelDriver(
        delta: .whole, registers: 256, largest: PixelSize(width: 2000, height: 2000))
      bytes.append([])
      driver.encode(
        Pictures.shown(frame, displayAspect: Ratio(16, 9)), in: at.place, DrawingTerms(),
        into: &bytes[bytes.count - 1])
    }
    #expect(bytes[0] != bytes[1])
  }

  fileprivate static let size = PixelSize(width: 320, height: 180)
  fileprivate static let frameCount = 20
  fileprivate static func time(_ frame: Int) -> MediaTime {
    MediaTime(milliseconds: Int64(frame) * 125)
  }

  private static let drivers: [@Sendable () -> any PictureDriver] = [
    { HalfBlockDriver(colours: .direct) }, { BlockDriver(set: .quadrants, colours: .direct) },
    { LetterDriver(colours: .direct) }, { ASCIIDriver() }, { ConsoleDriver() }, { KittyDriver() },
    {
      SixelDriver(delta: .whole, registers: 256, largest: PixelSize(width: 2000, height: 2000))
    },
  ]

  private static func regions(_ random: inout SeededGenerator) -> [Region] {
    (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in
      let x = Int.random(in: 0...RegionBox.side * 6 / 10, using: &random)
      let y = Int.random(in: 0...RegionBox.side * 6 / 10, using: &random)
      guard
        let box = RegionBox(
          x: x, y: y, width: RegionBox.side * 3 / 10, height: RegionBox.side * 35 / 100)
      else { return nil }
      return Region(
        kind: .face, frost: .strict, from: .zero, until: MediaTime(milliseconds: 3000),
        keys: [Region.Key(time: .zero, box: box)])
    }
  }

  /// What a clip's pass gives: the greys placed for it, and its grids.
  private struct Passed {
    var greys: GreyScale
    var grids: [Frost: [FrostedGrid]] = [:]
  }

  private static func passed(
    _ frames: [[UInt8]], _ plan: FrostPlan, _ regions: [Region]
  ) throws -> Passed {
    let shape = try #require(LumaShape(size: size, stride: size.width, turns: .none))
    var placement = GreyPlacement(plan: plan)
    for (index, luma) in frames.enumerated() {
      placement.add(luma.span, shape, at: time(index))
    }
    var passed = Passed(greys: placement.greys())
    var pass = FrostPass(plan: plan, greys: passed.greys, regions: regions)
    for (index, luma) in frames.enumerated() {
      for grid in pass.add(luma.span, shape, at: time(index)) {
        passed.grids[grid.frost, default: []].append(grid)
      }
    }
    return passed
  }

  private static func bytes(
    _ clip: Passed, _ at: Walk.Stand, _ driver: inout any PictureDriver
  ) -> [UInt8] {
    let hold = at.frost.holdIndex(at: time(at.frame))
    guard let grids = clip.grids[at.frost], let grid = grids.last(where: { $0.holdIndex <= hold })
    else { return [] }
    let greys = clip.greys[at.frost]
    let frame = VeiledFrame(
      frost: at.frost, content: .grid(size: grid.size, greys: grid.indices.map { greys[Int($0)] }))
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(frame, displayAspect: Ratio(16, 9), adjustment: at.adjustment), in: at.place,
      at.terms, into: &bytes)
    return bytes
  }
}

/// Two clips whose pixels are turned in blocks, around grounds and a square that moves.
private struct Twins {
  private let grounds: [UInt8]
  private let details: [UInt8]
  private let isTurned: [Bool]
  private static let columns = AgreeingTests.size.width / 2

  init(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed + 1000))
    let count = AgreeingTests.size.area / 4
    grounds = (0..<16 * 9).map { _ in UInt8.random(in: 60...190, using: &random) }
    details = (0..<count).map { _ in UInt8.random(in: 4...50, using: &random) }
    isTurned = (0..<count).map { _ in Bool.random(using: &random) }
  }

  /// Every frame's luma, row by row.
  func frames(turned: Bool) -> [[UInt8]] {
    (0..<AgreeingTests.frameCount).map { frame in
      (0..<AgreeingTests.size.area).map { index in
        pixel(index % AgreeingTests.size.width, index / AgreeingTests.size.width, frame, turned)
      }
    }
  }

  private func pixel(_ x: Int, _ y: Int, _ frame: Int, _ turned: Bool) -> UInt8 {
    let block = y / 2 * Self.columns + x / 2
    let left = frame * 6 % 240
    let isInside = (left..<left + 40).contains(x) && (60..<130).contains(y)
    let ground = isInside ? 60 + grounds[0] / 2 : grounds[y / 20 * 16 + x / 20]
    let isBright = ((x + y) % 2 == 0) != (turned && isTurned[block])
    return isBright ? ground + details[block] : ground - details[block]
  }

  /// The share of pixels that differ by more than that.
  func share(differing by: Int) -> Double {
    let (one, other) = (frames(turned: false)[0], frames(turned: true)[0])
    let count = zip(one, other).count { abs(Int($0) - Int($1)) > by }
    return Double(count) / Double(one.count)
  }
}

/// A random walk over a clip.
private struct Walk {
  /// Where it stands, and how it is looked at.
  struct Stand {
    var frame = 0
    var frost = Frost.frosted
    var adjustment = PictureAdjustment()
    var terms = DrawingTerms()
    var place = Walk.places[0]
    var isInvalid = false
  }

  private static let places = [(80, 15), (90, 29), (33, 9), (60, 20), (12, 4)].map {
    PanePlace(
      rect: CellRect(column: 1, row: 2, columns: $0.0, rows: $0.1),
      cell: PixelSize(width: 8, height: 16))
  }

  private var random: SeededGenerator
  private var stand = Stand()

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func next() -> Stand {
    stand.isInvalid = false
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: stand.frame = (stand.frame + 1) % AgreeingTests.frameCount
    case 3: stand.frame = max(0, stand.frame - 1)
    case 4: stand.frame = Int.random(in: 0..<AgreeingTests.frameCount, using: &random)
    case 5:
      stand.place = Self.places.randomElement(using: &random) ?? stand.place
      stand.isInvalid = true
    case 6: stand.frost = Frost.grids.randomElement(using: &random) ?? .frosted
    case 7:
      stand.adjustment.zoom =
        PictureAdjustment.Zoom.allCases.randomElement(using: &random) ?? .whole
      stand.adjustment.gamma = Int.random(in: -3...3, using: &random)
      stand.adjustment.drawing =
        PictureAdjustment.Drawing.allCases.randomElement(using: &random) ?? .plain
    case 8:
      stand.terms.quality = PictureQuality.allCases.randomElement(using: &random) ?? .full
    default: stand.terms.isSettling = Bool.random(using: &random)
    }
    return stand
  }
}
