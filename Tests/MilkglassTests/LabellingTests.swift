// SPDX-License-Identifier: Apache-2.0
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Labels, from the key to the store, through the running program.
@Suite("Labelling at a terminal")
struct LabellingTests {
  @Test("what is set and committed is what the store holds, segments too")
  func commit() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("pt3m.....m")
    try seat.waitFor("├")
    #expect(try vault.exportedLabels().isEmpty)
    try seat.commit()
    try seat.waitForClip(2)
    #expect(try seat.leave())
    #expect(seat.screen.text.contains("1 clip labelled"))

    let labels = try vault.exportedLabels()
    let line = try #require(labels.first)
    #expect(labels.count == 1)
    #expect(line["what_moved"] as? [String] == ["person"])
    #expect(line["what_happened"] as? [String] == ["transit"])
    #expect(line["alarm_level"] as? String == "level_3")
    #expect(line["confirmed_predictions"] as? [String] == [])
    #expect(line["reviewer"] as? String == "r07")
    #expect(line["camera"] as? String == "bench")
    #expect(line["fps"] as? Double == 10)
    #expect(line["frames"] as? Int == 20)
    #expect(line["duration_seconds"] as? Double == 2)
    let segments = try #require(line["segments"] as? [[String: Any]])
    #expect(segments.count == 1)
    #expect(segments.first?["label"] as? String == "transit")
    #expect(segments.first?["start_frame"] as? Int == 0)
    #expect(segments.first?["end_frame"] as? Int == 5)
    #expect(segments.first?["start_seconds"] as? Double == 0)
    #expect(segments.first?["end_seconds"] as? Double == 0.5)
  }

  @Test("y confirms the predictions, and refuses where a question would stay open")
  func confirm() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.commit("y")
    try seat.waitForClip(2)
    try seat.commit("y")
    try seat.waitForClip(3)
    try seat.pauseAtStart()
    seat.program.send("y")
    try seat.wait {
      if seat.screen.text.contains("only just come") { seat.program.send(",y") }
      return seat.screen.text.contains("alarm level is missing")
    }
    #expect(seat.position == 3)
    #expect(try seat.leave())
    let labels = try vault.exportedLabels()
    #expect(labels.count == 2)
    #expect(labels.first?["what_moved"] as? [String] == ["animal"])
    #expect(
      labels.first?["confirmed_predictions"] as? [String] == ["animal", "level_0", "transit"])
    #expect(labels.last?["alarm_level"] as? String == "level_2")
  }

  @Test("u with nothing to undo reopens the last committed clip, its labels set")
  func undoAcrossClips() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("v4")
    try seat.commit()
    try seat.waitForClip(2)
    seat.program.send("u")
    try seat.waitForClip(1)
    try seat.waitFor("Reopened")
    try seat.waitFor("● v vehicle")
    try seat.waitFor("● 4 threat to life")
    // Corrected and committed again: the second verdict stands, in this session and the next.
    seat.program.send("0")
    try seat.waitFor("● 0 no call")
    try seat.commit()
    #expect(try seat.leave())
    let labels = try vault.exportedLabels()
    #expect(labels.count == 1)
    #expect(labels.first?["alarm_level"] as? String == "level_0")

    let next = try Seat(vault)
    try next.waitForClip(2)
    next.program.send("u")
    try next.waitForClip(1)
    try next.waitFor("● 0 no call")
    #expect(try next.leave())
  }

  @Test("a draft survives kill -9, and the next session stands where this one stood")
  func draftSurvivesKill() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    seat.program.send("j")
    try seat.waitForClip(2)
    try seat.pauseAtStart()
    let before = seat.program.output.count
    seat.program.send("ao")
    // Both marks solid: from here on no death may lose them.
    try seat.wait {
      ShownMarks.areDim(seat.program.output[before...]).count { !$0 } == 2
    }
    seat.program.signal(SIGKILL)
    #expect(try seat.program.waitForExit() == .signalled(SIGKILL))

    let next = try Seat(vault)
    try next.waitForClip(2)
    try next.waitFor("● a animal")
    try next.waitFor("● o loitering")
    next.program.send("1")
    try next.commit()
    #expect(try next.leave())
    let labels = try vault.exportedLabels()
    #expect(labels.count == 1)
    #expect(labels.first?["what_happened"] as? [String] == ["loitering"])
  }

  @Test("a label is dim until it is on disk, and solid then")
  func dimThenSolid() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.program.waitForIdle()
    let before = seat.program.output.count
    func marks() -> [Bool] { ShownMarks.areDim(seat.program.output[before...]) }
    do {
      let hold = try StoreHold(vault)
      seat.program.send("v")
      try seat.waitFor("● v vehicle")
      // A key that the screen answers shows that nothing came in between.
      seat.program.send(".")
      try seat.waitFor("║ 0:00.1")
      #expect(marks() == [true])
      _ = consume hold
    }
    try seat.wait { marks() == [true, false] }
    #expect(try seat.leave())
  }

  @Test("two sessions on one vault never have the same clip, and both labels are kept")
  func twoSessions() throws {
    let vault = try TestVault.mixed()
    let first = try Seat(vault)
    try first.waitForClip(1)
    let second = try Seat(vault, reviewer: "r08")
    try second.wait { second.position != nil }
    let others = try #require(second.position)
    #expect(others != 1)
    second.program.send("p1")
    try second.commit()
    first.program.send("v2")
    try first.commit()
    #expect(first.position != second.position)
    #expect(try first.leave())
    #expect(try second.leave())
    let labels = try vault.exportedLabels()
    #expect(labels.count == 2)
    #expect(Set(labels.compactMap { $0["reviewer"] as? String }) == ["r07", "r08"])
  }
}
