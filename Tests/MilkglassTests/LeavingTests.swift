// SPDX-License-Identifier: Apache-2.0
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Every way out gives the terminal back.
@Suite("Leaving")
struct LeavingTests {
  @Test("q shows the summary, q again leaves, and says what was done")
  func quit() throws {
    let seat = try Seat(try .mixed())
    try seat.waitForClip(1)
    #expect(!seat.program.isTerminalRestored && !seat.isShellBack)
    seat.program.send("q")
    try seat.waitFor("This session")
    seat.program.send("x")
    try seat.waitForClip(1)
    #expect(try seat.leave())
    #expect(seat.isShellBack)
    #expect(seat.screen.text.contains("0 clips labelled in"))
    #expect(seat.screen.text.contains("In the vault: 4 due, 0 done"))
  }

  @Test(
    "a death by signal restores the terminal, and labels that were solid are kept",
    arguments: [SIGTERM, SIGHUP, SIGSEGV])
  func signals(number: Int32) throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.commit("y")
    try seat.waitForClip(2)
    try seat.waitFor(" 1 / 150")
    #expect(!seat.program.isTerminalRestored)
    seat.program.signal(number)
    #expect(try seat.program.waitForExit() == .signalled(number))
    #expect(seat.program.isTerminalRestored)
    #expect(seat.isShellBack)
    #expect(try vault.exportedLabels().count == 1)
    #expect(ProcessTree.waitUntilGone(group: seat.program.processID))
  }

  @Test("a label that does not reach the disk before the end is told, with an error's exit code")
  func lostAtTheEnd() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    let hold = try StoreHold(vault)
    seat.program.send("v")
    try seat.waitFor("● v vehicle")
    seat.program.send("q")
    try seat.waitFor("This session")
    seat.program.send("q")
    #expect(try seat.program.waitForExit() == .exited(74))
    #expect(seat.screen.text.contains("not stored"))
    #expect(seat.isShellBack)
    _ = consume hold
  }

  @Test("^Z gives the shell its terminal, fg brings the whole screen back")
  func suspend() throws {
    let vault = try TestVault.mixed()
    let review = "\(BuiltProgram.path("milkglass")) review vault --reviewer r07 --seat seat-3"
    let script = """
      set -m; cd \(vault.folder.path); \(review); echo "stopped with $?"; stty -a; \
      echo "go on?"; read answer; fg; echo "left with $?"
      """
    let size = CellSize(columns: 120, rows: 36)
    let program = try PtyProgram(
      ["/bin/bash", "--norc", "-c", script],
      environment: ProgramRun.environment(vault.folder.path), size: size)
    let pane = Seat.pane(size)
    func hasPicture(_ screen: TerminalModel) -> Bool {
      let picture = Picture(screen, pane)
      return picture.isWhole && picture.hasHue
    }
    try program.waitUntil { hasPicture($0) && $0.text.contains("clip 1 of 4") }
    program.send("\u{1A}")
    try program.waitFor("go on?")
    #expect(program.screen.text.contains("stopped with 148"))
    #expect(program.screen.text.contains(" icanon") && program.screen.text.contains(" echo "))
    #expect(!hasPicture(program.screen))
    program.send("\n")
    try program.waitUntil { hasPicture($0) && $0.text.contains("clip 1 of 4") }
    program.send("q")
    try program.waitFor("This session")
    program.send("q")
    try program.waitFor("left with 0")
    #expect(try program.waitForExit() == .exited(0))
  }
}
