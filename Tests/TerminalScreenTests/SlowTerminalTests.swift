// SPDX-License-Identifier: Apache-2.0
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The probe program in terminals that read slowly, late or not at all, or answer so.
///
/// Nothing is timed: keys get through in an order, or while nobody reads; and nothing is left for the
/// shell to read.
@Suite("Slow and silent terminals")
struct SlowTerminalTests {
  /// More than any terminal's buffer; it takes 18 s at 10 kB/s.
  private static let largePicture = 150_000

  /// Where the terminal is not the session's own, it cannot be opened again.
  private func start(
    _ personality: TerminalPersonality = .plain, isOwn: Bool = true, budget: Int? = nil
  ) throws -> PtyProgram {
    var environment = ["TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"]
    environment["MAX_RATE"] = budget.map(String.init)
    return try PtyProgram(
      (isOwn ? [] : ["/usr/bin/setsid", "-w"]) + [BuiltProgram.path("ScreenProbe")],
      environment: environment,
      cellPixels: PixelSize(width: 9, height: 19), personality: personality)
  }

  private func leave(_ program: PtyProgram) throws {
    program.send("q")
    #expect(try program.waitForExit() == .exited(0))
    expectShell(program)
  }

  /// The shell has its terminal: nothing of the screen, nothing to read.
  private func expectShell(_ program: PtyProgram) {
    #expect(program.takeLeftovers().isEmpty)
    #expect(program.isTerminalRestored)
    #expect(!program.screen.text.contains("#") && !program.screen.text.contains("@"))
    #expect(String(decoding: program.output.suffix(400), as: UTF8.self).contains("\u{1B}[?1049l"))
  }

  /// Whether a picture was cut.
  private func hasCut(_ program: PtyProgram) -> Bool { program.output.contains(0x18) }

  /// The keys that the probe says it got, which are none made of answers.
  private func expectKeys(_ program: PtyProgram, _ typed: Set<String>) {
    let words = Set(program.screen.rowText(2).split(separator: " ").map(String.init))
    #expect(words.isSubset(of: typed.union(["unknown", "escape"])), "\(words)")
  }

  @Test("one that never answers gets its pictures, and is left at once")
  func mute() throws {
    let program = try start(.mute)
    program.send("P")
    try program.waitFor("pictures 20 mute")
    program.send("x")
    try program.waitFor("character(x)")
    try leave(program)
    #expect(program.screen.text.contains("left in order"))
    // What comes now would be the shell's.
    program.send("z")
    #expect(program.takeLeftovers() == [0x7A])
  }

  @Test(
    "late answers, whole or torn, are no keys, and none is left for the shell",
    arguments: [TerminalPersonality.foot, .kitty], [0, 40])
  func late(_ personality: TerminalPersonality, tear: Int) throws {
    let program = try start(personality.late(milliseconds: 250).torn(milliseconds: tear))
    try program.waitFor("end")
    program.send("x")
    try program.waitFor("character(x)")
    try program.waitUntil { _ in !program.isAnswering }
    expectKeys(program, ["character(x)"])
    try leave(program)
  }

  @Test("late answers that come in pieces are no part of a passphrase")
  func secret() throws {
    let program = try start(TerminalPersonality.foot.late(milliseconds: 250).torn(milliseconds: 40))
    try program.waitFor("end")
    program.send("k")
    try program.waitUntil { _ in !program.isAnswering }
    program.send("ab\r")
    try program.waitFor("typed=2")
    try leave(program)
  }

  @Test("at 10 kB a second a key shows before a picture that would take 18 s, and cuts it")
  func slow() throws {
    let program = try start()
    program.bytesPerSecond = 10_000
    try program.waitFor("end")
    program.send("L")
    try program.waitFor("character(L)")
    let before = program.output.count
    program.send("x")
    try program.waitFor("character(x)")
    #expect(program.output.count - before < Self.largePicture / 2)
    #expect(hasCut(program))
    // What is drawn next is whole.
    try program.waitFor("####################")
    program.send("P")
    try program.waitFor("pictures 20 answering")
    try leave(program)
  }

  @Test(
    "one that does not read for two seconds gets the newest of all, and keys are read meanwhile",
    arguments: [true, false])
  func stopped(isOwn: Bool) throws {
    let program = try start(isOwn: isOwn)
    try program.waitFor("end")
    program.isReading = false
    program.send("L")
    try program.waitUntilInputIsRead()
    for key in ["u", "v", "w", "x"] {
      program.send(key)
      try program.waitUntilInputIsRead()
      program.pass(milliseconds: 500)
    }
    program.isReading = true
    try program.waitFor("character(x)")
    #expect(program.screen.rowText(2).hasSuffix("character(v) character(w) wiped character(x)"))
    program.send("y")
    try program.waitFor("character(y)")
    try leave(program)
  }

  @Test(
    "one that does not read is left all the same, and finds itself in order when it does",
    arguments: [true, false])
  func leftUnread(isOwn: Bool) throws {
    let program = try start(isOwn: isOwn)
    try program.waitFor("end")
    program.isReading = false
    program.send("Lq")
    #expect(try program.waitForExit() == .exited(0))
    program.isReading = true
    try program.waitForIdle()
    program.screen.settle()
    expectShell(program)
    #expect(program.screen.text.contains("left in order"))
  }

  @Test("a death while it does not read gives the terminal back too")
  func killedUnread() throws {
    let program = try start()
    try program.waitFor("end")
    program.isReading = false
    program.send("L")
    try program.waitUntilInputIsRead()
    program.pass(milliseconds: 200)
    program.signal(SIGTERM)
    #expect(try program.waitForExit() == .signalled(SIGTERM))
    program.isReading = true
    try program.waitForIdle()
    program.screen.settle()
    expectShell(program)
  }

  @Test("a spent budget holds pictures back, and no key")
  func budget() throws {
    let program = try start(budget: 1)
    try program.waitFor("end")
    program.send("P")
    for key in ["x", "y", "z"] {
      program.send(key)
      try program.waitFor("character(\(key))")
    }
    #expect(program.screen.text.contains("pictures 0 answering eighth"))
    try leave(program)
    let ample = try start(budget: 1_000_000)
    try ample.waitFor("end")
    ample.send("P")
    try ample.waitFor("pictures 20 answering full")
    try leave(ample)
  }

  @Test("a picture given up half way is over, and the next is whole")
  func dropped() throws {
    let program = try start()
    try program.waitFor("end")
    program.isReading = false
    program.send("L")
    try program.waitUntilInputIsRead()
    program.send("d")
    try program.waitUntilInputIsRead()
    program.isReading = true
    try program.waitUntil {
      $0.text.contains("dropped") && $0.rowText(5).hasSuffix(String(repeating: "#", count: 20))
    }
    #expect(hasCut(program))
    try leave(program)
  }
}
