// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Notes, copied labels, moved edges, history and messages, through the running program.
@Suite("Notes, history and messages at a terminal")
struct NoteScreenTests {
  static let sizes = [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)]

  @Test("their screens", arguments: sizes)
  func screens(size: CellSize) throws {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "notes=true"])
    let seat = try Seat(vault, size: size)
    let suffix = "\(size.columns)x\(size.rows)"
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("=")
    try seat.waitFor("No clip before this one")
    seat.program.send("po;Kind am Tor – zwei Personen…")
    try seat.expectScreen("note-\(suffix)")
    seat.program.send("\r")
    try seat.waitFor("Note kept")
    // Two segments that overlap, and the second one's end moved.
    seat.program.send("m..........ma.")
    try seat.waitFor("├")
    seat.program.send(",,,,,m......m")
    seat.program.send("\t\t\t\t,")
    try seat.waitFor("move end of loitering")
    try seat.expectScreen("segment-edge-\(suffix)")
    seat.program.send("\ru")
    try seat.waitFor("Taken back")
    seat.program.send("H")
    try seat.waitFor("History of clip")
    try seat.expectScreen("history-\(suffix)", withPicture: false)
    seat.program.send("HM")
    try seat.waitFor("Messages of this session")
    try seat.expectScreen("messages-\(suffix)", withPicture: false)
    seat.program.send("M")
    #expect(try seat.leave())
  }

  @Test("a note is in the export where the policy allows notes, and nowhere else")
  func export() throws {
    let vault = try TestVault.mixed()
    let refused = try Seat(vault)
    try refused.waitForClip(1)
    try refused.pauseAtStart()
    refused.program.send(";")
    try refused.waitFor("The policy allows no notes here")
    #expect(try refused.leave())

    try vault.demand(["policy", "edit", "notes=true"])
    let seat = try Seat(vault)
    // It stands where the session before left it.
    try seat.waitFor("║ 0:00.0 /")
    try seat.waitForClip(1)
    seat.program.send("p1;x\u{15}Grüße \"vom\" Tor wrong\u{17}\u{1B}[D\r")
    try seat.waitFor("Note kept")
    try seat.commit()
    try seat.waitForClip(2)
    // The labels of the clip before, in one key; its note stays there.
    try seat.pauseAtStart()
    seat.program.send("=")
    try seat.waitFor("Copied person, 1 from clip")
    try seat.commit()
    #expect(try seat.leave())
    let labels = try vault.exportedLabels()
    #expect(labels.count == 2)
    #expect(labels.first?["note"] as? String == "Grüße \"vom\" Tor")
    #expect(labels.last?["what_moved"] as? [String] == ["person"])
    #expect(labels.last?["alarm_level"] as? String == "level_1")
    #expect(labels.last?.keys.contains("note") == true && labels.last?["note"] as? String == nil)

    try vault.demand(["policy", "edit", "notes=false"])
    #expect(try vault.exportedLabels().allSatisfy { !$0.keys.contains("note") })
    let log = try vault.run(["audit", "show"], as: "olga")
    #expect(!log.output.contains("Tor"))
  }
}
