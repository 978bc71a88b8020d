// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// What may be seen of a customer's clip, judged by what is on the terminal.
@Suite("Glass")
struct GlassTests {
  @Test("X and esc leave nothing of the picture, and only space and u bring it back, frosted")
  func solid() throws {
    let seat = try Seat(try .customers())
    try seat.waitForFrostedStart()
    let frosted = seat.picture
    seat.program.send("\u{1B}")
    try seat.wait { isSolid(seat.picture) && seat.screen.text.contains("Blanked") }
    seat.program.send("xl.h\r")
    try seat.program.waitForIdle()
    #expect(isSolid(seat.picture))
    seat.program.send(" ")
    try seat.wait { seat.picture == frosted }
    seat.program.send("X")
    try seat.wait { isSolid(seat.picture) && seat.screen.text.contains("Withdrawn") }
    seat.program.send("l.h ")
    try seat.program.waitForIdle()
    #expect(isSolid(seat.picture))
    // Taken back it is to be seen again, but coarser: it was sensitive to somebody.
    seat.program.send("u")
    try seat.wait { seat.screen.text.contains("strict") && seat.picture.colours.count > 3 }
    #expect(seat.picture.isFrosted && seat.picture.columnEdges < frosted.columnEdges)
    #expect(try seat.leave())
  }

  @Test("a flagged clip is withdrawn: no session walks to it, and nobody else opens it")
  func flaggedStays() throws {
    let vault = try TestVault.customers()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("X")
    try seat.waitFor("Withdrawn")
    seat.program.send("g")
    try seat.waitForClip(2)
    #expect(try seat.leave())
    let next = try Seat(vault, reviewer: "r08")
    try next.waitForClip(2)
    next.program.send("k")
    try next.waitFor("This is the first clip")
    next.program.send("/")
    try next.waitFor("flagged 1")
    next.program.send("\t\t\t\t\t\t")
    try next.waitFor("›    1  flagged")
    next.program.send("\r")
    try next.waitFor("withdrawn")
    #expect(next.position == 2)
    #expect(try next.leave())
  }

