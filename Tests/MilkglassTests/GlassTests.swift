// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TestSupport
import Testing
import Vocabulary

/// What may be seen of a customer's clip, judged by what is on the terminal.
@Suite("Glass")
struct GlassTests {
  @Test("X and esc leave nothing of the picture, and only space and u bring it back, frosted")
  func solid() throws {
    let seat = try Seat(try .customers())
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { isFrosted(seat.picture) && seat.picture.colours.count > 3 }
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
    #expect(isFrosted(seat.picture) && seat.picture.columnEdges < frosted.columnEdges)
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
    next.program.send("\t\t\t")
    try next.waitFor("›    1  flagged")
    next.program.send("\r")
    try next.waitFor("withdrawn")
    #expect(next.position == 2)
    #expect(try next.leave())
  }

  @Test("no key whatever shows a customer's clip clear; a staff test clip is, by the same measure")
  func noKeyClears() throws {
    let staff = try Seat(try .mixed())
    try staff.waitForClip(1)
    try staff.pauseAtStart()
    try staff.wait { staff.picture.hasHue }
    #expect(!isFrosted(staff.picture))
    #expect(try staff.leave())

    let seat = try Seat(try .customers())
    try seat.waitForClip(1)
    var random = SeededGenerator(seed: 7)
    for key in Self.everyKey.shuffled(using: &random) + ["X"] + Self.everyKey {
      seat.program.send(key)
      try seat.program.waitForIdle(quietMilliseconds: 30)
      // What may hide the picture now is taken back, and another moment shown.
      seat.program.send(" u,")
      try seat.program.waitForIdle(quietMilliseconds: 30)
    }
    let pictures = try Self.pictures(seat.program.output, seat)
    #expect(pictures.allSatisfy(isFrosted))
    let frostedCount = pictures.count { !isSolid($0) }
    #expect(
      frostedCount > 10 && frostedCount < pictures.count,
      "\(frostedCount) frosted of \(pictures.count)")
  }

  /// Everything a keyboard has but `q`, which leaves, and `X`: printable, control, special keys.
  private static let everyKey: [String] =
    (0x20...0x7E).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    .filter { $0 != "q" && $0 != "X" }
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
      pictures.append(Picture(screen, seat.pane))
    }
    return pictures
  }
}

/// Whether a picture could be a grid of the test camera's size, or less: no hue, no more cells.
private func isFrosted(_ picture: Picture) -> Bool {
  picture.isWhole && !picture.hasHue && picture.colours.count <= 9
    && picture.columnEdges <= TestVault.porchGrid.columns + 1
    && picture.rowEdges <= TestVault.porchGrid.rows + 1
}

/// Whether a picture shows nothing but, at most, which eighths moved, and what surrounds it.
private func isSolid(_ picture: Picture) -> Bool {
  picture.isWhole && picture.colours.count <= 3 && picture.columnEdges <= 5
    && picture.rowEdges <= 3 && !picture.hasHue
    && picture.colours.allSatisfy { max($0.red, $0.green, $0.blue) < 64 }
}
