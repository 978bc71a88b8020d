// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// A reviewer's work that is killed at random instants: whatever was acknowledged is there.
@Suite("Killed days", .serialized)
struct KilledDayTests {
  @Test("kill -9 at any instant loses no acknowledged verdict, and work goes on where it was")
  func killed() throws {
    let rounds = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1" ? 1000 : 50
    var random = SeededGenerator(seed: 9)
    var left = rounds
    var vaults = 0
    while left > 0 {
      vaults += 1
      left -= try Self.day(atMost: left, &random)
      try #require(vaults < rounds, "sessions end without a kill")
    }
  }

  /// One vault's sessions, each killed; how many were.
  private static func day(atMost kills: Int, _ random: inout SeededGenerator) throws -> Int {
    let vault = TestVault(in: try TestVault.empty())
    try ingest(40, into: vault)
    var acknowledged: Set<Int> = []
    var killed = 0
    var last: (position: Int, isLeaving: Bool)?
    var done = 0
    while killed < kills, done < 36 {
      let seat = try Seat(vault)
      try seat.wait { seat.position != nil }
      let resumed = try #require(seat.position)
      done = Self.count(seat)
      if let last {
        // Where a commit was on its way, it may have arrived.
        #expect(
          resumed == last.position || last.isLeaving && resumed > last.position,
          "killed at clip \(last.position), resumed at \(resumed)")
      }
      let work = try Self.work(seat, for: Int.random(in: 0...1500, using: &random), &random)
      acknowledged.formUnion(work.acknowledged)
      last = (work.position, work.isLeaving)
      seat.program.signal(SIGKILL)
      #expect(try seat.program.waitForExit() == .signalled(SIGKILL))
      killed += 1
    }
    let labels = try vault.exportedLabels()
    // Beyond what was acknowledged a verdict may be there that was on its way.
    #expect(labels.count >= acknowledged.count && labels.count <= acknowledged.count + killed)
    return killed
  }

  private struct Work {
    var acknowledged: Set<Int> = []
    var position: Int
    /// Whether a key was pressed that leaves the clip, and the next has not come.
    var isLeaving = false
  }

  /// Labels clip after clip for so many milliseconds.
  private static func work(
    _ seat: Seat, for milliseconds: Int, _ random: inout SeededGenerator
  ) throws -> Work {
    var work = Work(position: try #require(seat.position))
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {
      let here = work.position
      let count = Self.count(seat)
      seat.program.send(["p", "a", "n", "v"].randomElement(using: &random) ?? "p")
      seat.program.send("\(Int.random(in: 0...4, using: &random)),\r")
      work.isLeaving = true
      while ContinuousClock.now < end {
        seat.program.pass(milliseconds: 5)
        guard let now = seat.position, now != here, Self.count(seat) > count else {
          if seat.screen.text.contains("only just come") { seat.program.send(",\r") }
          continue
        }
        // The next clip may be there at once: the verdict is acknowledged by the day's count.
        work.acknowledged.insert(here)
        (work.position, work.isLeaving) = (now, false)
        break
      }
    }
    return work
  }

  /// How many verdicts the top line counts; -1 where it does not say.
  private static func count(_ seat: Seat) -> Int {
    seat.screen.rowText(0).firstMatch(of: /(\d+) \/ 150/).flatMap { Int($0.output.1) } ?? -1
  }

  /// Takes in short staff test clips that differ by an empty box at their end (ISO/IEC 14496-12, 8.1.2).
  private static func ingest(_ count: Int, into vault: TestVault) throws {
    let clip = Data(try ClipMaker.card(["--seconds", "1"]))
    var names: [String] = []
    for index in 0..<count {
      let name = "bench-\(index).mp4"
      let box = [0, 0, 0, 9] + Array("free".utf8) + [UInt8(index)]
      try (clip + box).write(to: URL(filePath: "\(vault.folder.path)/\(name)"))
      names.append(name)
    }
    try vault.demand(["ingest", "--staff-test", "--nobody"] + names)
  }
}
