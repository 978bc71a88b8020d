// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// Looks on a machine that is set another time, has no room, fails, or dies at a chosen write.
@Suite("Looks and faults")
struct LookFaultTests {
  private static let hour: Int64 = 3_600_000

  /// A review with the fault library in front of it, paused at the first clip's start.
  private static func seat(
    _ vault: TestVault, _ fault: (kind: FaultKind, at: Int)? = nil
  ) throws -> (seat: Seat, plan: FaultPlan) {
    // The library compares paths without links in them.
    let folder = URL(filePath: vault.folder.path).resolvingSymlinksInPath().path
    let plan = try FaultPlan(fault, paths: [folder + "/vault"], isArmed: false)
    let seat = try Seat(vault, environment: plan.environment)
    try seat.waitForFrostedStart()
    return (seat, plan)
  }

  @Test("a clock that is set forward gives no new hour, and one that is set back takes none")
  func clockSet() throws {
    let vault = try TestVault.customers()
    try vault.demand([
      "policy", "edit", "look_milliseconds=1000", "look_clip_seconds=60", "look_hour_seconds=4",
    ])
    let (seat, plan) = try Self.seat(vault)
    for (count, hours) in [2, -48, 26, -1].enumerated() as EnumeratedSequence<[Int64]> {
      try plan.setClock(aheadMilliseconds: hours * Self.hour)
      seat.program.send("!")
      try seat.wait { seat.picture.hasHue }
      // Logged before it is shown, whatever the clock says.
      #expect(try LoggedLooks(vault).starts.count == count + 1)
      // In the midst of a look it counts for nothing either.
      try plan.setClock(aheadMilliseconds: -hours * Self.hour)
      try seat.wait { seat.picture.isFrosted && seat.screen.text.contains("all keys") }
    }
    for hours in [0, 3, 1000, -1000] as [Int64] {
      try plan.setClock(aheadMilliseconds: hours * Self.hour)
      seat.program.send("!")
      try seat.waitFor("No look left this hour: z defers, more in")
      #expect(seat.picture.isFrosted)
      seat.program.send("?x")
      try seat.program.waitForIdle(quietMilliseconds: 200)
    }
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    looks.expectWithin(clip: 60_000, hour: 4000)
    #expect(looks.stops.map { $0.count("ms") } == [1000, 1000, 1000, 1000])
    #expect(looks.stops.allSatisfy { $0.detail["why"] == "elapsed" })
    #expect(try vault.demand(["audit", "verify"], as: "olga").code == 0)
    let frames = try ShownFrame.all(seat)
    #expect(frames.contains { $0.picture.hasHue })
  }

  @Test("with a full disk there is no look, one sentence says so, and the review goes on")
  func fullDisk() throws {
    let vault = try TestVault.customers()
    let (seat, plan) = try Self.seat(vault, (.full, 1))
    try plan.arm()
    for round in 0..<3 {
      seat.program.send("!")
      try seat.waitFor("No look: The disk is full")
      let fired = try plan.report().fired.count
      #expect(fired > round)
      seat.program.send("p0\r")
      // What was lost is said, and not hidden by what fails with it.
      try seat.waitFor("Not stored")
      try seat.program.waitForIdle(quietMilliseconds: 300)
      #expect(seat.screen.text.contains("Not stored"))
      seat.program.send("\u{1B}")
      try seat.waitFor("space returns")
      seat.program.send(" ")
      try seat.wait { seat.picture.isFrosted && seat.screen.text.contains("all keys") }
    }
    seat.program.send("qq")
    _ = try seat.program.waitForExit()
    #expect(seat.program.isTerminalRestored)
    let wasClear = try ShownFrame.all(seat).contains { $0.picture.hasHue }
    #expect(!wasClear)
    #expect(try LoggedLooks(vault).starts.isEmpty)
  }

  /// How many writes there are from the key to the first clear frame.
  private static func writesOfOneLook() throws -> Int {
    let (seat, plan) = try seat(try TestVault.customers())
    try plan.arm()
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    return try plan.report().calls.count
  }

  @Test(
    "whichever write of a look fails, or is the last, nothing is clear that is not in the log",
    arguments: [FaultKind.killBefore, .killAfter, .killHalf, .fail, .full])
  func everyWrite(kind: FaultKind) throws {
    let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    let count = try Self.writesOfOneLook()
    var (fired, clear) = (0, 0)
    for at in isSoak ? Array(1...count + 4) : [1, count] {
      let vault = try TestVault.customers()
      let (seat, plan) = try Self.seat(vault, (kind, at))
      try plan.arm()
      seat.program.send("!")
      seat.program.pass(milliseconds: 900)
      seat.program.signal(SIGKILL)
      _ = try seat.program.waitForExit()
      fired += try plan.report().fired.isEmpty ? 0 : 1
      let isClear = try ShownFrame.all(seat).contains { $0.picture.hasHue }
      clear += isClear ? 1 : 0
      // What the next session finds is what was durable.
      let next = try Seat(vault)
      try next.waitForClip(1)
      #expect(try next.leave())
      let looks = try LoggedLooks(vault)
      looks.expectWithin(clip: 5000, hour: 120_000)
      #expect(!isClear || looks.starts.count == 1, "clear, and not in the log: \(kind) at \(at)")
      #expect(try vault.demand(["audit", "verify"], as: "olga").code == 0)
    }
    #expect(fired > 0)
    #expect(!isSoak || clear > 0, "of \(count) writes")
  }
}
