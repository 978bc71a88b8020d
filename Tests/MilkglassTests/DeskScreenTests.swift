// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// The lead's and the auditor's screens of the running program.
@Suite("Desk", .serialized)
struct DeskScreenTests {
  static let sizes = [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)]

  /// A vault in which r07 and r08 saw different things in clip 1, and r08 flagged clip 2.
  private static func disputed() throws -> TestVault { try TestVault(copying: original.get()) }

  private static let original = Result { () throws -> TestFolder in
    let vault = try TestVault.mixed()
    TestVault.keep(vault.folder)
    let first = try Seat(vault)
    try first.waitForClip(1)
    first.program.send("pvt2")
    try first.commit("*")
    // What was seen is counted: the next clip's picture has to come.
    try first.waitForClip(2)
    try first.wait { first.picture.colours.count > 3 }
    #expect(try first.leave())
    let second = try Seat(vault, reviewer: "r08")
    try second.waitForClip(1)
    second.program.send("a0")
    try second.commit()
    try second.waitForClip(2)
    second.program.send("X")
    try second.waitFor("Withdrawn")
    second.program.send("1")
    try second.waitForClip(3)
    try second.wait { second.picture.colours.count > 3 }
    #expect(try second.leave())
    return vault.folder
  }

  @Test("a lead sees both verdicts, decides with one key and takes it back", arguments: sizes)
  func disputes(size: CellSize) throws {
    let vault = try Self.disputed()
    let suffix = "\(size.columns)x\(size.rows)"
    let desk = try DeskSeat(vault, as: "ada", size: size)
    try desk.waitFor("a lead decides on words")
    try desk.expectScreen("desk-disputed-\(suffix)")
    desk.press("2")
    try desk.waitFor("the second verdict stands")
    try desk.expectScreen("desk-decided-\(suffix)")
    desk.press("u")
    try desk.waitFor("is disputed again")
    desk.press("1")
    try desk.waitFor("the first verdict stands")
    desk.press("?")
    try desk.expectScreen("desk-help-\(suffix)")
    desk.press("j")
    #expect(try desk.leave())
    let line = try #require(try vault.exportedLabels().first)
    #expect("\(line)".contains("vehicle") && "\(line)".contains("ada"), "\(line)")
    let log = try vault.demand(["audit", "show", "--all"], as: "olga").output
    #expect(log.matches(of: /ada  adjudicate  clip/).count == 2)
    #expect(log.matches(of: /ada  undo  clip/).count == 1)
    #expect(try vault.run(["audit", "verify"]).code == 0)
  }

  @Test("a lead gives a flagged clip back, or erases it now", arguments: sizes)
  func flags(size: CellSize) throws {
    let vault = try Self.disputed()
    let suffix = "\(size.columns)x\(size.rows)"
    let before = try vault.clips
    let desk = try DeskSeat(vault, as: "ada", size: size)
    try desk.waitFor("a lead decides on words")
    desk.press("\t")
    try desk.waitFor("nudity")
    try desk.expectScreen("desk-flagged-\(suffix)")
    desk.press("e")
    try desk.waitFor("for good?")
    desk.press("n")
    try desk.wait { !desk.text.contains("for good?") }
    #expect(try vault.clips == before)
    if size.columns == 80 {
      desk.press("r")
      try desk.waitFor("is due again, at strict")
      #expect(try vault.clips == before)
    } else {
      desk.press("ey")
      try desk.waitFor("is erased")
      #expect(try vault.clips.count == before.count - 1)
    }
    desk.press("\t")
    try desk.waitFor("Counts, not worth")
    try desk.wait { desk.text.contains("1 of 1") }
    try desk.expectScreen("desk-team-\(suffix)")
    if size.columns == 120 {
      desk.press("\t")
      try desk.waitFor("milkglass receipt")
      try desk.expectScreen("desk-receipts-\(suffix)")
    }
    #expect(try desk.leave())
  }

  @Test("an auditor leafs through the log, filters, jumps and verifies", arguments: sizes)
  func log(size: CellSize) throws {
    let vault = TestVault(in: try TestVault.empty())
    let suffix = "\(size.columns)x\(size.rows)"
    let desk = try DeskSeat(vault, as: "olga", size: size)
    try desk.waitFor("person changed")
    desk.press("v")
    try desk.waitFor("are whole and in order")
    try desk.expectScreen("desk-log-\(suffix)")
    desk.press("/policy_signed\r")
    try desk.waitFor("only policy_signed")
    try desk.wait { !desk.text.contains("person changed") }
    desk.press("/\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\r")
    try desk.waitFor("person changed")
    desk.press(":1\r")
    try desk.waitFor("event 1 ·")
    desk.press("\t")
    try desk.waitFor("Nothing was erased yet.")
    #expect(try desk.leave())
  }

  @Test("the desk speaks German")
  func german() throws {
    let desk = try DeskSeat(
      try Self.disputed(), as: "ada", size: Self.sizes[0], options: ["--language", "de"])
    try desk.waitFor("Kein Bild hier")
    try desk.expectScreen("desk-german-80x24")
    #expect(try desk.leave())
  }

  @Test("leads see no log, auditors no label, reviewers nothing")
  func rights() throws {
    let vault = try Self.disputed()
    let auditor = try DeskSeat(vault, as: "olga")
    try auditor.waitFor("events 1 to")
    #expect(!auditor.text.contains("disputed") && !auditor.text.contains("team"))
    auditor.press("\t\t1r")
    try auditor.program.waitForIdle()
    for id in try vault.clips { #expect(!auditor.text.contains(id.prefix(8))) }
    #expect(try auditor.leave())
    let lead = try DeskSeat(vault, as: "ada")
    try lead.waitFor("a lead decides on words")
    lead.press("\t\t\t\t\t")
    try lead.program.waitForIdle()
    #expect(!lead.text.contains("events 1 to"))
    #expect(try lead.leave())
    let reviewer = try DeskSeat(vault, as: "r07")
    #expect(try reviewer.program.waitForExit() == .exited(77))
    #expect(reviewer.text.contains("may not run `milkglass desk`"))
  }

  @Test("on a slow line keys are not waited for")
  func slow() throws {
    let desk = try DeskSeat(try Self.disputed(), as: "ada")
    desk.program.bytesPerSecond = 1200
    try desk.waitFor("a lead decides on words")
    desk.press("\t\t\t")
    try desk.waitFor("Nothing was erased yet.")
    desk.program.bytesPerSecond = nil
    #expect(try desk.leave())
  }

  @Test("the desk follows the window, and says where it is too small")
  func resized() throws {
    let desk = try DeskSeat(try Self.disputed(), as: "ada")
    try desk.waitFor("a lead decides on words")
    for size in [
      CellSize(columns: 60, rows: 20), CellSize(columns: 200, rows: 60),
      CellSize(columns: 80, rows: 24),
    ] {
      desk.program.resize(size)
      try desk.wait {
        desk.program.screen.rowText(size.rows - 1).contains("decide")
          && desk.text.contains("Alarm level")
      }
    }
    desk.program.resize(CellSize(columns: 40, rows: 10))
    try desk.waitFor("needs 60 × 20 cells")
    #expect(try desk.leave())
  }
}
