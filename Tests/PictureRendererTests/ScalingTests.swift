// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("Fitting and scaling")
struct ScalingTests {
  @Test("the picture keeps the clip's aspect on cells of any shape, in the middle")
  func placement() {
    let wide = Self.fit(CellSize(columns: 90, rows: 29), 2, Ratio(1, 2), Ratio(16, 9))
    #expect(wide.size == PixelSize(width: 90, height: 51))
    #expect((wide.left, wide.top) == (0, 3))
    let tall = Self.fit(CellSize(columns: 90, rows: 29), 2, Ratio(1, 2), Ratio(9, 16))
    #expect(tall.size == PixelSize(width: 33, height: 58))
    #expect((tall.left, tall.top) == (28, 0))
    let tenByTwenty = Self.fit(CellSize(columns: 40, rows: 40), 1, Ratio(10, 20), .one)
    #expect(tenByTwenty.size == PixelSize(width: 40, height: 20))
    for columns in 1...40 {
      for rows in 1...12 {
        let fit = Self.fit(
          CellSize(columns: columns, rows: rows), 2, Ratio(9, 19), Ratio(columns, 7))
        #expect(fit.size.width >= 1 && fit.left + fit.size.width <= columns)
        #expect(fit.size.height >= 1 && fit.top + fit.size.height <= rows * 2)
        #expect(fit.size.width == columns || fit.size.height == rows * 2)
      }
    }
  }

  @Test("the picture's sides lie between cells, whatever a cell has of samples", arguments: 2...4)
  func sides(across: Int) {
    for columns in 1...40 {
      let fit = PicturePlacement(
        pane: PanePlace(
          rect: CellRect(column: 0, row: 0, columns: columns, rows: 5),
          cell: PixelSize(width: 9, height: 19)),
        samples: PixelSize(width: across, height: 4), displayAspect: Ratio(16, 9))
      #expect(fit.left.isMultiple(of: across) && fit.size.width.isMultiple(of: across))
      #expect(fit.size.width >= across && fit.left + fit.size.width <= columns * across)
      let right = columns * across - fit.left - fit.size.width
      #expect(right - fit.left == 0 || right - fit.left == across)
    }
  }

