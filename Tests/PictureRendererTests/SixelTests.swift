// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TerminalScreen
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("Sixel pictures")
struct SixelTests {
  private static let screenSize = CellSize(columns: 20, rows: 10)
  private static let largest = PixelSize(width: 4096, height: 4096)

  /// A driver on a screen, and what it sends for pictures.
  private struct Desk {
    var driver: SixelDriver
    var screen: SixelScreen
    let place: PanePlace
    /// The picture as it is meant, with its mark.
    private(set) var meant = VeiledCanvas(marking: .inked)

    init(
      _ delta: SixelDelta, _ rect: CellRect, _ cell: PixelSize, mostPixels: Int = 1 << 20,
      colours: SixelDriver.Colours = .own
    ) {
      driver = SixelDriver(
        delta: delta, registers: 256, largest: SixelTests.largest, colours: colours,
        mostPixels: mostPixels)
      screen = SixelScreen(size: SixelTests.screenSize, cell: cell)
      place = PanePlace(rect: rect, cell: cell)
    }

    var size: PixelSize {
      PixelSize(
        width: place.rect.size.columns * place.cell.width,
        height: place.rect.size.rows * place.cell.height)
    }

    @discardableResult
    mutating func draw(_ rgb: [UInt8], isSettling: Bool = false) throws -> [UInt8] {
      try draw(Pictures.colour(size, rgb), isSettling: isSettling)
    }

    @discardableResult
    mutating func draw(_ frame: VeiledFrame, isSettling: Bool = false) throws -> [UInt8] {
      var bytes: [UInt8] = []
      let picture = Pictures.shown(frame, displayAspect: Ratio(size.width, size.height))
      driver.encode(picture, in: place, DrawingTerms(isSettling: isSettling), into: &bytes)
      meant.lay(picture, in: place, samples: place.cell)
      var checker = OutputGrammar.Checker()
      #expect(checker.check(bytes) == nil)
      #expect(checker.isWhole)
      _ = try screen.write(bytes)
      return bytes
    }

    /// The pane's pixels on the screen.
    var shown: [UInt32?] {
      let left = place.rect.column * place.cell.width
      let top = place.rect.row * place.cell.height
      return (0..<size.area).map { index in
        screen.pixels[(top + index / size.width) * screen.size.width + left + index % size.width]
      }
    }
  }

  /// Values that sixel's percentages say exactly.
  private static let exactValues: [UInt8] = [0, 102, 255]

  /// Expects the pixels of a picture of these values to be exact; nearly all of the mark's ink too, and
  /// the rest, colours that came after those of the palette were chosen, no further off than without.
  private static func expectMeant(_ desk: Desk, _ rgb: [UInt8]) {
    let (shown, plain) = (desk.shown, colours(rgb))
    var (ink, inexact) = (0, 0)
    for (index, meant) in desk.meant.colours.enumerated() {
      guard meant != plain[index] else {
        if shown[index] != meant { Issue.record("pixel \(index)") }
        continue
      }
      ink += 1
      let percented = [16 as UInt32, 8, 0].reduce(UInt32(0)) { colour, shift in
        let percent = ClipPalette.percent(meant >> shift & 0xFF)
        return colour | ((percent * 255 + 50) / 100) << shift
      }
      if shown[index] == percented { continue }
      inexact += 1
      let step = Int32(MarkContrast.step) + 1
      #expect(VisibleDifference.squared(shown[index] ?? 0, meant) <= 3 * step * step)
    }
    #expect(ink > 100 && inexact * 20 < ink, "\(inexact) of \(ink)")
  }

  private static func colours(_ rgb: [UInt8]) -> [UInt32] {
    stride(from: 0, to: rgb.count, by: 3).map {
      UInt32(rgb[$0]) << 16 | UInt32(rgb[$0 + 1]) << 8 | UInt32(rgb[$0 + 2])
    }
  }

