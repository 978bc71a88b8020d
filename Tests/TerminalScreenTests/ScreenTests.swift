// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The probe program in a terminal of its own.
@Suite("The screen in a terminal")
struct ScreenTests {
  private func start(
    _ extra: [String: String] = [:], size: CellSize = CellSize(columns: 80, rows: 24)
  ) throws -> PtyProgram {
    var environment = ["TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"]
    environment.merge(extra) { $1 }
    return try PtyProgram(
      [BuiltProgram.path("ScreenProbe")], environment: environment, size: size,
      cellPixels: PixelSize(width: 9, height: 19))
  }

  private func isPictureWhole(_ screen: TerminalModel) -> Bool {
    (4..<10).allSatisfy { row in
      (45..<65).allSatisfy { screen.cell(column: $0, row: row).glyph == "#" }
    }
  }

  private func contains(_ program: PtyProgram, _ text: String) -> Bool {
    String(decoding: program.output, as: UTF8.self).contains(text)
  }

  private func count(_ program: PtyProgram, _ text: String) -> Int {
    String(decoding: program.output, as: UTF8.self).split(
      separator: text, omittingEmptySubsequences: false
    ).count - 1
  }

  @Test("opens, says what it found, leaves the terminal as it was")
  func inAndOut() throws {
    let program = try start()
    try program.waitFor("end")
    #expect(program.screen.rowText(0) == "probe 80x24 9:19 trueColour")
    #expect(contains(program, "\u{1B}[?1049h"))
    #expect(!program.isTerminalRestored)
    program.send("q")
    #expect(try program.waitForExit() == .exited(0))
    #expect(contains(program, "\u{1B}[?1049l"))
    #expect(program.isTerminalRestored)
    #expect(program.screen.text.contains("left in order"))
  }

  @Test("a role's colours are those of the theme")
  func colours() throws {
    let program = try start()
    try program.waitFor("end")
    #expect(program.screen.cell(column: 0, row: 12).background == RGB(255, 215, 0))
    #expect(program.screen.cell(column: 0, row: 12).foreground == RGB(0, 0, 0))
    let plain = try start(["NO_COLOR": "1"])
    try plain.waitFor("end")
    #expect(plain.screen.cell(column: 0, row: 12).background == nil)
    #expect(plain.screen.cell(column: 0, row: 12).isReverse)
    #expect(plain.screen.rowText(0).hasSuffix("none"))
    plain.send("q")
    _ = try plain.waitForExit()
    #expect(!contains(plain, "\u{1B}[38"))
  }

