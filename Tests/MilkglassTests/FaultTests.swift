// SPDX-License-Identifier: Apache-2.0
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// What goes wrong around a session does not end it.
@Suite("Faults")
struct FaultTests {
  @Test(
    "a decoder that is killed or hangs costs one line; the next clip plays",
    arguments: [
      (SIGKILL, "the decoder crashed (signal 9)"),
      (SIGSTOP, "the decoder did not answer for 2 seconds"),
    ])
  func decoder(signal: Int32, words: String) throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    // The oldest decoder is that of the clip on screen; the next clip's may be there too.
    let decoder = try #require(ProcessTree.decoders(of: seat.program.processID).first)
    #expect(kill(decoder.id, signal) == 0)
    // A hanging one is noticed when a frame that is not at hand is asked for.
    seat.program.send("....")
    try seat.waitFor("This clip cannot be played")
    try seat.wait { seat.paneWords.contains(words) }
    seat.program.send("g")
    try seat.waitForClip(2)
    seat.program.send("p2")
    try seat.commit()
    try seat.waitForClip(3)
    try seat.wait { seat.picture.hasHue }
    #expect(try seat.leave())
    #expect(try vault.exportedLabels().count == 1)
    #expect(seat.screen.text.contains("1 unreadable"))
  }

  @Test("with the process that starts decoders gone, the session ends in order, no label lost")
  func zygoteGone() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.commit("y")
    try seat.waitForClip(2)
    seat.program.send("v")
    try seat.waitFor("● v vehicle")
    let zygote = try #require(ProcessTree.children(of: seat.program.processID).first)
    #expect(kill(zygote.id, SIGKILL) == 0)
    #expect(try seat.program.waitForExit() == .exited(70))
    #expect(seat.program.isTerminalRestored && seat.isShellBack)
    #expect(seat.screen.text.contains("The decoder process has ended; start again"))
    let next = try Seat(vault)
    try next.waitForClip(2)
    try next.waitFor("● v vehicle")
    #expect(try next.leave())
    #expect(try vault.exportedLabels().count == 1)
  }

  @Test("a terminal that never answers gets its frames all the same")
  func muteTerminal() throws {
    let seat = try Seat(try .mixed())
    seat.program.answersStatus = false
    try seat.waitForClip(1)
    try seat.wait { seat.picture.hasHue }
    let first = seat.picture
    try seat.wait {
      seat.screen.text.contains("║ 0:01.9") && seat.picture != first && seat.picture.hasHue
    }
    #expect(try seat.leave())
  }

  @Test("a store that stays locked costs the labels, says so, and the session goes on")
  func lockedStore() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    do {
      let hold = try StoreHold(vault)
      seat.program.send("v")
      try seat.waitFor("Not stored: The store is busy with another process")
      #expect(!seat.screen.text.contains("● v vehicle"))
      _ = consume hold
    }
    seat.program.send("v2")
    try seat.waitFor("● 2 human")
    try seat.commit()
    #expect(try seat.leave())
    #expect(try vault.exportedLabels().first?["what_moved"] as? [String] == ["vehicle"])
  }

  @Test("a storm of sizes ends in the screen of the last one")
  func resizeStorm() throws {
    let seat = try Seat(try .mixed(), size: CellSize(columns: 120, rows: 36))
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    var random = SeededGenerator(seed: 50)
    for step in 0..<50 {
      let size =
        step == 20
        ? CellSize(columns: 1, rows: 1)
        : CellSize(
          columns: .random(in: 1...250, using: &random),
          rows: .random(in: 1...80, using: &random))
      seat.program.resize(size, cellPixels: PixelSize(width: 8, height: 16))
      if step % 3 == 0 { try seat.program.waitUntil { _ in true } }
    }
    seat.program.resize(seat.size, cellPixels: PixelSize(width: 8, height: 16))
    try seat.expectScreen("review-clear-120x36")
    #expect(try seat.leave())
  }

  @Test("a size that is gone again before anyone looked still has the screen drawn anew")
  func resizeThereAndBack() throws {
    let seat = try Seat(try .mixed(), size: CellSize(columns: 80, rows: 24))
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    for _ in 0..<20 {
      seat.program.resize(CellSize(columns: 1, rows: 1))
      seat.program.resize(seat.size)
      #expect(!seat.screen.text.contains("seat-3"))
      try seat.wait { seat.isAtStart && seat.picture.hasHue }
    }
    #expect(try seat.leave())
  }
}
