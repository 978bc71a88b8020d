// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("Half blocks")
struct HalfBlockTests {
  private static let screenSize = CellSize(columns: 60, rows: 20)
  private static let frameStart: [UInt8] = Array("\u{1B}[0m".utf8)

  /// Draws frames of random changes and compares the screen after each with the frame.
  private func follow(
    _ depth: CellColours, pane: CellRect, seed: UInt64,
    _ meant: (UInt32) -> UInt32
  ) throws {
    var random = SeededGenerator(seed: seed)
    let size = PixelSize(width: pane.size.columns, height: pane.size.rows * 2)
    let screen = try #require(TerminalModel(size: Self.screenSize))
    var driver = HalfBlockDriver(colours: depth, threshold: 0)
    var rgb = Pictures.random(size, values: [0, 7, 128, 255], using: &random)
    for _ in 0..<12 {
      var bytes = Self.frameStart
      let picture = Pictures.shown(
        Pictures.colour(size, rgb), displayAspect: Ratio(size.width, size.height))
      driver.encode(picture, in: Pictures.place(pane), DrawingTerms(), into: &bytes)
      screen.write(bytes)
      let letters = Pictures.letters(picture, Pictures.place(pane))
      #expect(letters.isEmpty == (pane.size.columns == 1))
      var wanted = (0..<size.area).map { index -> RGB? in
        let sample = (0..<3).reduce(UInt32(0)) { $0 << 8 | UInt32(rgb[index * 3 + $1]) }
        return Pictures.rgb(meant(sample))
      }
      for (index, letter) in letters {
        let (row, column) = index.quotientAndRemainder(dividingBy: pane.size.columns)
        let places = [0, 1].map { (row * 2 + $0) * pane.size.columns + column }
        let ground = (0..<3).reduce(UInt32(0)) { colour, channel in
          let sum = places.reduce(1) { $0 + UInt32(rgb[$1 * 3 + channel]) }
          return colour << 8 | sum / 2
        }
        let shown = screen.cell(column: pane.column + column, row: pane.row + row)
        #expect(shown.glyph == letter && shown.background == Pictures.rgb(meant(ground)))
        #expect(shown.foreground != shown.background)
        for place in places { wanted[place] = nil }
      }
      #expect(Pictures.samples(screen, pane) == wanted)
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let place = Int.random(in: 0..<rgb.count, using: &random)
        rgb[place] = UInt8.random(in: .min ... .max, using: &random)
      }
    }
  }

  @Test(
    "random frames and random changes show exactly what is meant",
    arguments: [
      CellRect(column: 0, row: 0, columns: 60, rows: 20),
      CellRect(column: 13, row: 5, columns: 21, rows: 9),
      CellRect(column: 59, row: 19, columns: 1, rows: 1),
      CellRect(column: 10, row: 0, columns: 50, rows: 1),
    ])
  func exact(pane: CellRect) throws {
    try follow(.direct, pane: pane, seed: UInt64(pane.size.columns)) { $0 }
    try follow(.indexed256, pane: pane, seed: UInt64(pane.size.rows)) { sample in
      let index = NearestColours.shared.index(of: sample)
      return NearestColours.palette[Int(index) - 16]
    }
  }

  @Test("what surrounds a picture has the colour that the rest of the screen shows")
  func surround() throws {
    let pane = CellRect(column: 0, row: 0, columns: 20, rows: 10)
    let screen = try #require(TerminalModel(size: Self.screenSize))
    // 0xFAF8F5 lies nearest to index 231, white.
    var driver = HalfBlockDriver(colours: .direct, threshold: 0, surround: RGB(0xFA, 0xF8, 0xF5))
    var bytes = Self.frameStart
    let picture = Pictures.colour(PixelSize(width: 1, height: 1), [200, 10, 10])
    driver.encode(
      Pictures.shown(picture, displayAspect: Ratio(4, 1)), in: Pictures.place(pane), DrawingTerms(),
      into: &bytes)
    screen.write(bytes)
    let shown = Pictures.samples(screen, pane)
    #expect(shown.first == RGB(255, 255, 255))
    // Two lines of the mark, in letters.
    #expect(shown.count { $0 == nil } == 2 * 19)
    #expect(shown.count { $0 == RGB(200, 10, 10) } == 20 * 5 - 2 * 19)
    #expect(shown.count { $0 == RGB(255, 255, 255) } == 20 * 15)
  }

  @Test("nothing outside the pane is touched")
  func outside() throws {
    let screen = try #require(TerminalModel(size: Self.screenSize))
    let fill = String(repeating: String(repeating: "x", count: 60), count: 20)
    screen.write(Array(fill.utf8))
    let pane = CellRect(column: 20, row: 4, columns: 30, rows: 8)
    var driver = HalfBlockDriver(colours: .direct, threshold: 0)
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(Pictures.grid(2, 2, [10, 20, 30, 40]), displayAspect: Ratio(16, 9)),
      in: Pictures.place(pane), DrawingTerms(), into: &bytes)
    screen.write(bytes)
    for row in 0..<20 {
      for column in 0..<60 {
        let isInside = (20..<50).contains(column) && (4..<12).contains(row)
        #expect((screen.cell(column: column, row: row).glyph == "x") == !isInside)
      }
    }
  }

  @Test("an equal frame is no bytes, after invalidate the whole frame again")
  func nothingToSay() {
    let pane = CellRect(column: 0, row: 0, columns: 20, rows: 8)
    var driver = HalfBlockDriver(colours: .indexed256)
    func bytes(_ frame: VeiledFrame, _ driver: inout HalfBlockDriver) -> [UInt8] {
      var output: [UInt8] = []
      driver.encode(
        Pictures.shown(frame, displayAspect: Ratio(4, 3)), in: Pictures.place(pane), DrawingTerms(),
        into: &output)
      return output
    }
    let frame = Pictures.grid(4, 3, [0, 1, 2, 3, 90, 91, 92, 93, 180, 181, 182, 255])
    let first = bytes(frame, &driver)
    #expect(!first.isEmpty)
    let second = bytes(frame, &driver)
    #expect(second.isEmpty)
    driver.invalidate()
    let third = bytes(frame, &driver)
    #expect(third == first)
    var other = HalfBlockDriver(colours: .indexed256)
    let same = bytes(frame, &other)
    #expect(same == first)
  }

  @Test("with a threshold no pixel is further off than that, however it drifts")
  func threshold() throws {
    let pane = CellRect(column: 0, row: 0, columns: 8, rows: 4)
    let size = PixelSize(width: 8, height: 8)
    let screen = try #require(TerminalModel(size: Self.screenSize))
    var driver = HalfBlockDriver(colours: .direct, threshold: 4)
    var total = 0
    for step in 0..<40 {
      let rgb = [UInt8](repeating: UInt8(100 + step), count: size.area * 3)
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(Pictures.colour(size, rgb), displayAspect: .one), in: Pictures.place(pane),
        DrawingTerms(), into: &bytes)
      screen.write(bytes)
      total += bytes.isEmpty ? 0 : 1
      for index in 0..<8 * 4 {
        let cell = screen.cell(column: index % 8, row: index / 8)
        #expect(abs(Int(cell.background?.red ?? 0) - 100 - step) <= 4)
      }
    }
    #expect(total == 8)
  }

  @Test("escape sequences are cursor moves and SGR, and nothing else")
  func onlyThese() throws {
    var random = SeededGenerator(seed: 3)
    let pane = CellRect(column: 2, row: 1, columns: 40, rows: 12)
    let size = PixelSize(width: 40, height: 24)
    var driver = HalfBlockDriver(colours: .direct, threshold: 0)
    var bytes: [UInt8] = []
    for _ in 0..<5 {
      let rgb = Pictures.random(size, values: [0, 255], using: &random)
      driver.encode(
        Pictures.shown(Pictures.colour(size, rgb), displayAspect: Ratio(5, 3)),
        in: Pictures.place(pane), DrawingTerms(), into: &bytes)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let allowed = try Regex(#"(?:\u{1B}\[[0-9;]*[HCDm]|[ ▄\n\u{08}]|[0-9aerst:-])+"#)
    #expect(text.wholeMatch(of: allowed) != nil)
  }

  @Test("a small change is a small number of bytes")
  func economy() {
    let pane = CellRect(column: 0, row: 0, columns: 60, rows: 20)
    let size = PixelSize(width: 60, height: 40)
    var rgb = [UInt8](repeating: 50, count: size.area * 3)
    var driver = HalfBlockDriver(colours: .direct, threshold: 0)
    var bytes: [UInt8] = []
    func encode() {
      bytes.removeAll()
      driver.encode(
        Pictures.shown(Pictures.colour(size, rgb), displayAspect: Ratio(3, 2)),
        in: Pictures.place(pane), DrawingTerms(), into: &bytes)
    }
    encode()
    // One colour for all, a move for each row, a space for each cell; for each word of the nine marks
    // there and back two colours.
    #expect(bytes.count < 60 * 20 + 20 * 6 + 20 + 9 * 4 * 2 * 40)
    for channel in 0..<3 { rgb[(10 * 60 + 7) * 3 + channel] = 51 }
    encode()
    #expect(
      String(decoding: bytes, as: UTF8.self) == "\u{1B}[6;8H\u{1B}[38;2;50;50;50;48;2;51;51;51m▄")
  }

  @Test("the solid pane tints the eighths that moved and nothing else")
  func solid() throws {
    let screen = try #require(TerminalModel(size: Self.screenSize))
    let pane = CellRect(column: 0, row: 0, columns: 40, rows: 10)
    var driver = HalfBlockDriver(colours: .direct, threshold: 0)
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(.solid(movedEighths: 0b0010_0001), displayAspect: Ratio(2, 1)),
      in: Pictures.place(pane), DrawingTerms(), into: &bytes)
    screen.write(bytes)
    for row in 0..<10 {
      for column in 0..<40 {
        let isMoved = row < 5 && column < 10 || row >= 5 && (10..<20).contains(column)
        let wanted = Pictures.rgb(isMoved ? VeiledCanvas.solidMoved : VeiledCanvas.solid)
        #expect(screen.cell(column: column, row: row).background == wanted)
      }
    }
  }
}
