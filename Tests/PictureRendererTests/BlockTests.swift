// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("Quadrants, sextants, octants and braille")
struct BlockTests {
  private static let screenSize = CellSize(columns: 40, rows: 14)
  private static let sets: [BlockSet] = [.quadrants, .sextants, .octants, .braille]

  /// A cell's samples as the screen shows them; nil where its character is none of the set's.
  private static func samples(
    _ cell: TerminalModel.ShownCell, _ patterns: [String: Int], _ set: BlockSet
  ) -> [RGB?]? {
    guard let pattern = patterns[String(cell.glyph)] else { return nil }
    return (0..<set.partCount).map { pattern >> $0 & 1 == 1 ? cell.foreground : cell.background }
  }

  private static func patterns(_ set: BlockSet) -> [String: Int] {
    var patterns: [String: Int] = [" ": 0]
    for (pattern, glyph) in set.glyphs.enumerated() where pattern > 0 {
      patterns[text(glyph)] = pattern
    }
    return patterns
  }

  private static func text(_ glyph: Glyph) -> String {
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: glyph.utf8 >> (8 * UInt32($0))) }
    return String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
  }

  @Test("every pattern has a character of its own", arguments: sets.indices)
  func characters(_ index: Int) {
    let set = Self.sets[index]
    #expect(set.glyphs.count == 1 << set.partCount)
    #expect(Set(set.glyphs).count == set.glyphs.count)
  }

  @Test("the characters are those that Unicode names so")
  func names() {
    // BLOCK SEXTANT-1, -23456; BLOCK OCTANT-3, -2345678; upper left and lower right quadrant.
    #expect(Self.text(BlockSet.sextants.glyphs[0b1]) == "\u{1FB00}")
    #expect(Self.text(BlockSet.sextants.glyphs[0b111110]) == "\u{1FB3B}")
    #expect(Self.text(BlockSet.octants.glyphs[0b100]) == "\u{1CD00}")
    #expect(Self.text(BlockSet.octants.glyphs[0b1111_1110]) == "\u{1CDE5}")
    #expect(Self.text(BlockSet.quadrants.glyphs[0b1]) == "▘")
    #expect(Self.text(BlockSet.quadrants.glyphs[0b1000]) == "▗")
    // BRAILLE PATTERN DOTS-17: the left column's first and last.
    #expect(Self.text(BlockSet.braille.glyphs[0b0100_0001]) == "\u{2841}")
  }

  @Test("cells of two colours show exactly, over random changes", arguments: sets.indices)
  func exact(_ index: Int) throws {
    let set = Self.sets[index]
    // The screen model's library knows no width for octants, as their terminals' do.
    guard index != 2 else { return }
    let patterns = Self.patterns(set)
    var random = SeededGenerator(seed: UInt64(index) + 1)
    let pane = CellRect(column: 3, row: 2, columns: 20, rows: 8)
    let parts = set.parts
    let size = PixelSize(width: 20 * parts.width, height: 8 * parts.height)
    let screen = try #require(TerminalModel(size: Self.screenSize))
    var driver = BlockDriver(set: set, colours: .direct, threshold: 0)
    var rgb = [UInt8](repeating: 40, count: size.area * 3)
    for _ in 0..<10 {
      for _ in 0..<30 {
        Self.colourCell(&rgb, size, parts, pane.size, using: &random)
      }
      let picture = Pictures.shown(
        Pictures.colour(size, rgb), displayAspect: Ratio(20, 16))
      var bytes: [UInt8] = []
      driver.encode(picture, in: Pictures.place(pane), DrawingTerms(), into: &bytes)
      screen.write(bytes)
      let letters = Pictures.letters(picture, Pictures.place(pane))
      #expect(letters.count > 19)
      for row in 0..<8 {
        for column in 0..<20 {
          let shown = screen.cell(column: pane.column + column, row: pane.row + row)
          if let letter = letters[row * 20 + column] {
            #expect(shown.glyph == letter && shown.foreground != shown.background)
            continue
          }
          let samples = try #require(Self.samples(shown, patterns, set))
          for part in 0..<set.partCount {
            let x = column * parts.width + part % parts.width
            let y = row * parts.height + part / parts.width
            let at = (y * size.width + x) * 3
            #expect(samples[part] == RGB(rgb[at], rgb[at + 1], rgb[at + 2]))
          }
        }
      }
    }
  }

  /// Gives a random cell two random colours in a random pattern.
  private static func colourCell(
    _ rgb: inout [UInt8], _ size: PixelSize, _ parts: PixelSize, _ pane: CellSize,
    using random: inout SeededGenerator
  ) {
    let column = Int.random(in: 0..<pane.columns, using: &random)
    let row = Int.random(in: 0..<pane.rows, using: &random)
    let pair = (0..<6).map { _ in UInt8.random(in: 0...255, using: &random) }
    for part in 0..<parts.area {
      let side = Bool.random(using: &random) ? 0 : 3
      let at =
        ((row * parts.height + part / parts.width) * size.width + column * parts.width
          + part % parts.width) * 3
      for channel in 0..<3 { rgb[at + channel] = pair[side + channel] }
    }
  }

  @Test("no pattern explains a cell better than the one chosen", arguments: [4, 6, 8])
  func best(_ count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var fit = TwoColourFit(count: count)
    for _ in 0..<100 {
      let samples = (0..<count).map { _ in UInt32.random(in: 0...0xFF_FFFF, using: &random) }
      fit.load(samples)
      let best = fit.best()
      let found = Self.error(samples, fit.colours(for: best.pattern))
      for pattern in 0..<1 << count {
        #expect(found <= Self.error(samples, fit.colours(for: pattern)) + Double(count * 3))
      }
      #expect(abs(fit.explained(by: best.pattern) - best.explained) <= best.explained / 1000)
    }
  }

  private static func error(_ samples: [UInt32], _ result: TwoColourFit.Result) -> Double {
    samples.enumerated().reduce(0) { sum, entry in
      let shown = result.pattern >> entry.offset & 1 == 1 ? result.foreground : result.background
      return sum
        + [16 as UInt32, 8, 0].reduce(0) { part, shift in
          let off = Double(entry.element >> shift & 0xFF) - Double(shown >> shift & 0xFF)
          return part + off * off
        }
    }
  }

  @Test("noise on a still scene changes no character", arguments: sets.indices)
  func calm(_ index: Int) {
    let set = Self.sets[index]
    var random = SeededGenerator(seed: 77)
    let pane = CellRect(column: 0, row: 0, columns: 20, rows: 8)
    let size = PixelSize(width: 20 * set.parts.width, height: 8 * set.parts.height)
    var driver = BlockDriver(set: set, colours: .direct)
    let still = (0..<size.area).flatMap { index -> [UInt8] in
      let x = index % size.width
      return x < size.width / 3 ? [60, 70, 80] : [150, 140, 90]
    }
    var changes = 0
    for frame in 0..<20 {
      let noisy = still.map { value in UInt8(Int(value) + Int.random(in: -3...3, using: &random)) }
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(Pictures.colour(size, noisy), displayAspect: Ratio(20, 16)),
        in: Pictures.place(pane), DrawingTerms(), into: &bytes)
      if frame > 0 { changes += bytes.count }
    }
    // A cell costs some 20 bytes: at most one in 25 may have changed.
    #expect(changes < 19 * 20 * 8 / 25 * 20)
  }

  @Test("a settling picture is exact where a moving one was near enough")
  func settles() throws {
    let pane = CellRect(column: 0, row: 0, columns: 4, rows: 2)
    let size = PixelSize(width: 8, height: 4)
    var driver = BlockDriver(set: .quadrants, colours: .direct)
    let screen = try #require(TerminalModel(size: Self.screenSize))
    func draw(_ grey: UInt8, isSettling: Bool) -> Int {
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(
          Pictures.colour(size, [UInt8](repeating: grey, count: size.area * 3)),
          displayAspect: .one), in: Pictures.place(pane),
        DrawingTerms(isSettling: isSettling), into: &bytes)
      screen.write(bytes)
      return bytes.count
    }
    #expect(draw(100, isSettling: false) > 0)
    #expect(draw(102, isSettling: false) == 0)
    #expect(draw(102, isSettling: true) > 0)
    #expect(screen.cell(column: 1, row: 1).background == RGB(102, 102, 102))
    #expect(draw(102, isSettling: true) == 0)
  }
}
