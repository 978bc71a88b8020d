// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// A session in a terminal that is not read for a while, again and again, while keys change the
/// screen and pictures are cut.
@Suite("Terminals that are not read for a while")
struct UnreadTerminalTests {
  private static let isLong = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

  @Test(
    "what stands around the picture is what a repaint makes of it",
    arguments: isLong ? ["quadrant", "sextant", "half"] : ["quadrant"], isLong ? 1...4 : 1...1)
  func chromeStays(_ kind: String, _ seed: UInt64) throws {
    let seat = try Seat(
      try .mixed(), size: CellSize(columns: 200, rows: 60), options: ["--picture", kind])
    try seat.waitForClip(1)
    try seat.wait { seat.screen.text.contains(#/[║▶] \d:\d\d/#) }
    var random = SeededGenerator(seed: seed)
    for round in 0..<(Self.isLong ? 12 : 2) {
      for _ in 0..<6 { try Self.stall(seat.program, &random) }
      seat.program.isReading = true
      seat.program.bytesPerSecond = nil
      seat.program.send(",,")
      try seat.program.waitForIdle(quietMilliseconds: 500)
      // A contact sheet has pictures elsewhere, and a clip that plays changes meanwhile.
      for _ in 0..<8 where !seat.screen.text.contains(#/║ \d:\d\d\.\d \//#) {
        seat.program.send(seat.screen.text.contains("▶") ? "," : "\u{1B}")
        try seat.program.waitForIdle(quietMilliseconds: 500)
      }
      let shown = Self.chrome(seat)
      seat.program.signal(SIGWINCH)
      try seat.program.waitForIdle(quietMilliseconds: 500)
      let repainted = Self.chrome(seat)
      #expect(shown.text == repainted.text, "\(kind), seed \(seed), round \(round)")
      #expect(shown.looks == repainted.looks, "\(kind), seed \(seed), round \(round)")
    }
    // A cut picture ends with CAN: without one this says nothing.
    #expect(seat.program.output.contains(0x18))
    #expect(try seat.leave())
  }

  /// Some keys while nobody reads, and some time in which little is read.
  private static func stall(
    _ program: PtyProgram, _ random: inout SeededGenerator
  ) throws {
    program.isReading = Bool.random(using: &random)
    program.bytesPerSecond = [2000, 5000, 20_000, 100_000].randomElement(using: &random)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      program.send(keys.randomElement(using: &random) ?? " ")
      program.pass(milliseconds: .random(in: 0...150, using: &random))
    }
    program.isReading = true
    program.pass(milliseconds: .random(in: 0...200, using: &random))
  }

  private static let keys = [
    " ", " ", ",", ".", "h", "l", "p", "v", "t", "0", "2", "u", "U", "\u{1B}[A", "\u{1B}[B", "r",
    "w", "W", "m", "n", "a", "?", "M", "\u{1B}", "g", "k",
  ]

  /// What is seen of everything but the picture, row by row: characters, and how they are drawn.
  private static func chrome(_ seat: Seat) -> (text: [String], looks: [[String]]) {
    let pane = seat.pane
    let rows = pane.row..<pane.row + pane.size.rows
    let cells = (0..<seat.size.rows).map { row in
      let start = rows.contains(row) ? pane.column + pane.size.columns : 0
      return (start..<seat.size.columns).map { seat.screen.cell(column: $0, row: row) }
    }
    // The colour of a blank's letter is not seen.
    let looks = cells.map { row in
      row.map { cell in
        let front = cell.glyph == " " && !cell.isReverse ? nil : cell.foreground
        return "\(front as Any) \(cell.background as Any) \(cell.isBold) \(cell.isReverse)"
      }
    }
    return (cells.map { String($0.map(\.glyph)) }, looks)
  }
}