  @Test(
    "every picture and every delta decode to exactly the pixels meant",
    arguments: SixelDelta.allCases,
    [PixelSize(width: 7, height: 13), PixelSize(width: 6, height: 12)])
  func exact(delta: SixelDelta, cell: PixelSize) throws {
    var random = SeededGenerator(seed: UInt64(cell.width))
    var desk = Desk(delta, CellRect(column: 3, row: 2, columns: 9, rows: 5), cell)
    // 27 colours, each lighter and darker for the mark: all have a register of their own.
    var rgb = Pictures.random(desk.size, values: Self.exactValues, using: &random)
    for step in 0..<8 {
      try desk.draw(rgb, isSettling: step == 5)
      Self.expectMeant(desk, rgb)
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        let place = Int.random(in: 0..<rgb.count, using: &random)
        rgb[place] = Self.exactValues.randomElement(using: &random) ?? 0
      }
    }
    let isOutside = desk.screen.pixels.enumerated().allSatisfy { index, pixel in
      let (x, y) = (
        index % desk.screen.size.width / cell.width, index / desk.screen.size.width / cell.height
      )
      return pixel == nil || (3..<12).contains(x) && (2..<7).contains(y)
    }
    #expect(isOutside)
  }

  @Test("a grid that moves is exact at once, however alike its greys are")
  func gridsAreExact() throws {
    var random = SeededGenerator(seed: 3)
    var desk = Desk(
      .changedPixels, CellRect(column: 0, row: 0, columns: 12, rows: 8),
      PixelSize(width: 1, height: 1))
    // Two percent apart: about as fine as the palette's table tells colours.
    let values: [UInt8] = [51, 56, 61, 66]
    for _ in 0..<8 {
      let greys = (0..<96).map { _ in values.randomElement(using: &random) ?? 0 }
      try desk.draw(Pictures.grid(12, 8, greys))
      #expect(desk.shown.map { $0.map { UInt8($0 & 0xFF) } } == greys.map(Optional.some))
    }
  }

  @Test(
    "a picture too large for one comes as several, the same pixels", arguments: SixelDelta.allCases)
  func several(delta: SixelDelta) throws {
    var random = SeededGenerator(seed: 21)
    var desk = Desk(
      delta, CellRect(column: 1, row: 1, columns: 8, rows: 7), PixelSize(width: 7, height: 13),
      mostPixels: 2 * 8 * 7 * 13)
    var rgb = Pictures.random(desk.size, values: Self.exactValues, using: &random)
    for _ in 0..<3 {
      let bytes = try desk.draw(rgb)
      #expect(bytes.count { $0 == UInt8(ascii: "q") } > 1)
      Self.expectMeant(desk, rgb)
      for place in stride(from: 0, to: rgb.count, by: 7) {
        rgb[place] = Self.exactValues.randomElement(using: &random) ?? 0
      }
    }
  }

  @Test("noise takes no more bytes a pixel than the grammar has room for")
  func noise() throws {
    var random = SeededGenerator(seed: 22)
    let desk = Desk(
      .whole, CellRect(column: 0, row: 0, columns: 20, rows: 10), PixelSize(width: 6, height: 7))
    let rgb = (0..<desk.size.area * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
    var drawn = desk
    let bytes = try drawn.draw(rgb)
    #expect(bytes.count < desk.size.area * 8 && (1 << 20) * 8 <= 8 << 20)
  }

  @Test("an equal picture is no bytes, a small change few, a settling picture whole")
  func economy() throws {
    var desk = Desk(
      .changedPixels, CellRect(column: 0, row: 0, columns: 10, rows: 6),
      PixelSize(width: 8, height: 16))
    var rgb = [UInt8](repeating: 102, count: desk.size.area * 3)
    rgb[3] = 204
    let whole = try desk.draw(rgb)
    #expect(try desk.draw(rgb).isEmpty)
    rgb[desk.size.area / 2 * 3] = 204
    let small = try desk.draw(rgb)
    #expect(!small.isEmpty && small.count < 80)
    #expect(try desk.draw(rgb, isSettling: true).count >= whole.count)
  }

  @Test("a moving picture is never further off than its threshold, a settling one exact")
  func threshold() throws {
    var desk = Desk(
      .changedPixels, CellRect(column: 0, row: 0, columns: 4, rows: 2),
      PixelSize(width: 8, height: 16))
    try desk.draw([UInt8](repeating: 102, count: desk.size.area * 3))
    let near = [UInt8](repeating: 104, count: desk.size.area * 3)
    #expect(try desk.draw(near).isEmpty)
    #expect(try !desk.draw(near, isSettling: true).isEmpty)
  }

  @Test("a frosted grid shows its own greys, also after a clear picture", arguments: [false, true])
  func grid(isAfterClear: Bool) throws {
    var desk = Desk(
      .changedPixels, CellRect(column: 1, row: 1, columns: 4, rows: 2),
      PixelSize(width: 16, height: 16))
    if isAfterClear {
      // Every grey of it is tinted, and near one of the grid's.
      var random = SeededGenerator(seed: 35)
      let tinted = (0..<desk.size.area).flatMap { _ -> [UInt8] in
        let grey = UInt8(Int.random(in: 1...50, using: &random) * 5)
        return [grey, grey, grey + 5]
      }
      try desk.draw(tinted, isSettling: true)
    }
    var bytes: [UInt8] = []
    let greys: [UInt8] = [0, 51, 102, 153, 204, 255, 0, 255]
    desk.driver.encode(
      Pictures.shown(Pictures.grid(4, 2, greys), displayAspect: Ratio(2, 1)), in: desk.place,
      DrawingTerms(), into: &bytes)
    _ = try desk.screen.write(bytes)
    let shown = desk.shown
    for (index, grey) in greys.enumerated() {
      let (x, y) = (index % 4 * 16 + 8, index / 4 * 16 + 8)
      #expect(shown[y * desk.size.width + x] == UInt32(grey) * 0x01_0101)
    }
  }

  @Test("a picture beyond the terminal's limit is smaller, in the middle")
  func limit() throws {
    let cell = PixelSize(width: 8, height: 16)
    var driver = SixelDriver(
      delta: .whole, registers: 16, largest: PixelSize(width: 50, height: 40))
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(Pictures.grid(1, 1, [200]), displayAspect: .one),
      in: PanePlace(rect: CellRect(column: 0, row: 0, columns: 20, rows: 10), cell: cell),
      DrawingTerms(), into: &bytes)
    #expect(
      String(decoding: bytes.prefix(34), as: UTF8.self).hasPrefix(
        "\u{1B}[5;8H\u{1B}P0;1;0q\"1;1;48;32"))
  }

  @Test("a palette has no more colours than asked for, the same each time, and few errors")
  func palette() throws {
    var random = SeededGenerator(seed: 4)
    let colours = (0..<5000).map { index -> UInt32 in
      let grey = UInt32(index % 256)
      return grey << 16 | grey << 8 | UInt32.random(in: 0...255, using: &random)
    }
    var sample = ColourSample()
    sample.add(colours, stride: 1)
    var palette = ClipPalette(sample, count: 256)
    #expect(palette.colours.count <= 256 && palette.colours.count > 200)
    #expect(ClipPalette(sample, count: 256).colours == palette.colours)
    #expect(ClipPalette(sample, count: 16).colours.count <= 16)
    var sum = 0
    for colour in colours {
      let shown = palette.colours[Int(palette.index(of: colour))]
      let off = SIMD4<Int32>(channelsOf: colour) &- SIMD4<Int32>(channelsOf: shown)
      sum += Int((off &* off).wrappedSum())
    }
    // 256 squares of 16 × 16 on the plane of grey and blue, the best there can be, have 16² / 12.
    #expect(Double(sum) / Double(colours.count * 3) < 1.15 * 256 / 12)
    #expect(ClipPalette(ColourSample(), count: 4).colours == [0])
  }

  @Test("a palette of few colours is those, and a thorough one is no worse than a quick one")
  func care() {
    var few = ColourSample()
    few.add([0x336699, 0xFFFFFF, 0, 0x336699], stride: 1)
    #expect(ClipPalette(few, count: 16).colours == [0, 0x336699, 0xFFFFFF])
    var random = SeededGenerator(seed: 31)
    var sample = ColourSample()
    let colours = (0..<4000).map { _ in UInt32.random(in: 0...0xFF_FFFF, using: &random) & 0x3F7F1F
    }
    sample.add(colours, stride: 1)
    func error(_ palette: ClipPalette) -> Int {
      var palette = palette
      return colours.reduce(0) { sum, colour in
        let shown = palette.colours[Int(palette.index(of: colour))]
        return sum + Int(VisibleDifference.squared(colour, shown))
      }
    }
    let quick = ClipPalette(sample, count: 32)
    var cut = MedianCut(sample.entries(bits: 6))
    #expect(cut.means(count: 32, rounds: 12).count == 32)
    #expect(error(quick) > 0 && error(ClipPalette(fixed: 32)) > error(quick))
  }

  @Test("a fixed grid of colours has no more than asked for, black and white among them")
  func fixedColours() {
    for count in [2, 16, 64, 255, 256] {
      let colours = ClipPalette(fixed: count).colours
      #expect(colours.count <= count && colours.count * 2 > count)
      #expect(colours.contains(0) && (count < 8 || colours.contains(0xFF_FFFF)))
    }
  }

  @Test("a brought palette is asked for once, and the picture is then drawn whole in it")
  func adopted() throws {
    var random = SeededGenerator(seed: 32)
    let place = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: 6, rows: 3), cell: PixelSize(width: 8, height: 16))
    let size = PixelSize(width: 48, height: 48)
    let rgb = (0..<size.area * 3).map { _ in UInt8.random(in: 60...160, using: &random) }
    let picture = Pictures.shown(Pictures.colour(size, rgb), displayAspect: .one)
    var driver = SixelDriver(
      delta: .changedPixels, registers: 256, largest: Self.largest, colours: .adopted)
    let none = driver.takeSample()
    #expect(none == nil)
    var screen = SixelScreen(size: Self.screenSize, cell: place.cell)
    func error() -> Int {
      (0..<size.area).reduce(0) { sum, at in
        let shown = screen.pixels[at / 48 * screen.size.width + at % 48] ?? 0
        return sum + Int(VisibleDifference.squared(shown, Self.colours(rgb)[at]))
      }
    }
    func draw() throws -> Bool {
      var bytes: [UInt8] = []
      driver.encode(picture, in: place, DrawingTerms(), into: &bytes)
      _ = try screen.write(bytes)
      return !bytes.isEmpty
    }
    let isFirstDrawn = try draw()
    #expect(isFirstDrawn)
    let before = error()
    let sample = driver.takeSample()
    let again = driver.takeSample()
    #expect(sample != nil && again == nil)
    driver.adopt(
      ClipPalette(sample ?? ColourSample(), count: driver.paletteSize, care: .thorough))
    let isDrawn = try draw()
    #expect(isDrawn && error() < before)
    let isDrawnAgain = try draw()
    #expect(!isDrawnAgain)
  }

  @Test("a clip's first picture has its own colours, though the pane was dark before")
  func afterDark() throws {
    var random = SeededGenerator(seed: 34)
    var desk = Desk(
      .changedPixels, CellRect(column: 0, row: 0, columns: 6, rows: 3),
      PixelSize(width: 8, height: 16), colours: .adopted)
    try desk.draw([UInt8](repeating: 0, count: desk.size.area * 3))
    let rgb = Pictures.random(desk.size, values: Self.exactValues, using: &random)
    try desk.draw(rgb, isSettling: true)
    #expect(desk.shown == Self.colours(rgb).map(Optional.some))
  }

  @Test("noise that stands still is soon not sent any more, a thing that moves is")
  func noiseFloor() throws {
    var random = SeededGenerator(seed: 33)
    var desk = Desk(
      .changedPixels, CellRect(column: 0, row: 0, columns: 16, rows: 6),
      PixelSize(width: 6, height: 12))
    func noisy(_ thing: Int?) -> [UInt8] {
      (0..<desk.size.area * 3).map { place in
        let (row, column) = (place / 3 / desk.size.width, place / 3 % desk.size.width)
        if let thing, (20..<40).contains(row), (thing..<thing + 16).contains(column) { return 220 }
        return UInt8(100 + column / 2 + Int.random(in: -4...4, using: &random))
      }
    }
    let whole = try desk.draw(noisy(nil)).count
    for _ in 0..<4 { try desk.draw(noisy(nil)) }
    #expect(try desk.draw(noisy(nil)).count * 10 < whole)
    let moved = try desk.draw(noisy(30))
    #expect(moved.count > 100)
    let shown = desk.shown[30 * desk.size.width + 36] ?? 0
    #expect(VisibleDifference.squared(shown, 0xDCDCDC) < 100 * 100)
  }

  @Test("a dither keeps means, changes no channel by more than half its depth, and stands still")
  func dither() {
    var dither = OrderedDither(depth: 32)
    let flat = [UInt32](repeating: 0x80_8080, count: 64 * 64)
    let drawn = dither.apply(to: flat, width: 64)
    #expect(drawn == dither.apply(to: flat, width: 64))
    let greens = drawn.map { Int($0 >> 8 & 0xFF) }
    #expect(greens.allSatisfy { (112...144).contains($0) } && Set(greens).count > 16)
    #expect(abs(greens.reduce(0, +) - 128 * greens.count) < greens.count)
  }

  @Test("the strict screen refuses what terminals disagree about")
  func strict() {
    for bad in [
      "\u{1B}[1;1H\u{1B}P0;1;0q\"1;1;4;6#1;2;0;0;0~\u{1B}\\",
      "\u{1B}[1;1H\u{1B}P0;1;0q\"1;1;4;6#1~\u{1B}\\",
      "\u{1B}[1;1H\u{1B}P0;1;0q\"1;1;4;6#1;2;0;0;0#1!5~\u{1B}\\",
      "\u{1B}[1;1H\u{1B}P0;1;0q\"1;1;4;5#1;2;0;0;0#1~\u{1B}\\",
      "\u{1B}[1;1H\u{1B}P0;1;0q\"1;1;4;6#1;2;0;0;0#1~",
    ] {
      var screen = SixelScreen(size: Self.screenSize, cell: PixelSize(width: 8, height: 16))
      #expect(throws: SixelScreen.Refusal.self) { _ = try screen.write(Array(bad.utf8)) }
    }
  }
}