  @Test("where policy allows no looks, no key whatever shows a customer's clip clear")
  func noKeyClears() throws {
    let staff = try Seat(try .mixed())
    try staff.waitForClip(1)
    try staff.pauseAtStart()
    try staff.wait { staff.picture.hasHue }
    #expect(!staff.picture.isFrosted)
    #expect(try staff.leave())

    let vault = try TestVault.customers()
    try vault.demand(["policy", "edit", "look_hour_seconds=0"])
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    var random = SeededGenerator(seed: 7)
    for key in Self.everyKey.shuffled(using: &random) + ["X"] + Self.everyKey {
      seat.program.send(key)
      try seat.program.waitForIdle(quietMilliseconds: 30)
      // What may hide the picture now is taken back, and another moment shown.
      seat.program.send(" u,")
      try seat.program.waitForIdle(quietMilliseconds: 30)
    }
    // What is hidden while the terminal owes an answer is covered with blanks first.
    let pictures = try Self.pictures(seat.program.output, seat).filter { !$0.isBlank }
    #expect(pictures.allSatisfy { $0.isFrosted })
    #expect(pictures.allSatisfy { isSolid($0) || $0.isMarked })
    let frostedCount = pictures.count { !isSolid($0) }
    #expect(
      frostedCount > 10 && frostedCount < pictures.count,
      "\(frostedCount) frosted of \(pictures.count)")
  }

  @Test("nor do the view menu's zoom and tones, nor the contact sheet")
  func noMenuClears() throws {
    let seat = try Seat(try .customers())
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("E\u{1B}[B\u{1B}[B")
    try seat.waitFor("← 1× →")
    // Zoom, then each tone to its end and back; each step is another picture.
    for keys in ["lll", "jlllll", "hhhhhhhhhh", "rjlllll", "jlllll", "kkkll"] {
      for key in keys {
        seat.program.send(String(key))
        try seat.program.waitForIdle(quietMilliseconds: 50)
      }
    }
    let pictures = try Self.pictures(seat.program.output, seat)
    #expect(pictures.count > 10 && pictures.allSatisfy { $0.isFrosted })
    #expect(pictures.allSatisfy { isSolid($0) || $0.isMarked })
    seat.program.send("r\rG")
    try seat.waitFor("1–9 go there")
    try seat.program.waitForIdle(quietMilliseconds: 700)
    let screen = try #require(TerminalModel(size: seat.size))
    screen.write(seat.program.output)
    var shown = 0
    for pane in Self.sheetPanes(seat.size) {
      let small = Picture(screen, pane)
      #expect(small.isFrosted)
      if !isSolid(small) {
        shown += 1
        #expect(small.isMarked)
      }
    }
    #expect(shown > 0)
    seat.program.send("\u{1B}")
    #expect(try seat.leave())
  }

  @Test(
    "no way to draw and no setting of the view takes the reviewer's mark off a picture",
    arguments: ["half256", "quadrant", "letters", "console", "ascii"])
  func markStays(kind: String) throws {
    let seat = try Seat(try .mixed(), options: ["--picture", kind, "--theme", "light"])
    func copies() -> Int { seat.screen.text.matches(of: #/seat-3.r07.\d\d-\d\d.\d\d:\d\d/#).count }
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { copies() == 9 }
    seat.program.send("E\u{1B}[B\u{1B}[B")
    try seat.waitFor("← 1× →")
    // Zoom, brightness, contrast and gamma to their ends, and every drawing of them.
    for keys in ["ll", "jlllll", "jlllll", "jlllll", "hhhhhhhhhh", "khhhhhhhhhh", "kkll", "l"] {
      for key in keys { seat.program.send(String(key)) }
      try seat.program.waitForIdle(quietMilliseconds: 200)
      #expect(copies() == 9, "\(keys)")
    }
    seat.program.send("\r")
    try seat.program.waitForIdle(quietMilliseconds: 200)
    #expect(copies() == 9)
    // Blanked there is nothing of the clip, and no mark.
    seat.program.send("\u{1B}")
    try seat.wait { seat.screen.text.contains("Blanked") && copies() == 0 }
    #expect(try seat.leave())
  }

  /// Everything a keyboard has but `q`, which leaves, `X`, and what draws pictures in another way or
  /// place: printable, control, special keys.
  private static let everyKey: [String] =
    (0x20...0x7E).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    .filter { !["q", "X", "E", "G"].contains($0) }
    + ["\r", "\t", "\u{7F}", "\u{8}", "\u{1}", "\u{5}", "\u{10}", "\u{12}", "\u{1B}", "ä", "漢"]
    + ["A", "B", "C", "D", "H", "F"].map { "\u{1B}[\($0)" }
    + ["2~", "3~", "5~", "6~", "15~"].map { "\u{1B}[\($0)" }

  /// Every picture that was ever on the screen: the pane after each frame with one, which alone asks
  /// whether it was read.
  private static func pictures(_ output: [UInt8], _ seat: Seat) throws -> [Picture] {
    let screen = try #require(TerminalModel(size: seat.size))
    let end = Array("\u{1B}[?2026l\u{1B}[5n".utf8)
    var pictures: [Picture] = []
    var start = 0
    for index in output.indices where output[index...].starts(with: end) {
      screen.write(Array(output[start..<index + end.count]))
      start = index + end.count
      if screen.text.contains("Worklist    due") {
        pictures += worklistPanes(seat.size).map { Picture(screen, $0) }
      } else if screen.text.contains("1–9 go there") {
        pictures += sheetPanes(seat.size).map { Picture(screen, $0) }
      } else {
        pictures.append(Picture(screen, seat.pane))
      }
    }
    return pictures
  }

  /// Where the contact sheet has its small pictures.
  private static func sheetPanes(_ size: CellSize) -> [CellRect] {
    let (columns, rows) = ((size.columns - 6) / 3, (size.rows - 3) / 3)
    return (0..<9).map { index in
      CellRect(
        column: 1 + index % 3 * (columns + 2), row: 1 + index / 3 * rows, columns: columns,
        rows: rows - 1)
    }
  }

  /// Where the worklist has its first small picture.
  private static func worklistPanes(_ size: CellSize) -> [CellRect] {
    size.columns >= 100
      ? [CellRect(column: size.columns - 25, row: 4, columns: 24, rows: 7)]
      : [CellRect(column: 1, row: size.rows - 9, columns: 16, rows: 5)]
  }
}

/// Whether a picture shows nothing but, at most, which eighths moved, and what surrounds it.
private func isSolid(_ picture: Picture) -> Bool {
  picture.isWhole && picture.marks.isEmpty && picture.colours.count <= 3 && picture.columnEdges <= 5
    && picture.rowEdges <= 3 && !picture.hasHue
    && picture.colours.allSatisfy { max($0.red, $0.green, $0.blue) < 64 }
}
