// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("Letters and shades")
struct LetterTests {
  private static func ink(_ letter: Character) -> [Int32] {
    LetterShapes.letters[Int(letter.asciiValue ?? 0x20) - 0x20].ink
  }

  @Test("the measured shapes are those of letters")
  func shapes() {
    #expect(LetterShapes.letters.count == 95)
    #expect(LetterShapes.letters.allSatisfy { $0.ink.count == 32 })
    #expect(LetterShapes.letters.dropFirst().allSatisfy { $0.total > 0 })
    #expect(Self.ink("_").prefix(24).allSatisfy { $0 == 0 })
    #expect(Self.ink("'").suffix(16).allSatisfy { $0 == 0 })
    // `/` leans to the right at the top, `\\` to the left; `|` stands in the middle.
    let slash = Self.ink("/")
    let back = Self.ink("\\")
    #expect(slash[6] + slash[7] > slash[4] + slash[5])
    #expect(back[4] + back[5] > back[6] + back[7])
    let bar = Self.ink("|")
    #expect((0..<8).allSatisfy { bar[$0 * 4] == 0 && bar[$0 * 4 + 3] == 0 })
  }

  /// What a driver draws of a picture on a pane of one cell.
  private static func drawn(
    _ driver: inout some PictureDriver, _ samples: [[UInt8]]
  ) throws -> TerminalModel.ShownCell {
    let screen = try #require(TerminalModel(size: CellSize(columns: 4, rows: 2)))
    let size = driver.samples(in: PixelSize(width: 1, height: 2))
    let frame = Pictures.colour(size, samples.flatMap { $0 })
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(frame, displayAspect: Ratio(1, 2)),
      in: Pictures.place(CellRect(column: 0, row: 0, columns: 1, rows: 1)), DrawingTerms(),
      into: &bytes)
    screen.write(bytes)
    return screen.cell(column: 0, row: 0)
  }

  @Test("a letter's own picture is drawn as that letter, in its two colours", arguments: "_/|-\\")
  func ownShape(_ letter: Character) throws {
    var driver = LetterDriver(colours: .direct)
    let cell = try Self.drawn(
      &driver,
      Self.ink(letter).map { ink in
        [UInt8(20 + ink * 10), UInt8(30 + ink * 12), UInt8(200 - ink * 10)]
      })
    #expect(cell.glyph == letter)
    let front = try #require(cell.foreground)
    let back = try #require(cell.background)
    #expect(abs(Int(front.red) - 170) <= 2 && abs(Int(front.blue) - 50) <= 2)
    #expect(abs(Int(back.red) - 20) <= 2 && abs(Int(back.blue) - 200) <= 2)
  }

  @Test("the console gets its own colours, and no bright background")
  func console() throws {
    var driver = ConsoleDriver()
    for (index, colour) in ShadeFit.palette.enumerated() {
      let channels = [16 as UInt32, 8, 0].map { UInt8(colour >> $0 & 0xFF) }
      let cell = try Self.drawn(&driver, [channels])
      driver.invalidate()
      #expect(index < 8 ? cell.glyph == " " || cell.glyph == "█" : cell.glyph == "█")
    }
    var fit = ShadeFit()
    var random = SeededGenerator(seed: 5)
    for _ in 0..<40 {
      let cell = fit.fit(
        [UInt32.random(in: 0...0xFF_FFFF, using: &random)], old: nil, isExact: true)
      #expect(cell.background < 8 && cell.foreground < 16 && cell.symbol < 5)
    }
  }

  @Test("named colours are the nearest by brightness, and every driver keeps to its colours")
  func named() throws {
    #expect(NamedColours.shared.index(of: 0xFFFFFF) == 15)
    #expect(NamedColours.shared.index(of: 0x000000) == 0)
    #expect(NamedColours.shared.index(of: 0x808080) == 8)
    var driver = BlockDriver(set: .quadrants, colours: .named16)
    var bytes: [UInt8] = []
    let size = PixelSize(width: 8, height: 8)
    var random = SeededGenerator(seed: 9)
    driver.encode(
      Pictures.shown(
        Pictures.colour(size, Pictures.random(size, values: [0, 90, 180, 255], using: &random)),
        displayAspect: .one),
      in: Pictures.place(CellRect(column: 0, row: 0, columns: 4, rows: 4)), DrawingTerms(),
      into: &bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    for match in text.matches(of: /\x{1B}\[([0-9;]*)m/) {
      for code in match.1.split(separator: ";").compactMap({ Int($0) }) {
        #expect([30...37, 40...47, 90...97, 100...107].contains { $0.contains(code) })
      }
    }
  }
}
