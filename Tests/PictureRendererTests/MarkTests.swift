// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("The reviewer's mark on pictures")
struct MarkTests {
  private static let text = ["seat-3 r07 11-29 06:45", "seat-3 r07", "11-29 06:45"]
  private static let pane = CellRect(column: 1, row: 1, columns: 66, rows: 21)

  /// All that a reviewer may set, one thing at a time and all together.
  private static let adjustments: [PictureAdjustment] = {
    var all: [PictureAdjustment] = [.none]
    for zoom in PictureAdjustment.Zoom.allCases {
      for (x, y) in [(0, 0), (500, 700), (PictureAdjustment.side, PictureAdjustment.side)] {
        var changed = PictureAdjustment.none
        (changed.zoom, changed.centreX, changed.centreY) = (zoom, x, y)
        all.append(changed)
      }
    }
    for drawing in PictureAdjustment.Drawing.allCases {
      for step in [-5, 5] {
        var changed = PictureAdjustment.none
        (changed.drawing, changed.brightness, changed.contrast, changed.gamma) =
          (drawing, step, -step, step)
        all.append(changed)
        (changed.contrast, changed.zoom) = (step, .fourfold)
        all.append(changed)
      }
    }
    return all
  }()

  /// A clear picture with hues and edges.
  private static func scene(_ size: PixelSize) -> VeiledFrame {
    Pictures.colour(
      size,
      (0..<size.area).flatMap { index -> [UInt8] in
        let (x, y) = (index % size.width, index / size.width)
        let isThing = (x / 9 + y / 7) % 3 == 0
        return [UInt8(x * 3 % 256), UInt8(y * 5 % 256), isThing ? 220 : 40]
      })
  }

  private static func grid() -> VeiledFrame {
    Pictures.grid(16, 9, (0..<144).map { [0, 60, 130, 200, 255][$0 * 7 % 5] })
  }

  private static let drivers: [(name: String, make: @Sendable () -> any PictureDriver)] = {
    var all: [(name: String, make: @Sendable () -> any PictureDriver)] = [
      ("ascii", { ASCIIDriver() }), ("console", { ConsoleDriver() }),
    ]
    for colours in [CellColours.direct, .indexed256, .named16] {
      all.append(("half \(colours)", { HalfBlockDriver(colours: colours) }))
      all.append(("letters \(colours)", { LetterDriver(colours: colours) }))
      for (name, set) in [
        ("quadrants", BlockSet.quadrants), ("sextants", .sextants), ("braille", .braille),
      ] {
        all.append(("\(name) \(colours)", { BlockDriver(set: set, colours: colours) }))
      }
    }
    return all
  }()

  /// Whether the words of a mark stand on a screen, in one line or in two, in every ninth.
  private static func copies(_ screen: TerminalModel) -> Int {
    let rows = (0..<screen.size.rows).map { row in
      String((0..<screen.size.columns).map { screen.cell(column: $0, row: row).glyph })
    }
    // Between words stands whatever the picture has there.
    return rows.joined(separator: "\n").matches(of: /11-29.06:45/).count
  }

