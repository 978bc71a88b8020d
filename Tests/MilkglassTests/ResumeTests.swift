// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// A session goes on where the one before was left, whatever ended it.
@Suite("Going on")
struct ResumeTests {
  private static let end = ["quit", "killed"]

  @Test("clip, playhead, labels, speed, standing still and the worklist's place", arguments: end)
  func all(end: String) throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("j")
    try seat.waitForClip(2)
    seat.program.send("/\t\t\u{1B}")
    try seat.wait { !seat.screen.text.contains("Worklist") }
    try seat.pauseAtStart()
    seat.program.send("\u{1B}[A")
    try seat.waitFor("1.5×")
    let before = seat.program.output.count
    seat.program.send(".....p")
    // The label takes the place along: once it is solid, both are on disk.
    try seat.wait { ShownMarks.areDim(seat.program.output[before...]).last == false }
    if end == "quit" {
      #expect(try seat.leave())
    } else {
      seat.program.signal(SIGKILL)
      #expect(try seat.program.waitForExit() == .signalled(SIGKILL))
    }
    let next = try Seat(vault)
    try next.waitForClip(2)
    try next.waitFor("║ 0:00.5 /")
    try next.waitFor("● p person")
    try next.waitFor("  1.5×")
    next.program.send("/")
    try next.waitFor("No clip is deferred")
    next.program.send("\u{1B}")
    #expect(try next.leave())
  }

  @Test("a clip that played plays on")
  func playsOn() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("e\u{1B}[B\u{1B}[B")
    try seat.waitFor("▶")
    let before = seat.program.output.count
    seat.program.send("v")
    try seat.wait { ShownMarks.areDim(seat.program.output[before...]).last == false }
    seat.program.signal(SIGKILL)
    #expect(try seat.program.waitForExit() == .signalled(SIGKILL))
    let next = try Seat(vault)
    try next.waitFor("▶")
    try next.waitFor("● v vehicle")
    #expect(next.position == 1)
    #expect(try next.leave())
  }

  @Test("after the last clip nothing is due, in the next session too")
  func nothingDue() throws {
    let vault = try TestVault.customers()
    let seat = try Seat(vault)
    for position in 1...2 {
      try seat.waitForClip(position)
      seat.program.send("p1")
      try seat.commit()
    }
    try seat.waitFor("Nothing is due")
    #expect(try seat.leave())
    let next = try Seat(vault)
    try next.waitFor("Nothing is due")
    #expect(try next.leave())
  }

  @Test("a clip that was done is gone on with where it was on the screen")
  func done() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("p1")
    try seat.commit()
    try seat.waitForClip(2)
    seat.program.send("k")
    try seat.waitForClip(1)
    #expect(try seat.leave())
    let next = try Seat(vault)
    try next.waitForClip(1)
    #expect(try next.leave())
  }

  private static var seeds: ClosedRange<UInt64> {
    ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1" ? 1...64 : 1...8
  }

  /// Types at random and dies at random: what was solid is there, on the clip of then or before.
  @Test(
    "after kill -9 at any instant no solid label is lost, and the clip is the same",
    arguments: seeds)
  func killedAnywhere(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    var seen: [Int] = [1]
    for _ in 0..<Int.random(in: 3...14, using: &random) {
      let key =
        [".", " ", "l", "h", "j", "k", "p", "v", "a", "\u{1B}[A", "\u{1B}[B"]
        .randomElement(using: &random) ?? "."
      seat.program.send(key)
      seat.program.pass(milliseconds: Int.random(in: 0...150, using: &random))
      if let position = seat.position, position != seen.last { seen.append(position) }
    }
    // At the end one label for sure, unless it is taken away by the same key.
    let before = seat.program.output.count
    seat.program.send("2")
    let isSolid = Bool.random(using: &random)
    if isSolid {
      // Between two clips a key counts for neither.
      var sent = ContinuousClock.now
      try seat.wait {
        if !seat.screen.text.contains("● 2 human"), ContinuousClock.now - sent > .seconds(3) {
          seat.program.send("2")
          sent = .now
        }
        return seat.screen.text.contains("● 2 human")
          && ShownMarks.areDim(seat.program.output[before...]).last == false
      }
    } else {
      seat.program.pass(milliseconds: Int.random(in: 0...40, using: &random))
    }
    if let position = seat.position, position != seen.last { seen.append(position) }
    seat.program.signal(SIGKILL)
    #expect(try seat.program.waitForExit() == .signalled(SIGKILL))
    let next = try Seat(vault)
    try next.wait { next.position != nil }
    let position = try #require(next.position)
    if isSolid {
      #expect(position == seen.last)
      try next.waitFor("● 2 human")
    } else {
      #expect(seen.suffix(2).contains(position), "\(position) of \(seen)")
    }
    #expect(try next.leave())
    #expect(try vault.demand(["audit", "verify"], as: "olga").code == 0)
  }
}
