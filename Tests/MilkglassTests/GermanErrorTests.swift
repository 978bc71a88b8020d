// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Errors that a German session meets, heard whole: none of them is told in English.
@Suite("Errors in German")
struct GermanErrorTests {
  /// Lines that hold a word that English alone has.
  private static func english(_ said: String) -> [String] {
    let words: Set = ["the", "is", "of", "not", "this", "and", "does", "cannot", "asks"]
    return said.split(separator: "\n").map(String.init).filter { line in
      !words.isDisjoint(with: line.split { !$0.isLetter }.map { $0.lowercased() })
    }
  }

  @Test("a refusal of consent, and a store that stays busy")
  func consentAndStore() throws {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "reviewer_place=CH"])
    let seat = try PlainSeat(vault, language: .german)
    try seat.hearClip(1)
    let start = seat.said.count
    seat.program.send("j")
    try seat.hear("nennen \"CH\" nicht", after: start)
    #expect(seat.said.contains("geht nicht auf: die \"reviewer_places\""))
    seat.program.send("k")
    try seat.hearClip(1, after: start)
    let hold = try StoreHold(vault)
    seat.program.send("v")
    try seat.hear("Ein anderer Prozess belegt den Speicher der Labels", after: start)
    _ = consume hold
    #expect(Self.english(seat.said).isEmpty, "\(Self.english(seat.said))")
    #expect(try seat.leave())
    seat.expectPlainBytes()
  }

  @Test("a name and passphrase that do not open, and the lock's own answer")
  func passphrases() throws {
    let vault = try LockScreenTests.vaultWithPat()
    let refused = try PlainSeat(vault, reviewer: "pat", language: .german)
    try refused.hear("Passwort von pat:")
    refused.program.send("wrong words\r")
    try refused.hear("Dieser Name und dieses Passwort öffnen den Tresor nicht.")
    #expect(try refused.program.waitForExit() == .exited(77))
    #expect(Self.english(refused.said).isEmpty, "\(Self.english(refused.said))")
    let seat = try PlainSeat(vault, reviewer: "pat", language: .german)
    try seat.hear("Passwort von pat:")
    seat.program.send(LockScreenTests.passphrase + "\r")
    try seat.hearClip(1)
    try seat.press("Q", "Gesperrt: pat")
    seat.program.send("wrong words\r")
    try seat.hear("Das ist nicht das Passwort von pat.")
    // What is signed is read anew for each try.
    let cameras = "vault/policy/cameras.toml"
    let text = try String(contentsOfFile: "\(vault.folder.path)/\(cameras)", encoding: .utf8)
    try vault.folder.write(cameras, text + "# changed\n")
    seat.program.pass(milliseconds: 1500)
    seat.program.send(LockScreenTests.passphrase + "\r")
    try seat.hear("policy/cameras.toml wurde geändert, nachdem ada Version")
    #expect(Self.english(seat.said).isEmpty, "\(Self.english(seat.said))")
    seat.program.send("\u{04}")
    _ = try seat.program.waitForExit()
  }

  /// What keeps a review from beginning, with what is said of it.
  private enum Obstacle: CaseIterable {
    case noVault, changedPolicy, keysElsewhere, brokenKeymap, noKeymap, noDescriptor, noRole,
      noState

    var sentence: String {
      switch self {
      case .noVault: "nowhere ist kein Tresor; `milkglass init nowhere` legt einen an."
      case .changedPolicy: "policy/cameras.toml wurde geändert, nachdem ada Version"
      case .keysElsewhere: "Die Schlüssel von vault liegen nicht in"
      case .brokenKeymap: "keys.toml ist in Zeile 1, Spalte"
      case .noKeymap: "none.toml ist nicht zu lesen."
      case .noDescriptor:
        "Deskriptor 7 von --passphrase-fd ist nicht zu lesen (read: der Deskriptor"
      case .noRole: "olga hat hier die Rolle Prüfung und darf `milkglass review` nicht ausführen"
      case .noState: "An diesem Platz hat noch niemand bestätigt, dass vault von ada ist"
      }
    }
  }

  @Test("a review that cannot begin says so", arguments: Obstacle.allCases)
  private func cannotBegin(_ obstacle: Obstacle) throws {
    let vault = try obstacle == .noDescriptor ? LockScreenTests.vaultWithPat() : .mixed()
    let folder = vault.folder
    var words = ["review", "vault", "--as", "r07", "--language", "de"]
    switch obstacle {
    case .noVault: words[1] = "nowhere"
    case .changedPolicy:
      let path = "\(folder.path)/vault/policy/cameras.toml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try folder.write("vault/policy/cameras.toml", text + "# changed\n")
    case .keysElsewhere:
      let state = "\(folder.path)/\(ProgramRun.stateFolder)/milkglass"
      for name in try FileManager.default.contentsOfDirectory(atPath: state)
      where FileManager.default.fileExists(atPath: "\(state)/\(name)/log.key") {
        try FileManager.default.removeItem(atPath: "\(state)/\(name)/log.key")
      }
    case .brokenKeymap:
      try folder.write("keys.toml", "no map\n")
      words += ["--keymap", "keys.toml"]
    case .noKeymap: words += ["--keymap", "./none.toml"]
    case .noDescriptor: words = ["review", "vault", "--as", "pat", "--passphrase-fd", "7"]
    case .noRole: words[3] = "olga"
    case .noState: words += ["--state", "\(folder.path)/elsewhere"]
    }
    let program = try PtyProgram(
      ["/usr/bin/env", "-C", folder.path, BuiltProgram.path("milkglass")] + words,
      environment: ProgramRun.environment(folder.path).merging(["LANG": "de_DE.UTF-8"]) { $1 },
      size: CellSize(columns: 200, rows: 24))
    let end = try program.waitForExit()
    let said = String(decoding: program.output, as: UTF8.self).replacing("\r\n", with: "\n")
    #expect(end != .exited(0) && said.contains(obstacle.sentence), "\(end): \(said)")
    let own = said.replacing(/`[^`]*`|\([^)]*\)/, with: "")
    #expect(Self.english(own).isEmpty, "\(Self.english(own))")
  }

  @Test("without a terminal, and at one that shows nothing")
  func terminals() throws {
    let vault = try TestVault.mixed()
    for (words, sentence) in [
      (["review", "vault"], "review braucht ein Terminal für Tasten und Bild;"),
      (["desk", "vault"], "desk braucht ein Terminal für Tasten und Bildschirm;"),
      (["tour"], "der Rundgang braucht ein Terminal"),
    ] {
      let run = try ProgramRun(words + ["--language", "de"], in: vault.folder)
      #expect(run.code == 69 && run.errors.contains(sentence), "\(run.errors)")
      #expect(Self.english(run.errors).isEmpty)
    }
    let seat = try Seat(vault, environment: ["TERM": "nonesuch"], language: .german)
    #expect(try seat.program.waitForExit() == .exited(69))
    #expect(seat.screen.text.contains("Das Terminal „nonesuch“ ist hier unbekannt"))
  }

  @Test("a kiosk asks, and refuses, in German")
  func kiosk() throws {
    let vault = try LockScreenTests.vaultWithPat()
    let program = try PtyProgram(
      [
        "/usr/bin/env", "-C", vault.folder.path, BuiltProgram.path("milkglass"), "review",
        "--kiosk", "vault",
      ],
      environment: ProgramRun.environment(vault.folder.path).merging(["LC_ALL": "de_DE.UTF-8"]) {
        $1
      }, size: CellSize(columns: 120, rows: 36))
    try program.waitFor("Wer sind Sie?")
    program.send("zed\r")
    try program.waitFor("Passwort von zed:")
    program.send("secret words\r")
    try program.waitFor("Dieser Name und dieses Passwort öffnen den Tresor nicht.")
    #expect(Self.english(program.screen.text).isEmpty, "\(program.screen.text)")
    program.signal(15)
    _ = try program.waitForExit()
  }

  @Test("an English session is full of English: the control")
  func control() throws {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "reviewer_place=CH"])
    let seat = try PlainSeat(vault)
    try seat.hearClip(1)
    seat.program.send("j")
    try seat.hear("do not name \"CH\"")
    #expect(!Self.english(seat.said).isEmpty)
    #expect(try seat.leave())
  }
}
