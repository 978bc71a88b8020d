// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// Thousands of random keys and sizes, and afterwards a store that says what its events say.
@Suite("Storms of keys") struct KeyStormTests {
  /// The storm over the demo's own vault, whose clips a debug build draws for a quarter of an hour.
  private static let demoSeed: UInt64 = 2003
  private static let isLong = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

  @Test(
    "random keys leave the program alive, and the store as a model folds its events",
    arguments: isLong ? [2000, 2001, 2002, demoSeed] : [2000])
  func keys(seed: UInt64) throws {
    let vault = try seed == Self.demoSeed ? TestVault.demo() : TestVault.mixed()
    var seat = try Seat(vault)
    try seat.waitForClip(1)
    var random = SeededGenerator(seed: seed)
    for round in 0..<(Self.isLong ? 500 : 100) {
      if round % 3 > 0 { try Self.returnToClip(seat) }
      seat.program.send((0..<20).map { _ in Self.key(&random) }.joined())
      if round % 25 == 24 { Self.resize(seat, &random) }
      // Time to open clips, in which most keys are passed over.
      try seat.program.waitForIdle(quietMilliseconds: 15)
      if let status = seat.program.exitStatus {
        // `q` twice is a way out, and the only one.
        #expect(status == .exited(0) && seat.program.isTerminalRestored)
        seat = try Seat(vault)
        try seat.waitFor("seat-3")
      }
    }
    try Self.leave(seat)
    let model = try StoreModel(vault)
    #expect(model.eventCount > 100, "the keys reached the labels")
    #expect(model.differences.isEmpty, "\(model.differences)")
    for line in try vault.exportedLabels() {
      let isJudged = line["alarm_level"] is String && !(line["what_moved"] as? [Any] ?? []).isEmpty
      #expect(isJudged || line["cannot_judge"] is String, "\(line)")
    }
    let next = try Seat(vault)
    let empty = [FactsPhrase.nothingDue, .onlyFlagged].map { next.texts($0) }
    try next.wait { next.position != nil || empty.contains(where: next.screen.text.contains) }
    #expect(try next.leave())
  }

  /// Out of most screens and prompts, and out of the blanked one, so that keys reach the labels.
  private static func returnToClip(_ seat: Seat) throws {
    for key in ["\u{1B}", " "] where seat.program.exitStatus == nil {
      seat.program.send(key)
      try seat.program.waitForIdle(quietMilliseconds: 15)
    }
  }

  /// It still answers: enter unlocks, esc and q lead out of whatever screen that ended on.
  private static func leave(_ seat: Seat) throws {
    seat.program.resize(seat.size, cellPixels: PixelSize(width: 8, height: 16))
    for _ in 0..<10 where seat.program.exitStatus == nil {
      for key in ["\r", "\u{1B}", "q", "q"] {
        seat.program.send(key)
        try seat.program.waitForIdle()
      }
    }
    #expect(try seat.program.waitForExit() == .exited(0))
  }

  private static func resize(_ seat: Seat, _ random: inout SeededGenerator) {
    for _ in 0..<3 {
      let size = CellSize(
        columns: .random(in: 1...200, using: &random), rows: .random(in: 1...60, using: &random))
      seat.program.resize(size, cellPixels: PixelSize(width: 8, height: 16))
    }
    if Bool.random(using: &random) {
      seat.program.resize(seat.size, cellPixels: PixelSize(width: 8, height: 16))
    }
  }

  /// Half of the keys label and commit, so that clips are walked through; what ends work on a clip or
  /// on all is rare.
  private static func key(_ random: inout SeededGenerator) -> String {
    if Int.random(in: 0..<2, using: &random) == 0 {
      return labelling.randomElement(using: &random) ?? " "
    }
    let key = all.randomElement(using: &random) ?? " "
    let isRare = ["q", "Q", "X", "-", "z", "*"].contains(key)
    return isRare && Int.random(in: 0..<30, using: &random) > 0 ? "k" : key
  }

  private static let labelling = [
    "p", "v", "a", "b", "n", "t", "d", "o", "i", "s", "f", "0", "1", "2", "3", "4", "c", "1", "2",
    "\r", "\r", "y", "u", "u", "U", "m", "=", "j", "k", "g", "+",
  ]
  private static let all: [String] =
    (0x20...0x7E).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    + ["\t", "\u{1B}", "\u{1B}", "\u{1B}[A", "\u{1B}[C", "\u{1B}[3~", "\u{7F}"]
}