  @Test("a frosted picture has no greys but its own, whatever a slow line leaves of it")
  func greysOfTheGrid() {
    let greys: [UInt8] = (0..<64).map { [10, 90, 170, 250][$0 * 7 % 4] }
    let pane = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: 21, rows: 9), cell: PixelSize(width: 1, height: 2))
    let own = Set(greys.map { UInt32($0) * 0x01_0101 } + [0])
    for quality in PictureQuality.allCases {
      var canvas = VeiledCanvas(marking: .lettered)
      canvas.lay(
        Pictures.shown(Pictures.grid(8, 8, greys), displayAspect: .one), in: pane,
        samples: PixelSize(width: 3, height: 5), divisor: quality.divisor)
      let shown = Set(canvas.colours)
      #expect(shown.isSubset(of: own) && shown.count > 2)
    }
  }

  @Test("a grid that moves is exact at once, however alike its greys are", arguments: 0..<5)
  func gridsAreExact(_ index: Int) throws {
    var driver: any PictureDriver = [
      HalfBlockDriver(colours: .direct), BlockDriver(set: .quadrants, colours: .direct),
      BlockDriver(set: .octants, colours: .direct), LetterDriver(colours: .direct), KittyDriver(),
    ][index]
    var random = SeededGenerator(seed: UInt64(index))
    let place = Pictures.place(CellRect(column: 0, row: 0, columns: 24, rows: 9))
    for quality in PictureQuality.allCases {
      var sent = 0
      for _ in 0..<6 {
        let greys = (0..<96).map { _ in UInt8.random(in: 20...23, using: &random) }
        let picture = Pictures.shown(Pictures.grid(12, 8, greys), displayAspect: Ratio(3, 2))
        var bytes: [UInt8] = []
        driver.encode(picture, in: place, DrawingTerms(quality: quality), into: &bytes)
        sent += bytes.count
        // Nothing was left for the settling picture to mend.
        var settled: [UInt8] = []
        driver.encode(
          picture, in: place, DrawingTerms(quality: quality, isSettling: true), into: &settled)
        #expect(settled.isEmpty)
      }
      #expect(sent > 1000)
    }
  }

  /// A picture in a pane whose cells have `down` samples, one above the other.
  private static func fit(
    _ pane: CellSize, _ down: Int, _ cell: Ratio, _ displayAspect: Ratio
  ) -> PicturePlacement {
    PicturePlacement(
      pane: PanePlace(
        rect: CellRect(column: 0, row: 0, columns: pane.columns, rows: pane.rows),
        cell: PixelSize(width: cell.numerator, height: cell.denominator)),
      samples: PixelSize(width: 1, height: down), displayAspect: displayAspect)
  }

  @Test("what a hostile clip claims of its aspect does no harm")
  func absurd() {
    for aspect in [Ratio(.max, 1), Ratio(1, .max), Ratio(0, 0), Ratio(-4, 3)] {
      let fit = Self.fit(CellSize(columns: 500, rows: 200), 2, Ratio(1, 2), aspect)
      #expect(fit.size.width >= 1 && fit.size.width <= 500)
      #expect(fit.size.height >= 1 && fit.size.height <= 400)
    }
  }

  @Test("fewer samples are exact means of the area they cover")
  func means() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<60 {
      let size = PixelSize(
        width: Int.random(in: 1...40, using: &random), height: .random(in: 1...30, using: &random))
      let target = PixelSize(
        width: Int.random(in: 1...size.width, using: &random),
        height: .random(in: 1...size.height, using: &random))
      let source = (0..<size.area).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      var sampler = PictureSampler()
      sampler.scale(source, size: size, channels: 1, to: PictureSampler.Target(target))
      for row in 0..<target.height {
        for column in 0..<target.width {
          let mean = Self.mean(source, size, target, column, row)
          #expect(abs(Double(sampler.samples[row * target.width + column]) - mean) <= 0.5001)
        }
      }
      let rgb: [UInt8] = source.flatMap { grey -> [UInt8] in [grey, 255 - grey, 7] }
      let greys = sampler.samples
      sampler.scale(rgb, size: size, channels: 3, to: PictureSampler.Target(target))
      for index in 0..<target.area {
        #expect(sampler.samples[index * 3] == greys[index])
        #expect(sampler.samples[index * 3 + 2] == 7)
      }
    }
  }

  @Test("larger pixels keep their blocks' mean colour in every channel")
  func coarse() {
    var canvas = VeiledCanvas(marking: .lettered)
    let place = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: 2, rows: 1), cell: PixelSize(width: 1, height: 2))
    let rgb: [UInt8] = [200, 100, 50, 100, 50, 20, 200, 100, 50, 100, 50, 20]
    canvas.lay(
      Pictures.shown(Pictures.colour(PixelSize(width: 2, height: 2), rgb), displayAspect: .one),
      in: place, samples: PixelSize(width: 1, height: 2), divisor: 2)
    #expect(canvas.colours == [UInt32](repeating: 0x96_4B23, count: 4))
  }

  /// The mean over the area in exact fractions of a pixel, the slow way.
  private static func mean(
    _ source: [UInt8], _ size: PixelSize, _ target: PixelSize, _ column: Int, _ row: Int
  ) -> Double {
    func overlaps(_ index: Int, _ source: Int, _ count: Int) -> [(Int, Double)] {
      if source == count { return [(index, 1)] }
      let low = Double(index * source) / Double(count)
      let high = Double((index + 1) * source) / Double(count)
      return (0..<source).compactMap { place in
        let part = min(high, Double(place + 1)) - max(low, Double(place))
        return part > 0 ? (place, part) : nil
      }
    }
    var (sum, weight) = (0.0, 0.0)
    for (y, high) in overlaps(row, size.height, target.height) {
      for (x, wide) in overlaps(column, size.width, target.width) {
        sum += Double(source[y * size.width + x]) * high * wide
        weight += high * wide
      }
    }
    return sum / weight
  }

  @Test("more samples repeat the source's own values, never mix them")
  func nearest() {
    var sampler = PictureSampler()
    sampler.scale(
      [0, 100, 200, 50], size: PixelSize(width: 2, height: 2), channels: 1,
      to: PictureSampler.Target(PixelSize(width: 5, height: 4)))
    #expect(
      sampler.samples == [
        0, 0, 100, 100, 100, 0, 0, 100, 100, 100, 200, 200, 50, 50, 50, 200, 200, 50, 50, 50,
      ])
  }

  @Test("a white picture of the widest size stays white; one that is not whole is black")
  func limits() {
    var sampler = PictureSampler()
    let size = PixelSize(width: 4096, height: 128)
    sampler.scale(
      [UInt8](repeating: 255, count: size.area), size: size, channels: 1,
      to: PictureSampler.Target(PixelSize(width: 3, height: 1)))
    #expect(sampler.samples == [255, 255, 255])
    sampler.scale(
      [9, 9, 9], size: PixelSize(width: 2, height: 2), channels: 1,
      to: PictureSampler.Target(PixelSize(width: 2, height: 1)))
    #expect(sampler.samples == [0, 0])
  }

  @Test("the 256 colours: greys exactly, others within half a step of the table")
  func colours() {
    let near = NearestColours.shared
    for grey in 0..<UInt32(256) {
      #expect(near.index(of: grey * 0x01_0101) == NearestColours.search(grey * 0x01_0101))
    }
    for colour in NearestColours.palette {
      #expect(NearestColours.palette[Int(near.index(of: colour)) - 16] == colour)
    }
    var random = SeededGenerator(seed: 2)
    for _ in 0..<3000 {
      let colour = UInt32.random(in: 0...0xFFFFFF, using: &random)
      let found = NearestColours.palette[Int(NearestColours.search(colour)) - 16]
      let least = NearestColours.palette.map { Self.distance($0, colour) }.min()
      #expect(Self.distance(found, colour) == least)
    }
    #expect(near.index(of: 0xFF0000) == 196)
    #expect(near.index(of: 0x000000) == 16)
  }

  private static func distance(_ left: UInt32, _ right: UInt32) -> Int {
    [16 as UInt32, 8, 0].reduce(0) { sum, shift in
      let step = Int(left >> shift & 0xFF) - Int(right >> shift & 0xFF)
      return sum + step * step
    }
  }
}