  @Test(
    "every way to draw shows nine copies, whatever the reviewer sets", arguments: drivers.indices)
  func letters(_ index: Int) throws {
    for frame in [Self.scene(PixelSize(width: 132, height: 84)), Self.grid()] {
      // Some settings a driver, all of them among the drivers.
      for step in stride(from: index % 8, to: Self.adjustments.count, by: 8) {
        let adjustment = Self.adjustments[step]
        for quality in [PictureQuality.full, .eighth] {
          var driver = Self.drivers[index].make()
          let screen = try #require(
            TerminalModel(size: CellSize(columns: 70, rows: 24)))
          var bytes: [UInt8] = []
          let picture = Pictures.shown(frame, displayAspect: Ratio(16, 9), adjustment: adjustment)
          driver.encode(
            picture, in: Pictures.place(Self.pane), DrawingTerms(quality: quality), into: &bytes)
          screen.write(bytes)
          #expect(Self.copies(screen) == 9, "\(Self.drivers[index].name) \(adjustment)")
          for (place, letter) in Pictures.letters(picture, Pictures.place(Self.pane)) {
            let cell = screen.cell(column: 1 + place % 66, row: 1 + place / 66)
            #expect(cell.glyph == letter)
            #expect(cell.isBold || Self.apart(cell) >= 15, "\(Self.drivers[index].name)")
          }
        }
      }
    }
  }

  /// The difference in luma of a cell's two colours, as xterm shows them.
  private static func apart(_ cell: TerminalModel.ShownCell) -> Int {
    let lumas = [cell.foreground, cell.background].map { colour -> Int in
      guard let colour else { return 0 }
      let rgb = UInt32(colour.red) << 16 | UInt32(colour.green) << 8 | UInt32(colour.blue)
      return Int(rgb.luma)
    }
    return abs(lumas[0] - lumas[1])
  }

  @Test("octants, which the screen's model does not know, get the same letters")
  func octants() {
    var driver = BlockDriver(set: .octants, colours: .direct)
    var bytes: [UInt8] = []
    driver.encode(
      Pictures.shown(Self.grid(), displayAspect: Ratio(16, 9)), in: Pictures.place(Self.pane),
      DrawingTerms(), into: &bytes)
    let text = String(decoding: bytes, as: UTF8.self).replacing(/\x1B\[[0-9;]*[A-Za-z]/, with: "")
    #expect(text.matches(of: /06:45/).count == 9)
  }

  @Test("on pixels the letters' ink is that far from the picture, and nothing else is changed")
  func ink() throws {
    let cell = PixelSize(width: 8, height: 16)
    let pane = CellRect(column: 0, row: 0, columns: 66, rows: 21)
    let place = PanePlace(rect: pane, cell: cell)
    for frame in [Self.scene(PixelSize(width: 132, height: 84)), Self.grid()] {
      for adjustment in Self.adjustments {
        let picture = Pictures.shown(frame, displayAspect: Ratio(16, 9), adjustment: adjustment)
        var plain = VeiledCanvas(marking: .lettered)
        var inked = VeiledCanvas(marking: .inked)
        plain.lay(picture, in: place, samples: cell)
        inked.lay(picture, in: place, samples: cell)
        let font = MarkFont(cell: cell)
        var expected = plain.colours
        for (index, letter) in Pictures.letters(picture, place) {
          let mark = try #require(inked.mark.cell(index))
          for pixel in font.ink(of: letter.asciiValue ?? 0) {
            let x = index % 66 * 8 + Int(pixel) % 8
            let at = (index / 66 * 16 + Int(pixel) / 8) * 66 * 8 + x
            expected[at] = MarkContrast.ink(on: expected[at], isDarker: mark.isDarker == true)
          }
        }
        #expect(inked.colours == expected)
        let changed = zip(inked.colours, plain.colours).count { $0 != $1 }
        #expect(changed > 9 * 19 * 8)
      }
    }
  }

  @Test("a new minute is drawn on a picture that stands still, and only its digits")
  func minute() throws {
    let screen = try #require(TerminalModel(size: CellSize(columns: 70, rows: 24)))
    var driver = HalfBlockDriver(colours: .direct)
    func draw(_ milliseconds: Int64) -> Int {
      let mark = ReviewerMark(seat: "seat-3", reviewer: "r07", wallMilliseconds: milliseconds)
      var bytes: [UInt8] = []
      driver.encode(
        ShownPicture(Self.grid(), mark: mark, displayAspect: Ratio(16, 9)),
        in: Pictures.place(Self.pane), DrawingTerms(isSettling: true), into: &bytes)
      screen.write(bytes)
      return bytes.count
    }
    #expect(draw(1_795_934_700_000) > 1000)
    #expect(draw(1_795_934_759_999) == 0)
    #expect((1...9 * 60).contains(draw(1_795_934_760_000)))
    let text = screen.text
    #expect(text.matches(of: /06:46/).count == 9 && !text.contains("06:45"))
  }

  @Test("pictures that agree in their frosted grids are the same bytes, whatever was seen before")
  func agreeing() {
    var random = SeededGenerator(seed: 12)
    let place = PanePlace(rect: Self.pane, cell: PixelSize(width: 8, height: 16))
    let before = (0..<144).map { _ in UInt8.random(in: 120...170, using: &random) }
    for index in 0..<4 {
      let make: () -> any PictureDriver = {
        [
          HalfBlockDriver(colours: .direct), BlockDriver(set: .quadrants, colours: .direct),
          KittyDriver(),
          SixelDriver(
            delta: .whole, registers: 256, largest: PixelSize(width: 2000, height: 2000)),
        ][index]
      }
      var (one, other) = (make(), make())
      var bytes: [[UInt8]] = [[], []]
      var dropped: [UInt8] = []
      // One has shown another grid, of greys where letters change sides.
      one.encode(
        Pictures.shown(Pictures.grid(16, 9, before), displayAspect: Ratio(16, 9)), in: place,
        DrawingTerms(), into: &dropped)
      one.invalidate()
      let grid = Pictures.grid(
        16, 9, (0..<144).map { _ in UInt8.random(in: 138...150, using: &random) })
      let picture = Pictures.shown(grid, displayAspect: Ratio(16, 9))
      if index == 3 { one = make() }
      one.encode(picture, in: place, DrawingTerms(), into: &bytes[0])
      other.encode(picture, in: place, DrawingTerms(), into: &bytes[1])
      #expect(bytes[0] == bytes[1] && !bytes[0].isEmpty)
    }
  }

  @Test("noise about the middle changes no letter's side in a clear picture")
  func calm() {
    var random = SeededGenerator(seed: 13)
    var canvas = VeiledCanvas(marking: .inked)
    let size = PixelSize(width: 66, height: 42)
    var sides: [[Bool?]] = []
    for _ in 0..<20 {
      let rgb = (0..<size.area).flatMap { _ in
        [UInt8](repeating: UInt8.random(in: 134...154, using: &random), count: 3)
      }
      canvas.lay(
        Pictures.shown(Pictures.colour(size, rgb), displayAspect: Ratio(66, 42)),
        in: Pictures.place(Self.pane), samples: PixelSize(width: 1, height: 2))
      sides.append(canvas.mark.cells.map(\.isDarker))
    }
    #expect(sides.allSatisfy { $0 == sides[0] })
    #expect(Set(sides[0]).count == 2)
  }

  @Test("a solid frame has no mark; whether it had a picture before does not matter")
  func solid() {
    var canvas = VeiledCanvas(marking: .inked)
    let place = PanePlace(rect: Self.pane, cell: PixelSize(width: 8, height: 16))
    canvas.lay(
      Pictures.shown(Self.grid(), displayAspect: Ratio(16, 9)), in: place, samples: place.cell)
    #expect(!canvas.mark.cells.isEmpty)
    canvas.lay(
      Pictures.shown(.solid(movedEighths: 3), displayAspect: Ratio(16, 9)), in: place,
      samples: place.cell)
    #expect(canvas.mark.cells.isEmpty)
    #expect(Set(canvas.colours) == [0, VeiledCanvas.solid, VeiledCanvas.solidMoved])
  }

  @Test("a picture too small for a mark has it over what surrounds it, the same each time")
  func narrow() {
    let place = PanePlace(rect: Self.pane, cell: PixelSize(width: 8, height: 16))
    var canvas = VeiledCanvas(marking: .inked)
    let picture = Pictures.shown(Self.grid(), displayAspect: Ratio(1, 20))
    canvas.lay(picture, in: place, samples: place.cell)
    #expect(canvas.mark.coversSurround)
    let first = canvas.colours
    canvas.lay(picture, in: place, samples: place.cell)
    #expect(canvas.colours == first)
  }

  @Test("all of the mark's letters have ink of their own, from 5 × 8 pixels on")
  func font() {
    for cell in [(5, 8), (6, 12), (8, 16), (10, 20), (18, 36)].map({
      PixelSize(width: $0.0, height: $0.1)
    }) {
      let font = MarkFont(cell: cell)
      let inks = ReviewerMark.letters.map { font.ink(of: $0) }
      #expect(inks.allSatisfy { !$0.isEmpty })
      if cell.width >= 6 { #expect(inks.allSatisfy { $0.count * 2 < cell.area }) }
      if cell.width >= 8 { #expect(Set(inks).count == inks.count) }
      // Side by side letters do not touch.
      #expect(inks.joined().allSatisfy { Int($0) % cell.width < cell.width - 1 })
    }
    #expect(MarkFont(cell: PixelSize(width: 1, height: 2)).ink(of: 0x61).isEmpty)
    #expect(MarkFont(cell: PixelSize(width: 8, height: 16)).ink(of: 200).isEmpty)
  }
}
