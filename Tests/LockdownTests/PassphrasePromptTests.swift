// SPDX-License-Identifier: Apache-2.0

import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

@testable import Lockdown

/// The probe program asking in a terminal of its own.
@Suite struct PassphrasePromptTests {
  private func start(_ arguments: String...) throws -> PtyProgram {
    try PtyProgram(
      [BuiltProgram.path("ScreenProbe")] + arguments,
      environment: [
        "TERM": "xterm-256color", "LANG": "C.UTF-8",
        // Swift's own handlers of SIGQUIT would ask questions before the end.
        "SWIFT_BACKTRACE": "enable=no",
      ],
      size: CellSize(columns: 120, rows: 24))
  }

  private func shell(_ script: String) throws -> PtyProgram {
    try PtyProgram(
      ["/bin/sh", "-c", script, BuiltProgram.path("ScreenProbe")],
      environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
      size: CellSize(columns: 160, rows: 24))
  }

  private func hex(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func output(_ program: PtyProgram) -> String {
    String(decoding: program.output, as: UTF8.self)
  }

  @Test func whatIsTypedIsReadAndNeverShown() throws {
    let program = try start("once")
    try program.waitFor("Passphrase of r07:")
    #expect(!program.isTerminalRestored)
    program.send("quiet glass\r")
    try program.waitFor("got \(hex("quiet glass")).")
    #expect(try program.waitForExit() == .exited(0))
    #expect(!output(program).contains("quiet"))
    #expect(program.isTerminalRestored)
    #expect(program.screen.rowText(1).hasPrefix("got "))
  }

  @Test func aTerminalThatEchoesShowsIt() throws {
    // The positive control: the same keys, read by the shell.
    let program = try shell("printf 'Passphrase: '; read x; echo got")
    try program.waitFor("Passphrase:")
    program.send("quiet glass\r")
    _ = try program.waitForExit()
    #expect(output(program).contains("quiet glass"))
  }

  @Test(arguments: [
    ("wrong\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}right", "right"), ("all wrong\u{15}right", "right"),
    ("f\u{FC}\u{DF}e\u{7F}\u{7F}", "f\u{FC}"),
    ("\u{1F989}\u{732B} \u{E9}", "\u{1F989}\u{732B} \u{E9}"),
    ("", ""),
  ])
  func editingAndOtherScriptsWork(keys: String, passphrase: String) throws {
    let program = try start("once")
    try program.waitFor("r07:")
    program.send(keys + "\r")
    try program.waitFor("got \(hex(passphrase)).")
  }

  @Test func endOfInput() throws {
    let program = try start("once")
    try program.waitFor("r07:")
    program.send("\u{4}")
    try program.waitFor("error ended: No passphrase was given; try again.")
    let partial = try start("once")
    try partial.waitFor("r07:")
    partial.send("partial\u{4}\u{4}")
    try partial.waitFor("got \(hex("partial")).")
  }

  @Test(arguments: [(1024, true), (1025, false), (3000, false)])
  func theLengthHasALimit(count: Int, isTaken: Bool) throws {
    let program = try start("once")
    try program.waitFor("r07:")
    program.send(String(repeating: "x", count: count) + "\r")
    #expect(try program.waitForExit() == .exited(0))
    #expect(output(program).contains("error tooLong: A passphrase has at most 1024") != isTaken)
    #expect(output(program).contains(String(repeating: "78", count: 1024)) == isTaken)
    #expect(!output(program).contains("xx"))
    #expect(program.isTerminalRestored)
  }

  @Test(arguments: ["\u{3}", "\u{1C}"])
  func anInterruptGivesTheTerminalBack(key: String) throws {
    let program = try start("once")
    try program.waitFor("r07:")
    program.send("quiet")
    program.send(key)
    let number = key == "\u{3}" ? SIGINT : SIGQUIT
    #expect(try program.waitForExit() == .signalled(number))
    #expect(program.isTerminalRestored)
    #expect(!output(program).contains("quiet"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func aSignalGivesTheTerminalBack(number: Int32) throws {
    let program = try start("once")
    try program.waitFor("r07:")
    #expect(!program.isTerminalRestored)
    program.signal(number)
    #expect(try program.waitForExit() == .signalled(number))
    #expect(program.isTerminalRestored)
  }

  @Test func aSignalThatIsIgnoredStaysSo() throws {
    let program = try shell("trap '' HUP; exec \"$0\" once")
    try program.waitFor("r07:")
    program.signal(SIGHUP)
    try program.waitForIdle()
    program.send("still here\r")
    try program.waitFor("got \(hex("still here")).")
  }

  @Test func stoppedAndGoneOnItAsksAgain() throws {
    let program = try shell(
      "set -m; \"$0\" once; echo stopped here; stty -a; read x; fg; echo over")
    try program.waitFor("r07:")
    program.send("half")
    program.send("\u{1A}")
    try program.waitFor("stopped here")
    try program.waitForIdle()
    #expect(program.isTerminalRestored)
    #expect(output(program).contains(" echo "))
    program.send("\r")
    try program.waitUntil { _ in
      output(program).split(separator: "r07: ", omittingEmptySubsequences: false).count > 2
    }
    #expect(!program.isTerminalRestored)
    program.send("whole one\r")
    try program.waitFor("got \(hex("whole one")).")
    try program.waitFor("over")
    #expect(!output(program).contains("half"))
  }

  @Test func aNewOneIsTypedTwice() throws {
    let program = try start("twice")
    try program.waitFor("New passphrase:")
    program.send("quiet glass\r")
    try program.waitFor("The same again:")
    #expect(!program.isTerminalRestored)
    program.send("quiet glass\r")
    try program.waitFor("got \(hex("quiet glass")).")
    #expect(!output(program).contains("quiet"))
  }

  @Test func aNewOneThatWillNotDoIsAskedForAgain() throws {
    let program = try start("twice")
    try program.waitFor("New passphrase:")
    program.send("\r")
    try program.waitFor("A new passphrase may not be empty")
    program.send("sev\u{F6}n s\r")
    try program.waitFor("A new passphrase has at least 8 characters; choose a longer one.")
    program.send("eight ch\r")
    try program.waitFor("The same again:")
    program.send("eight ch\r")
    try program.waitFor("got \(hex("eight ch")).")
  }

  @Test func aNewOneIsGivenUpAfterThreeTries() throws {
    let program = try start("twice")
    for attempt in 1...3 {
      try program.waitUntil { _ in
        output(program).split(separator: "New passphrase: ", omittingEmptySubsequences: false)
          .count > attempt
      }
      program.send("quiet glass\r")
      try program.waitUntil { _ in
        output(program).split(separator: "again: ", omittingEmptySubsequences: false).count
          > attempt
      }
      program.send("quiet grass\r")
    }
    try program.waitFor("error mismatch: The two passphrases differ; type the same twice.")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.isTerminalRestored)
  }

  @Test func withoutATerminalTheDescriptorIsNamed() throws {
    let program = try start("no-terminal")
    try program.waitFor(
      "error noTerminal: There is no terminal to ask for the passphrase at; "
        + "give it with --passphrase-fd N.")
  }

  @Test func standardInputIsLeftAlone() throws {
    let program = try shell("echo not this | \"$0\" once")
    try program.waitFor("r07:")
    program.send("but this\r")
    try program.waitFor("got \(hex("but this")).")
  }

  @Test func standardInputCanCarryIt() throws {
    let program = try shell("printf 'from a pipe\\nmore' | \"$0\" fd 0; \"$0\" fd 0")
    try program.waitFor("got \(hex("from a pipe")).")
    try program.waitFor("error terminalDescriptor(0): Descriptor 0 of --passphrase-fd is a term")
  }
}