  @Test("the frame around the picture never wipes it")
  func sentinel() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    program.send("b")
    try program.waitUntil { $0.rowText(5).hasPrefix("short  ") }
    #expect(isPictureWhole(program.screen))
    #expect(program.screen.text.contains("pictures 1"))
  }

  @Test("a resize lays everything out anew, the picture too")
  func resize() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    program.resize(CellSize(columns: 100, rows: 30), cellPixels: PixelSize(width: 8, height: 16))
    try program.waitUntil { $0.rowText(0) == "probe 100x30 8:16 trueColour" && isPictureWhole($0) }
    #expect(program.screen.rowText(2).contains("resized"))
  }

  @Test("frames are paced by the terminal's answers; a mute one gets them all the same")
  func pacing() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("P")
    try program.waitFor("pictures 20 answering")
    // The first update asks as well, which tells how fast the line is.
    #expect(count(program, "\u{1B}[5n") == 21)
    let mute = try start()
    mute.answersStatus = false
    try mute.waitFor("end")
    mute.send("P")
    try mute.waitFor("pictures 20 mute")
  }

  @Test("keys come through the terminal, with none made of sequences")
  func keys() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("\u{1B}[A\u{1B}[59~x\u{1B}")
    try program.waitFor("up unknown character(x) escape")
  }

  @Test(
    "a death by signal gives the terminal back and is seen by the parent",
    arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT])
  func signals(number: Int32) throws {
    let program = try start()
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    program.signal(number)
    #expect(try program.waitForExit() == .signalled(number))
    #expect(program.isTerminalRestored)
    #expect(
      contains(program, "\u{1B}[2J\u{1B}[?1l\u{1B}>\u{1B}[?25h\u{1B}[?1049l\u{1B}[3J"))
    #expect(!isPictureWhole(program.screen))
  }

  @Test("a fault and a Swift trap do as well, and what was said last is shown")
  func crashes() throws {
    let fault = try start()
    try fault.waitFor("end")
    fault.send("e")
    try fault.waitFor("character(e)")
    #expect(!fault.screen.text.contains("said on standard error"))
    fault.send("s")
    #expect(try fault.waitForExit() == .signalled(SIGSEGV))
    #expect(fault.isTerminalRestored)
    #expect(fault.screen.text.contains("said on standard error"))
    let trap = try start()
    try trap.waitFor("end")
    trap.send("t")
    let status = try trap.waitForExit()
    #expect([.signalled(SIGILL), .signalled(SIGTRAP)].contains(status))
    #expect(trap.isTerminalRestored)
    #expect(trap.screen.text.contains("Fatal error"))
  }

  @Test("^Z gives the terminal back to the shell, going on paints everything again")
  func suspend() throws {
    let script = "set -m; \"$0\"; echo stopped here; stty -a; read x; fg; echo over"
    let program = try PtyProgram(
      ["/bin/sh", "-c", script, BuiltProgram.path("ScreenProbe")],
      environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"])
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    // ^Z drops what the terminal has not read yet; half a sequence would garble the next words.
    try program.waitForIdle()
    program.send("\u{1A}")
    try program.waitFor("stopped here")
    try program.waitForIdle()
    #expect(program.isTerminalRestored)
    #expect(contains(program, " icanon "))
    #expect(!contains(program, "-icanon"))
    #expect(!program.screen.text.contains("^["))
    program.send("\r")
    try program.waitUntil { isPictureWhole($0) && $0.rowText(12) == "end" }
    #expect(count(program, "\u{1B}[?1049h") == 2)
    program.send("q")
    try program.waitFor("over")
  }

  @Test("going on after a stop that nobody could catch paints everything again")
  func continued() throws {
    let program = try start()
    try program.waitFor("end")
    program.signal(SIGSTOP)
    #expect(try program.waitForStop() == SIGSTOP)
    let before = program.output.count
    program.signal(SIGCONT)
    try program.waitUntil { _ in
      String(decoding: program.output[before...], as: UTF8.self).contains("end")
    }
  }

  @Test("^L paints everything again, whatever else was written on the terminal")
  func redrawn() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    try program.waitForIdle()
    let before = program.output.count
    program.send("\u{C}")
    try program.waitUntil { _ in
      let sent = String(decoding: program.output[before...], as: UTF8.self)
      return sent.contains("\u{1B}[2J") && sent.contains("end")
    }
    try program.waitUntil { isPictureWhole($0) && $0.rowText(12) == "end" }
  }

  @Test("no terminal, or none that will do, is one sentence")
  func refusals() throws {
    let unknown = try start(["TERM": "no-such-terminal"])
    #expect(try unknown.waitForExit() == .exited(69))
    #expect(unknown.screen.text.contains("unknown here; try TERM=xterm-256color"))
    let dumb = try start(["TERM": "dumb"])
    #expect(try dumb.waitForExit() == .exited(69))
    #expect(dumb.screen.text.contains("cannot place its cursor"))
    #expect(!contains(dumb, "\u{1B}"))
    #expect(dumb.isTerminalRestored)
  }

  @Test(
    "every terminal of the grammar is driven within it, and leaves no picture",
    arguments: [
      "xterm", "xterm-256color", "xterm-mono", "tmux-256color", "screen-256color", "linux", "vt100",
      "vt220", "rxvt-unicode-256color", "Eterm", "ansi", "wsvt25",
    ])
  func terminals(name: String) throws {
    let program = try start(["TERM": name])
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    program.send("w")
    try program.waitUntil { isPictureWhole($0) && $0.text.contains("wiped") }
    let erases = ![
      "xterm-mono", "vt100", "vt220", "rxvt-unicode-256color", "Eterm", "ansi", "wsvt25",
    ]
    .contains(name)
    #expect(count(program, "\u{1B}[3J") == (erases ? 1 : 0))
    program.send("q")
    #expect(try program.waitForExit() == .exited(0))
    #expect(count(program, "\u{1B}[3J") == (erases ? 2 : 0))
    #expect(!program.screen.text.contains("#"))
    #expect(program.screen.text.contains("left in order") && program.isTerminalRestored)
  }

  @Test(
    "a terminal that wants other sequences is refused before anything is sent",
    arguments: ["hurd", "sun", "vt52", "mach"])
  func strange(name: String) throws {
    let program = try start(["TERM": name])
    #expect(try program.waitForExit() == .exited(69))
    #expect(program.screen.text.contains("needs control sequences that are never sent here"))
    #expect(!contains(program, "\u{1B}") && program.isTerminalRestored)
  }

  @Test("wiping overwrites everything at once, before anything is painted anew")
  func wipe() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    let before = program.output.count
    program.send("w")
    try program.waitUntil { isPictureWhole($0) && $0.text.contains("wiped") }
    let text = String(decoding: program.output[before...], as: UTF8.self)
    let wiped = try #require(
      text.range(of: "\u{1B}7\u{1B}[0m\u{1B}[H\u{1B}[J\u{1B}[2J\u{1B}8\u{1B}[3J"))
    // The whole screen is painted after it, and not before.
    #expect(text[wiped.upperBound...].contains("wiped"))
    #expect(!text[..<wiped.lowerBound].contains("#"))
  }

  @Test(
    "what is outside the grammar does not reach the terminal and ends the session in a sentence")
  func outside() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("o")
    #expect(try program.waitForExit() == .exited(69))
    #expect(!contains(program, "secret"))
    #expect(program.screen.text.contains("This is a fault in Milkglass"))
    #expect(program.isTerminalRestored)
  }

  @Test("what drew a frame comes in one update, so that no half of it is ever seen")
  func oneUpdate() throws {
    let program = try start()
    try program.waitFor("end")
    program.send("p")
    try program.waitUntil { isPictureWhole($0) }
    program.resize(CellSize(columns: 90, rows: 28))
    try program.waitUntil { $0.rowText(0).hasPrefix("probe 90x28") && isPictureWhole($0) }
    // Chrome and picture of the new size lie in the same update.
    let text = String(decoding: program.output, as: UTF8.self)
    let updates = text.split(separator: "\u{1B}[?2026h")
    #expect(updates.contains { $0.contains("90x28") && $0.contains("#####") })
    #expect(count(program, "\u{1B}[?2026h") == count(program, "\u{1B}[?2026l"))
  }
}
