// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// The review of a terminal where nothing else may be reached.
@Suite("Kiosk")
struct KioskTests {
  private static let size = CellSize(columns: 120, rows: 36)

  /// Starts a program in a test vault's folder, at a terminal of its own.
  private static func start(_ words: [String], _ vault: TestVault) throws -> PtyProgram {
    try PtyProgram(
      ["/usr/bin/env", "-C", vault.folder.path] + words,
      environment: ProgramRun.environment(vault.folder.path), size: size,
      cellPixels: PixelSize(width: 8, height: 16))
  }

  private static func kiosk(_ vault: TestVault) throws -> PtyProgram {
    try start(
      [BuiltProgram.path("milkglass"), "review", "--kiosk", "vault", "--seat", "desk-3"], vault)
  }

  private static func waitForClip(_ program: PtyProgram) throws {
    try program.waitUntil { $0.rowText(33).contains(/clip \d+ of/) }
  }

  @Test("asks who is there, and tells no name from a wrong passphrase")
  func names() throws {
    let vault = try LockScreenTests.vaultWithPat()
    let program = try Self.kiosk(vault)
    try program.waitFor("Who are you?")
    // The keys that stop and end other programs do nothing here.
    program.send("\u{03}\u{1A}\u{1C}zed\r")
    try program.waitFor("Passphrase of zed:")
    program.send("secret words\r")
    try program.waitFor("That name and passphrase do not open this vault.")
    try program.waitUntil { $0.text.components(separatedBy: "Who are you?").count == 3 }
    program.send("pat\r")
    try program.waitFor("Passphrase of pat:")
    program.send("\(LockScreenTests.passphrase)\r")
    try Self.waitForClip(program)
    for key in ["\u{03}", "\u{1A}", "\u{1C}", "\u{04}"] {
      program.send(key)
      try program.waitForIdle()
    }
    #expect(program.exitStatus == nil && program.screen.text.contains("desk-3 · pat"))
    program.send("Q")
    try program.waitFor("locked")
    program.send("\u{03}\u{1A}\u{1C}")
    try program.waitForIdle()
    #expect(program.exitStatus == nil && program.screen.text.contains("locked"))
    program.send("\u{04}")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.isTerminalRestored)
    let written = String(decoding: program.output, as: UTF8.self)
    #expect(!written.contains("words"))
    let events = try LockScreenTests.events(vault)
    #expect(events.count == 3, "\(events)")
    #expect(events[0].contains("refused") && !events.joined().contains("zed"))
    #expect(events[1].contains("opened") && events[2].contains("lock"))
  }

  @Test("rests after three tries, and ends")
  func tries() throws {
    let vault = try LockScreenTests.vaultWithPat()
    let program = try Self.start(
      [BuiltProgram.path("milkglass"), "review", "--kiosk", "vault", "--as", "pat"], vault)
    for attempt in 1...3 {
      try program.waitUntil {
        $0.text.components(separatedBy: "Passphrase of pat:").count == attempt + 1
      }
      try program.waitForIdle()
      program.send("wrong \(attempt)\r")
    }
    try program.waitFor("That was the last try for now.")
    #expect(try program.waitForExit() == .exited(77))
    #expect(program.isTerminalRestored)
    #expect(program.screen.text.contains("Nobody signed in"))
  }

  @Test("loses no label and no lease with its connection", arguments: [false, true])
  func hangUp(isLocked: Bool) throws {
    let vault = try TestVault.mixed()
    let program = try Self.kiosk(vault)
    try program.waitFor("Who are you?")
    program.send("r07\r")
    try Self.waitForClip(program)
    program.send("v")
    try program.waitForIdle()
    if isLocked {
      program.send("Q")
      try program.waitFor("locked")
    }
    let status = try program.hangUp()
    #expect(status != .exited(0), "the connection was lost: \(status)")
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    #expect(seat.screen.text.contains("draft"), "\(seat.screen.text)")
    #expect(try seat.leave())
  }

  @Test("is what a login shell does, whatever it is asked to run")
  func loginShell() throws {
    let vault = try TestVault.mixed()
    for command in [["-c", "ls /"], ["-c", "/usr/lib/openssh/sftp-server"], ["-c", "scp -t ."]] {
      let run = try ProgramRun(command, in: vault.folder)
      #expect(run.code == 69 && run.output.isEmpty)
      #expect(run.lines.count == 2 && run.errors.contains("runs no other command"))
      #expect(run.errors.contains("review needs a terminal"))
    }
    let own = try ProgramRun(["-c", "milkglass review --kiosk"], in: vault.folder)
    #expect(own.code == 69 && own.lines.count == 1)
  }

  @Test("opens as a login shell what root's settings name, and nothing else")
  func settings() throws {
    let vault = try TestVault.mixed()
    try vault.folder.write(
      "kiosk.toml",
      """
      vault = "\(vault.folder.path)/vault"
      state = "\(vault.folder.path)/\(ProgramRun.stateFolder)/milkglass"
      seat = "booth"

      """)
    // A mount of its own, so that the machine's settings are left alone.
    let script = """
      set -e; mount -t tmpfs none /etc; mkdir /etc/milkglass
      echo "waiting for settings"; read mode
      if [ "$mode" != none ]; then
        cp kiosk.toml /etc/milkglass/; chmod "$mode" /etc/milkglass/kiosk.toml; fi
      exec "$0" -c 'rm -rf /'
      """
    let isolate = getuid() == 0 ? ["/usr/bin/unshare", "-m"] : ["/usr/bin/unshare", "-Urm"]
    for (mode, words) in [
      ("none", "/etc/milkglass/kiosk.toml is not there; root can set that right."),
      ("666", "/etc/milkglass/kiosk.toml may be written by others; root can set that right."),
    ] {
      let program = try Self.start(
        isolate + ["/bin/sh", "-c", script, BuiltProgram.path("milkglass")], vault)
      try program.waitFor("waiting for settings")
      program.send(mode + "\r")
      #expect(try program.waitForExit() == .exited(78))
      let shown = String(decoding: program.output, as: UTF8.self)
      #expect(shown.contains(words), "\(shown)")
    }
    let program = try Self.start(
      isolate + ["/bin/sh", "-c", script, BuiltProgram.path("milkglass")], vault)
    try program.waitFor("waiting for settings")
    program.send("644\r")
    try program.waitFor("runs no other command")
    try program.waitFor("Who are you?")
    program.send("r07\r")
    try Self.waitForClip(program)
    #expect(program.screen.text.contains("booth · r07"))
    program.send("q")
    try program.waitFor("This session")
    program.send("q")
    #expect(try program.waitForExit() == .exited(0))
  }

  @Test("needs a terminal, and a folder only where it is no kiosk")
  func arguments() throws {
    let vault = try TestVault.mixed()
    let piped = try ProgramRun(["review", "--kiosk", "vault"], in: vault.folder)
    #expect(piped.code == 69 && piped.lines.count == 1)
    let none = try ProgramRun(["review"], in: vault.folder)
    #expect(none.code == 64 && none.errors.contains("Name the vault's folder"))
  }
}
