// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Every screen of the running program at three sizes, as a person sees it.
@Suite("Golden screens")
struct GoldenScreenTests {
  static let sizes = [
    CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36),
    CellSize(columns: 200, rows: 60),
  ]

  @Test("of a session from the first clip to none", arguments: sizes)
  func session(size: CellSize) throws {
    try session(size: size, in: .english, suffix: "\(size.columns)x\(size.rows)")
  }

  @Test("of a session in German", arguments: sizes.prefix(2))
  func germanSession(size: CellSize) throws {
    try session(size: size, in: .german, suffix: "\(size.columns)x\(size.rows)-de")
  }

  private func session(size: CellSize, in language: Language, suffix: String) throws {
    let seat = try Seat(try .mixed(), size: size, language: language)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.expectScreen("review-clear-\(suffix)")
    seat.program.send("-")
    try seat.expectScreen("prompt-\(suffix)")
    seat.program.send("\u{1B}")
    seat.program.send("?")
    try seat.expectScreen("help-\(suffix)", withPicture: false)
    seat.program.send("?")
    try seat.wait { seat.picture.hasHue }
    seat.program.send("j")
    try seat.waitForClip(2)
    try seat.pauseAtStart()
    try seat.expectScreen("review-frosted-\(suffix)")
    seat.program.send("v1m.....m\t")
    try seat.expectScreen("labelled-\(suffix)")
    seat.program.send("/")
    // Both small pictures: this clip's, and that of the next, which was decoded meanwhile.
    try seat.wait { seat.screen.text.matches(of: /3 bench/).count == 1 }
    try seat.expectScreen("worklist-\(suffix)", withPicture: false)
    seat.program.send("q")
    seat.program.send("\u{1B}")
    try seat.expectScreen("blank-\(suffix)")
    seat.program.send(" ")
    try seat.wait { !seat.screen.text.contains(seat.texts(ShutPhrase.blanked)) }
    seat.program.send("X")
    try seat.expectScreen("flagged-\(suffix)")
    seat.program.send("q")
    try seat.expectScreen("summary-\(suffix)", withPicture: false)
    seat.program.send("j")
    try seat.waitFor(String(seat.texts(ShutPhrase.flagged).prefix { $0 != ":" }))
    try finish(seat)
    try seat.expectScreen("nothing-due-\(suffix)", withPicture: false)
    #expect(try seat.leave())
  }

  /// Goes on to the clips that are left, and labels them.
  private func finish(_ seat: Seat) throws {
    seat.program.send("g")
    try seat.waitForClip(3)
    seat.program.send("ap2")
    try seat.commit()
    try seat.waitForClip(4)
    seat.program.send("n0")
    try seat.commit()
    try seat.waitForClip(1)
    try seat.commit("y")
    try seat.waitFor(seat.texts(FactsPhrase.nothingDue))
  }

  @Test("of a terminal that is too small")
  func tooSmall() throws {
    let seat = try Seat(try .mixed(), size: CellSize(columns: 50, rows: 15))
    try seat.expectScreen("too-small-50x15", withPicture: false)
  }

  @Test("without colour, where letters make the picture")
  func withoutColour() throws {
    let seat = try Seat(
      try .mixed(), size: CellSize(columns: 80, rows: 24), environment: ["NO_COLOR": "1"])
    try seat.wait { seat.position == 1 }
    try seat.pauseAtStart()
    try seat.expectScreen("review-no-colour-80x24", withPicture: false)
    #expect(try seat.leave())
    let text = String(decoding: seat.program.output, as: UTF8.self)
    #expect(!text.contains("\u{1B}[38;") && !text.contains("\u{1B}[48;"))
  }

  @Test("with 256 colours the picture is made of these alone")
  func indexedColours() throws {
    let seat = try Seat(try .mixed(), environment: ["COLORTERM": ""])
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { seat.picture.isWhole && seat.picture.hasHue }
    // xterm's colour cube and greys.
    let steps: Set<UInt8> = [0, 95, 135, 175, 215, 255]
    #expect(
      seat.picture.colours.allSatisfy { colour in
        Set([colour.red, colour.green, colour.blue]).isSubset(of: steps)
          || (colour.red == colour.green && colour.green == colour.blue && colour.red % 10 == 8)
      })
    #expect(try seat.leave())
    let text = String(decoding: seat.program.output, as: UTF8.self)
    #expect(!text.contains("8;2;") && text.contains("8;5;"))
  }
}
