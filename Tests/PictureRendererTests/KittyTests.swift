// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TerminalScreen
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("Kitty graphics")
struct KittyTests {
  private static let screenSize = CellSize(columns: 20, rows: 12)

  @Test(
    "every frame leaves exactly the pixels meant, within what nobody sees while it moves",
    arguments: [
      PixelSize(width: 8, height: 16), PixelSize(width: 7, height: 13),
      PixelSize(width: 1, height: 2), PixelSize(width: 30, height: 61),
    ])
  func exact(cell: PixelSize) throws {
    var random = SeededGenerator(seed: UInt64(cell.area))
    let pane = CellRect(column: 3, row: 2, columns: 9, rows: 6)
    let size = PixelSize(width: 9 * cell.width, height: 6 * cell.height)
    var driver = KittyDriver(firstID: 40)
    var screen = KittyScreen(size: Self.screenSize)
    var checker = OutputGrammar.Checker()
    var rgb = Pictures.random(size, values: [0, 40, 90, 200, 255], using: &random)
    var wanted = VeiledCanvas(marking: .inked)
    for step in 0..<10 {
      let isSettling = step % 4 == 3
      var bytes: [UInt8] = []
      let picture = Pictures.shown(
        Pictures.colour(size, rgb), displayAspect: Ratio(size.width, size.height))
      let place = PanePlace(rect: pane, cell: cell)
      driver.encode(picture, in: place, DrawingTerms(isSettling: isSettling), into: &bytes)
      wanted.lay(picture, in: place, samples: cell)
      #expect(checker.check(bytes) == nil)
      #expect(checker.isWhole)
      try screen.write(bytes)
      #expect(Set(screen.images.keys) == Set(40..<46))
      let shown = (40..<46).flatMap { screen.images[$0]?.rgb ?? [] }
      // Blue may be off by three times the threshold of 4.
      let meant = wanted.colours.flatMap { colour in
        [16 as UInt32, 8, 0].map { UInt8(colour >> $0 & 0xFF) }
      }
      let furthest = zip(shown, meant).map { abs(Int($0) - Int($1)) }.max() ?? 0
      #expect(shown.count == rgb.count && furthest <= (isSettling ? 0 : 12))
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let at = Int.random(in: 0..<rgb.count / (step % 3 + 1), using: &random)
        rgb[at] = UInt8.random(in: .min ... .max, using: &random)
      }
    }
  }

  @Test("only the rows that changed are sent; grids are exact")
  func rows() throws {
    let place = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: 8, rows: 4), cell: PixelSize(width: 4, height: 8))
    var driver = KittyDriver()
    var screen = KittyScreen(size: Self.screenSize)
    var greys: [UInt8] = [0, 10, 20, 30, 40, 50, 60, 70]
    var counts: [Int] = []
    for change in [nil, nil, 0, 7] {
      if let change { greys[change] += 1 }
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(Pictures.grid(2, 4, greys), displayAspect: .one), in: place, DrawingTerms(),
        into: &bytes)
      let before = screen.sent
      try screen.write(bytes)
      counts.append(screen.sent - before)
    }
    #expect(counts == [4, 0, 1, 1])
    #expect(screen.images[4]?.rgb.last == 71)
  }

  @Test("a smaller pane and erase leave no image behind, after invalidate too")
  func erase() throws {
    var driver = KittyDriver()
    var screen = KittyScreen(size: Self.screenSize)
    func draw(rows: Int) throws {
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(.solid(movedEighths: 1), displayAspect: .one),
        in: PanePlace(
          rect: CellRect(column: 1, row: 1, columns: 4, rows: rows),
          cell: PixelSize(width: 3, height: 5)), DrawingTerms(), into: &bytes)
      try screen.write(bytes)
    }
    try draw(rows: 7)
    driver.invalidate()
    try draw(rows: 3)
    #expect(Set(screen.images.keys) == [1, 2, 3])
    driver.invalidate()
    var bytes: [UInt8] = []
    driver.erase(into: &bytes)
    try screen.write(bytes)
    #expect(screen.images.isEmpty)
    bytes = []
    driver.erase(into: &bytes)
    #expect(bytes.isEmpty)
  }

  @Test("a lower quality is fewer pixels on the same cells")
  func quality() throws {
    let place = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: 8, rows: 4), cell: PixelSize(width: 9, height: 18))
    for quality in PictureQuality.allCases {
      var driver = KittyDriver()
      var screen = KittyScreen(size: Self.screenSize)
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(.solid(movedEighths: 0), displayAspect: .one), in: place,
        DrawingTerms(quality: quality), into: &bytes)
      try screen.write(bytes)
      let size = PixelSize(width: 9 / quality.divisor * 8, height: 18 / quality.divisor)
      #expect(screen.images[2]?.size == size)
      #expect(screen.images[2]?.cells == CellRect(column: 0, row: 1, columns: 8, rows: 1))
    }
  }

  @Test("one tiny picture, byte by byte")
  func tiny() {
    var driver = KittyDriver(firstID: 7)
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(Pictures.grid(1, 1, [255]), displayAspect: Ratio(1, 2)),
      in: PanePlace(
        rect: CellRect(column: 4, row: 2, columns: 1, rows: 1), cell: PixelSize(width: 1, height: 2)
      ), DrawingTerms(), into: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "\u{1B}[3;5H\u{1B}_Ga=T,f=24,t=d,i=7,p=1,q=2,C=1,s=1,v=2,c=1,r=1,m=0;////////\u{1B}\\")
  }
}
