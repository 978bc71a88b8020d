// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The session lock of the running program, as a person at the terminal and an auditor see it.
@Suite("Session lock")
struct LockScreenTests {
  static let passphrase = "four plain words"

  /// A vault where `pat` reviews, who has a passphrase.
  static func vaultWithPat() throws -> TestVault {
    let vault = try TestVault.mixed()
    let added = try ProgramRun(
      [
        "person", "add", "pat", "--role", "reviewer", "--vault", "vault", "--as", TestVault.lead,
        "--new-passphrase-fd", "4",
      ], inputs: [4: passphrase], in: vault.folder)
    try #require(added.code == 0, "\(added.errors)")
    return vault
  }

  /// Sits down as `pat`.
  static func patsSeat(_ vault: TestVault) throws -> Seat {
    let seat = try Seat(vault, reviewer: "pat")
    try seat.waitFor("Passphrase of pat")
    seat.program.send(passphrase + "\r")
    try seat.waitForClip(1)
    return seat
  }

  /// The words of lock and unlock events, in their order, as an auditor reads them.
  static func events(_ vault: TestVault) throws -> [String] {
    try vault.demand(["audit", "show", "--all"], as: "olga").output.split(separator: "\n")
      .map(String.init).filter { $0.contains("  lock  why=") || $0.contains("  unlock  result=") }
  }

  @Test(
    "shows nothing of the clip and goes back to it, paused",
    arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func screens(size: CellSize) throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault, size: size)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { seat.picture.hasHue }
    seat.program.send("v")
    try seat.wait { seat.screen.text.contains(#/●|draft/#) }
    seat.program.send("Q")
    try seat.expectScreen("locked-\(size.columns)x\(size.rows)", withPicture: false)
    #expect(!seat.picture.hasHue && seat.position == nil)
    // No key but the lock's own does anything.
    seat.program.send("p2gju?/ q")
    seat.program.resize(CellSize(columns: size.columns - 10, rows: size.rows - 2))
    try seat.program.waitForIdle()
    #expect(seat.screen.text.contains("locked") && !seat.screen.text.contains("bench"))
    seat.program.resize(size)
    try seat.expectScreen("locked-\(size.columns)x\(size.rows)", withPicture: false)
    seat.program.send("\r")
    try seat.waitForClip(1)
    try seat.wait { seat.isAtStart && seat.picture.hasHue }
    seat.program.send("2")
    try seat.commit()
    #expect(try seat.leave())
    let first = try #require(try vault.exportedLabels().first)
    #expect("\(first)".contains("vehicle"), "the label from before the lock is there: \(first)")
    let events = try Self.events(vault)
    #expect(events.count == 2 && events[0].contains("key") && events[1].contains("opened"))
  }

  @Test("takes the right passphrase only, and no try is without a trace")
  func passphrases() throws {
    let vault = try Self.vaultWithPat()
    let seat = try Self.patsSeat(vault)
    seat.program.send("Q")
    try seat.waitFor("passphrase  ········")
    seat.program.send("wrong words")
    try seat.waitFor("passphrase  ••••••••")
    seat.program.send("\u{15}")
    try seat.waitFor("passphrase  ········")
    seat.program.send("wrong words\u{1B}[A\r")
    try seat.waitFor("This is not pat's passphrase.")
    try seat.wait { !seat.screen.text.contains("another try in") }
    seat.program.send("\r")
    try seat.program.waitForIdle()
    #expect(seat.screen.text.contains("locked"))
    seat.program.send(Self.passphrase + "x\u{7F}\r")
    try seat.waitForClip(1)
    #expect(try seat.leave())
    let written = String(decoding: seat.program.output, as: UTF8.self)
    #expect(!written.contains("words"), "nothing of what was typed is shown")
    let events = try Self.events(vault)
    #expect(events.count == 3, "\(events)")
    #expect(events[1].contains("refused") && events[2].contains("opened"))
  }

  @Test("lets the session end, whoever is there")
  func leaving() throws {
    let vault = try Self.vaultWithPat()
    let seat = try Self.patsSeat(vault)
    seat.program.send("Q")
    try seat.waitFor("locked")
    seat.program.send("half a\u{04}")
    #expect(try seat.program.waitForExit() == .exited(0))
    #expect(seat.program.isTerminalRestored && seat.isShellBack)
    // Its lease is free: the next one gets the same clip.
    let next = try Seat(vault)
    try next.waitForClip(1)
    #expect(try next.leave())
  }

  @Test("gives the terminal back when it is ended locked", arguments: [SIGTERM, SIGHUP, SIGINT])
  func signals(number: Int32) throws {
    let seat = try Seat(try .mixed())
    try seat.waitForClip(1)
    seat.program.send("Q")
    try seat.waitFor("locked")
    seat.program.signal(number)
    #expect(try seat.program.waitForExit() == .signalled(number))
    #expect(seat.program.isTerminalRestored && seat.isShellBack)
  }

  @Test("stays locked over a stop")
  func stopped() throws {
    let seat = try Seat(try .mixed())
    try seat.waitForClip(1)
    seat.program.send("Q")
    try seat.waitFor("locked")
    seat.program.signal(SIGTSTP)
    try seat.program.waitForIdle()
    seat.program.signal(SIGCONT)
    try seat.waitFor("locked")
    seat.program.send("\r")
    try seat.waitForClip(1)
    #expect(try seat.leave())
  }
}
