// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// What reviewers meet in a day, each as the keys they press and the screen it ends with.
///
/// The clips of the vault, in order: 1 staff's, predicted animal, transit, level 0; 2 a customer's,
/// predicted person, loitering, level 2; 3 staff's, predicted person; 4 a customer's, nothing predicted.
@Suite("Stories")
struct StoryTests {
  @Test("a harmless cat, rightly predicted, is one key", arguments: Telling.all)
  func rightPrediction(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling)
    try seat.commit("y")
    try seat.waitForClip(2)
    try end(seat, "right-prediction", telling, pauses: true)
    let label = try #require(try vault.exportedLabels().first)
    #expect(label["what_moved"] as? [String] == ["animal"])
    #expect(label["alarm_level"] as? String == "level_0")
  }

  @Test("a cat that was a leaf: three keys, and the prediction is gone", arguments: Telling.all)
  func wrongPrediction(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling)
    seat.program.send("n0")
    try seat.commit()
    try seat.waitForClip(2)
    seat.program.send("k")
    try seat.waitForClip(1)
    try end(seat, "wrong-prediction", telling, pauses: true)
    let label = try #require(try vault.exportedLabels().first)
    #expect(label["what_moved"] as? [String] == ["nothing"])
    #expect(label["confirmed_predictions"] as? [String] == [])
  }

  @Test("a burglar: intrusion from here to there", arguments: Telling.all)
  func burglar(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling, pausedAtSecond: true)
    seat.program.send("pi3..m....m")
    try seat.waitFor("├")
    try end(seat, "burglar", telling, leaves: false)
    try seat.commit()
    try seat.waitForClip(3)
    #expect(try seat.leave())
    let label = try #require(try vault.exportedLabels().first)
    let segments = try #require(label["segments"] as? [[String: Any]])
    #expect(segments.first?["label"] as? String == "intrusion")
    #expect(segments.first?["start_frame"] as? Int == 2)
    #expect(segments.first?["end_frame"] as? Int == 6)
  }

  @Test("a sensitive clip is gone from everyone, and a calm one comes", arguments: Telling.all)
  func sensitive(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling, pausedAtSecond: true)
    seat.program.send("X2")
    try seat.program.waitForIdle(quietMilliseconds: 500)
    try end(seat, "sensitive", telling)
    let flagged = try vault.demand(["flagged", "list"]).output
    #expect(flagged.contains("r07"))
    #expect(try vault.exportedLabels().isEmpty)
  }

  @Test("a verdict committed by mistake is taken back by u, and put right", arguments: Telling.all)
  func mistakenCommit(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling)
    try seat.commit("y")
    try seat.waitForClip(2)
    seat.program.send("u")
    try seat.waitForClip(1)
    seat.program.send("1")
    try end(seat, "mistaken-commit", telling, pauses: true, leaves: false)
    try seat.commit()
    try seat.waitForClip(2)
    #expect(try seat.leave())
    let label = try #require(try vault.exportedLabels().first)
    #expect(label["alarm_level"] as? String == "level_1")
  }

  @Test("a correction three clips later", arguments: Telling.all)
  func lateCorrection(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling)
    for (clip, keys) in [(1, "a0"), (2, "p2"), (3, "p1")] {
      try seat.waitForClip(clip)
      seat.program.send(keys)
      try seat.commit()
    }
    for clip in [4, 3, 2, 1] {
      try seat.waitForClip(clip)
      if clip > 1 { seat.program.send("k") }
    }
    seat.program.send("v")
    try end(seat, "late-correction", telling, pauses: true, leaves: false)
    try seat.commit()
    try seat.wait { seat.position != 1 }
    #expect(try seat.leave())
    let labels = try vault.exportedLabels()
    #expect(labels.count == 3)
    #expect(
      labels.contains { Set($0["what_moved"] as? [String] ?? []) == ["animal", "vehicle"] })
  }

  @Test("a clip put off until later, and brought back", arguments: Telling.all)
  func deferred(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling)
    seat.program.send("z")
    try seat.program.waitForIdle(quietMilliseconds: 400)
    try end(seat, "defer-asks", telling, leaves: false)
    seat.program.send("1")
    try seat.waitForClip(2)
    seat.program.send("/")
    try seat.program.waitForIdle()
    seat.program.send("\t\t")
    try seat.waitFor("bench")
    try end(seat, "deferred", telling, leaves: false)
    seat.program.send("b")
    try seat.waitForClip(1)
    try seat.commit("y")
    try seat.waitForClip(2)
    #expect(try seat.leave())
    #expect(try vault.exportedLabels().count == 1)
  }

  @Test("a clip withdrawn while it is open", arguments: Telling.all)
  func withdrawn(_ telling: Telling) throws {
    let (vault, seat) = try begin(telling, pausedAtSecond: true)
    seat.program.send("p")
    try vault.demand(["consent", "withdraw", "--subject", TestConsent.subject])
    try seat.wait { seat.picture.colours.count <= 3 }
    try end(seat, "withdrawn-while-open", telling)
    #expect(try vault.exportedLabels().isEmpty)
  }

  @Test("a clip that cannot be read says so, and the next one comes", arguments: Telling.all)
  func unreadable(_ telling: Telling) throws {
    let vault = try TestVault.mixed()
    for clip in try vault.clips {
      // Damaged where it lies: no byte of it is right any more.
      let path = "\(vault.folder.path)/vault/clips/\(clip)"
      let count = try Data(contentsOf: URL(filePath: path)).count
      try Data(repeating: 0xA5, count: count).write(to: URL(filePath: path))
    }
    let seat = try telling.seat(vault)
    try seat.program.waitForIdle(quietMilliseconds: 1500)
    try end(seat, "unreadable", telling)
  }

  @Test("nothing is due: what waits elsewhere, and what to press", arguments: Telling.all)
  func nothingDue(_ telling: Telling) throws {
    let vault = try TestVault.mixed()
    let seat = try telling.seat(vault)
    for (clip, keys) in [(1, "a0"), (2, "p2"), (3, "p1"), (4, "n0")] {
      try seat.waitForClip(clip)
      seat.program.send(keys)
      try seat.commit()
    }
    try seat.program.waitForIdle(quietMilliseconds: 500)
    try end(seat, "nothing-due", telling)
    #expect(try vault.exportedLabels().count == 4)
  }

  /// Sits down at the first clip, or goes on to the second and pauses it at its start.
  private func begin(
    _ telling: Telling, pausedAtSecond: Bool = false
  ) throws -> (vault: TestVault, seat: Seat) {
    let vault = try TestVault.mixed()
    let seat = try telling.seat(vault)
    try seat.waitForClip(1)
    guard pausedAtSecond else { return (vault, seat) }
    seat.program.send("j")
    try seat.waitForClip(2)
    try seat.pauseAtStart()
    return (vault, seat)
  }

  /// The golden end of a story, after which the reviewer leaves.
  private func end(
    _ seat: Seat, _ name: String, _ telling: Telling, pauses: Bool = false, leaves: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    if pauses { try seat.pauseAtStart() }
    try seat.expectScreen(
      "story-\(name)-\(telling.suffix)", withPicture: false, sourceLocation: sourceLocation)
    if leaves { #expect(try seat.leave()) }
  }

  /// Who a story is told to.
  struct Telling: Sendable, CustomTestStringConvertible {
    let size: CellSize
    let language: Language
    let theme: String

    static let all = [
      Telling(size: CellSize(columns: 120, rows: 36), language: .english, theme: "dark"),
      Telling(size: CellSize(columns: 80, rows: 24), language: .german, theme: "light"),
    ]

    var suffix: String { "\(size.columns)x\(size.rows)-\(language.rawValue)" }
    var testDescription: String { suffix }

    func seat(_ vault: TestVault) throws -> Seat {
      try Seat(vault, size: size, options: ["--theme", theme], language: language)
    }
  }
}
