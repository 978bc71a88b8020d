// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// What spares the reviewer, on the terminal.
@Suite("Sparing the reviewer")
struct SparingScreenTests {
  @Test("X takes a digit for why, goes on to a harmless clip, and that one is paused")
  func flagAndGoOn() throws {
    // The first and third are harmless by what is predicted; the second, next in line, is not known.
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("X")
    try seat.waitFor("1–5 say why")
    try seat.waitFor("Sensitive, because:")
    seat.program.send("2")
    try seat.waitFor("Paused: space plays")
    let next = try #require(seat.position)
    #expect(next > 1)
    try seat.program.waitForIdle(quietMilliseconds: 700)
    #expect(seat.isAtStart)
    // Back to the one withdrawn, and on again.
    seat.program.send("u")
    try seat.waitFor("u takes it back")
    seat.program.send("g")
    try seat.waitFor("Paused: space plays; u goes back")
    seat.program.send(" ")
    try seat.wait { !seat.isAtStart }
    #expect(try seat.leave())
    #expect(try vault.demand(["flagged", "list"]).output.contains("by r07: intimacy\n"))
    #expect(try vault.demand(["audit", "verify"], as: "olga").code == 0)
  }

  /// A flag that was taken back leaves a clip that opens only when it is asked for.
  @Test("after a flag no clip opens by itself that was flagged before; its sheet comes first")
  func flaggedBefore() throws {
    let vault = try TestVault.customers()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("X")
    try seat.waitFor("Withdrawn as sensitive")
    seat.program.send("u")
    try seat.waitFor("Taken back")
    seat.program.send("j")
    try seat.waitForClip(2)
    seat.program.send("X")
    try seat.waitFor("Withdrawn as sensitive")
    seat.program.send("g")
    try seat.waitFor("Only clips that were flagged before are due")
    seat.program.send("g")
    try seat.waitFor("1–9 go there")
    #expect(seat.screen.rowText(0).contains("strict"))
    seat.program.send("\u{1B}")
    try seat.waitForClip(1)
    #expect(seat.isAtStart)
    // It is skipped without a question.
    seat.program.send("-")
    try seat.waitFor("Nothing is due")
    #expect(try seat.leave())
  }

  /// A terminal is waited for up to five seconds before the next picture goes out; what is hidden may not
  /// stand there as long.
  @Test(
    "a terminal that owes an answer is dark at once all the same", arguments: ["\u{1B}", "X", "Q"])
  func silentTerminal(key: String) throws {
    let seat = try Seat(try .customers())
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { seat.picture.colours.count > 3 }
    // What was asked before is answered: no picture waits for that.
    try seat.program.waitForIdle(quietMilliseconds: 500)
    seat.program.answersStatus = false
    // Another picture, whose answer is owed.
    let before = seat.picture
    for _ in 0..<40 where seat.picture == before {
      seat.program.send(".")
      try? seat.program.waitUntil(.milliseconds(100)) { _ in seat.picture != before }
    }
    #expect(seat.picture != before)
    // The control: no further picture comes while it is owed.
    let owed = seat.picture
    seat.program.send("llll")
    try? seat.program.waitUntil(.milliseconds(600)) { _ in seat.picture != owed }
    #expect(seat.picture == owed)
    seat.program.send(key)
    try seat.program.waitUntil(.seconds(2)) { _ in seat.picture.colours.count <= 3 }
    seat.program.answersStatus = true
    if key == "Q" {
      try seat.waitFor("unlock")
      seat.program.send("\r")
      try seat.waitForClip(1)
    } else if key != "X" {
      seat.program.send(" ")
      try seat.wait { seat.picture.colours.count > 3 }
    }
    #expect(try seat.leave())
  }
}
