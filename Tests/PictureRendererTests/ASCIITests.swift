// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

@Suite("ASCII pictures")
struct ASCIITests {
  @Test("changes show the same as whole frames")
  func deltas() throws {
    var random = SeededGenerator(seed: 5)
    let pane = CellRect(column: 3, row: 2, columns: 30, rows: 10)
    let size = PixelSize(width: 30, height: 10)
    let screen = try #require(TerminalModel(size: CellSize(columns: 40, rows: 14)))
    var driver = ASCIIDriver()
    for _ in 0..<20 {
      let greys = (0..<size.area).map { _ in UInt8.random(in: 0...1, using: &random) * 200 }
      let frame = Pictures.grid(30, 10, greys)
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(frame, displayAspect: Ratio(3, 2)), in: Pictures.place(pane), DrawingTerms(),
        into: &bytes)
      screen.write(bytes)
      var plain = ASCIIDriver()
      let lines = plain.lines(
        of: Pictures.shown(frame, displayAspect: Ratio(3, 2)), size: pane.size,
        cell: PixelSize(width: 1, height: 2))
      for (row, line) in lines.enumerated() {
        let shown = screen.rowText(pane.row + row)
        #expect(shown == (line.isEmpty ? "" : "   " + line))
      }
    }
  }

  @Test("lighter is never less ink, and turned round on a light screen")
  func ramp() {
    let greys = (0..<UInt8(64)).map { $0 * 4 }
    // Four cells at a time: too few for a mark.
    let size = CellSize(columns: 4, rows: 1)
    var dark = ASCIIDriver()
    var light = ASCIIDriver(isLightOnDark: false)
    func inks(_ driver: inout ASCIIDriver) -> [Int32] {
      let text = stride(from: 0, to: 64, by: 4).map { first in
        let frame = Pictures.grid(4, 1, Array(greys[first..<first + 4]))
        let line = driver.lines(
          of: Pictures.shown(frame, displayAspect: Ratio(4, 1)), size: size,
          cell: PixelSize(width: 1, height: 1))
        let text = line.first ?? ""
        return text + String(repeating: " ", count: 4 - text.count)
      }.joined()
      return text.map { character in
        let code = Int(character.asciiValue ?? 0x20)
        return LetterShapes.letters[code - 0x20].total
      }
    }
    let rising = inks(&dark)
    #expect(rising == rising.sorted())
    #expect(Set(rising).count > 12)
    let falling = inks(&light)
    #expect(falling == falling.sorted(by: >))
  }
}
