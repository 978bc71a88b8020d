// SPDX-License-Identifier: Apache-2.0
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The clips that are decoded before they are asked for, and their leases.
@Suite("Clips ahead")
struct LookaheadTests {
  /// A vault of many short clips.
  private func vault(_ count: Int) throws -> TestVault {
    let folder = try TestVault.empty()
    let clips = (1...count).map { number in
      TestVault.Clip(
        file: "bench-\(number).mp4", isStaff: number % 2 == 0,
        recordedAt: "2026-01-16T12:\(number + 10):00+01:00", predictions: [("person", 0.74)],
        options: ["--seconds", "\(1 + number / 10).\(number % 10)"])
    }
    try TestVault.ingest(clips, in: folder)
    return TestVault(in: folder)
  }

  private func decoders(_ seat: Seat) -> Int {
    ProcessTree.decoders(of: seat.program.processID).count
  }

  @Test("two clips are decoded ahead, whichever way the reviewer goes")
  func twoAhead() throws {
    let seat = try Seat(try vault(10))
    try seat.waitForClip(1)
    try seat.wait { decoders(seat) == 3 }
    for position in 2...4 {
      seat.program.send("g")
      try seat.waitForClip(position)
      try seat.wait { decoders(seat) == 3 }
    }
    for position in [3, 2] {
      seat.program.send("k")
      try seat.waitForClip(position)
    }
    // Back there is one left.
    try seat.wait { decoders(seat) == 2 }
    seat.program.send("j")
    try seat.waitForClip(3)
    try seat.wait { decoders(seat) == 3 }
    #expect(try seat.leave())
    #expect(ProcessTree.waitUntilGone(group: seat.program.processID))
  }

  @Test("where few clips are left one is held ahead, and another session gets the others")
  func fewClips() throws {
    let vault = try vault(4)
    let first = try Seat(vault)
    try first.waitForClip(1)
    try first.wait { decoders(first) == 2 }
    let second = try Seat(vault, reviewer: "r08")
    try second.waitForClip(3)
    try second.wait { decoders(second) == 2 }
    for seat in [first, second] {
      seat.program.send("p1")
      try seat.commit()
    }
    #expect(first.position == 2 && second.position == 4)
    #expect(try first.leave())
    #expect(try second.leave())
  }

  @Test("no clip is on two screens, however two sessions race through the worklist")
  func twoSessions() throws {
    let vault = try vault(12)
    let seats = [try Seat(vault), try Seat(vault, reviewer: "r08")]
    var labelled: [Int] = []
    for seat in seats { try seat.wait { seat.position != nil } }
    while seats.contains(where: { !$0.screen.text.contains("Nothing is due") }) {
      for seat in seats {
        try seat.wait {
          seat.screen.text.contains("Nothing is due") || seat.position != nil
        }
        guard let position = seat.position else { continue }
        #expect(!labelled.contains(position))
        labelled.append(position)
        seat.program.send("p1")
        try seat.commit()
      }
      if labelled.count > 12 { break }
      // Who has nothing left looks again: the other may have given something back.
      for seat in seats where seat.screen.text.contains("Nothing is due") { seat.program.send("g") }
      for seat in seats { try seat.program.waitForIdle() }
    }
    #expect(labelled.sorted() == Array(1...12))
    for seat in seats { #expect(try seat.leave()) }
    #expect(try vault.exportedLabels().count == 12)
  }
}
