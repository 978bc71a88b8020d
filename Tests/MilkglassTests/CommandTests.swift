// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TestSupport
import Testing
import Vocabulary

/// Commands without a terminal: one sentence, the right code.
@Suite("Commands")
struct CommandTests {
  @Test("review without a terminal says what it needs")
  func reviewWithoutTerminal() throws {
    let run = try ProgramRun(["review", "vault"], in: try TestVault.mixed().folder)
    #expect(run.code == 69)
    #expect(run.lines.count == 1 && run.errors.contains("review needs a terminal"))
  }

  @Test(
    "a terminal that cannot show the screen is refused in one sentence",
    arguments: [
      ("dumb", "cannot place its cursor"), ("no-such-terminal", "is unknown here"),
      ("", "TERM is not set"),
    ])
  func unfitTerminal(name: String, words: String) throws {
    let seat = try Seat(try .mixed(), environment: ["TERM": name])
    #expect(try seat.program.waitForExit() == .exited(69))
    let lines = seat.screen.text.split(separator: "\n")
    #expect(lines.count == 1 && lines[0].contains(words))
    #expect(seat.program.isTerminalRestored && !seat.program.output.contains(0x1B))
  }

  @Test(
    "words that make no sense are a usage error",
    arguments: [
      ["revue"], ["review"], ["ingest", "--vault", "vault", "clip.mp4"], ["init"],
      ["review", "vault", "--picture", "oil"],
      ["labels", "export", "--vault", "v", "--format", "x"],
      ["demo", "--autoplay", "0"], ["init", "new", "--daily-goal", "0"],
    ])
  func usage(words: [String]) throws {
    let folder = try TestFolder()
    let run = try ProgramRun(words, in: folder)
    #expect(run.code == 64)
    #expect(run.errors.contains("Usage:"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("init makes a vault once, and never in a folder that holds other things")
  func initialise() throws {
    let folder = try TestFolder()
    #expect(try ProgramRun(["init", "vault", "--daily-goal", "80"], in: folder).code == 0)
    #expect(try folder.text("vault/policy/policy.toml").contains("daily_goal = 80"))
    let again = try ProgramRun(["init", "vault"], in: folder)
    #expect(again.code == 73 && again.lines.count == 1)
    #expect(again.errors.contains("vault is a vault already"))
    try FileManager.default.createDirectory(
      atPath: folder.path + "/home", withIntermediateDirectories: false)
    try folder.write("home/letter.txt", "dear")
    let occupied = try ProgramRun(["init", "home"], in: folder)
    #expect(occupied.code == 73 && occupied.lines.count == 1)
    #expect(occupied.errors.contains("home is not empty and not a vault"))
    #expect(try folder.contents("home") == ["letter.txt": Data("dear".utf8)])
  }

  @Test("init asks at a terminal, asks again after nonsense, and takes enter for the standard")
  func initialiseAsking() throws {
    let folder = try TestFolder()
    let program = try PtyProgram(
      ["/usr/bin/env", "-C", folder.path, BuiltProgram.path("milkglass"), "init", "vault"],
      environment: ProgramRun.environment(folder.path), size: CellSize(columns: 120, rows: 36))
    try program.waitFor("finish a day? [150]")
    program.send("many\n")
    try program.waitFor("That is no answer")
    program.send("99\n")
    try program.waitFor("open? [no]")
    program.send("\n")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.screen.text.contains("Next: milkglass ingest --vault vault"))
    let policy = try folder.text("vault/policy/policy.toml")
    #expect(policy.contains("daily_goal = 99") && policy.contains("quick_levels = false"))
  }

  @Test("a taxonomy with a mistake is refused with its place, by every command")
  func taxonomyMistake() throws {
    let vault = try TestVault.mixed()
    let name = "vault/policy/taxonomy.toml"
    let text = try vault.folder.text(name)
    try vault.folder.write(name, text.replacing("key = \"v\"", with: "key = \"p\""))
    let run = try ProgramRun(["labels", "export", "--vault", "vault"], in: vault.folder)
    #expect(run.code == 65 && run.lines.count == 1)
    #expect(run.errors.contains(#/taxonomy\.toml:\d+:\d+: /#), "\(run.errors)")
    let seat = try Seat(vault)
    #expect(try seat.program.waitForExit() == .exited(65))
    #expect(seat.screen.text.contains(#/taxonomy\.toml:\d+:\d+: /#))
  }

  @Test("labels go to a new file, never over an old one")
  func exportFile() throws {
    let vault = try TestVault.mixed()
    let words = ["labels", "export", "--vault", "vault", "-o", "labels.jsonl"]
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.commit("y")
    #expect(try seat.leave())
    #expect(try ProgramRun(words, in: vault.folder).code == 0)
    let written = try vault.folder.text("labels.jsonl")
    let object = try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any]
    #expect(object?["alarm_level"] as? String == "level_0")
    let again = try ProgramRun(words, in: vault.folder)
    #expect(again.code == 73 && again.lines.count == 1)
    #expect(again.errors.contains("labels.jsonl is there already and is not written over"))
    #expect(try vault.folder.text("labels.jsonl") == written)
    let missing = try ProgramRun(["labels", "export", "--vault", "nowhere"], in: vault.folder)
    #expect(missing.code == 66 && missing.lines.count == 1)
    #expect(missing.errors.contains("nowhere is not a vault"))
  }

  /// Puts a vault where the demo keeps its own.
  private func makeDemo(of vault: TestVault) throws {
    let path = vault.folder.path
    try FileManager.default.createDirectory(
      atPath: path + "/demo", withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: path + "/vault", toPath: path + "/demo/vault")
    // What the demo leaves behind when its vault is whole.
    try vault.folder.write("demo/complete", "")
  }

  @Test("the demo plays by itself in plain text where there is no terminal")
  func plainDemo() throws {
    let vault = try TestVault.mixed()
    let folder = vault.folder
    try makeDemo(of: vault)
    let run = try ProgramRun(["demo", "--autoplay", "60", "--directory", "demo"], in: folder)
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(!run.output.contains("\u{1B}"))
    let clips = run.lines.filter { $0.hasPrefix("clip ") }
    #expect(
      clips == [
        "clip 1 · bench · staff test clip · clear", "clip 2 · porch-1 · customer clip · frosted",
        "clip 3 · bench · staff test clip · clear", "clip 4 · porch-1 · customer clip · frosted",
      ])
    #expect(run.lines.contains("labelled: animal, transit, no call for service"))
    #expect(run.lines.count { $0.hasPrefix("labelled: ") } == 4)
    #expect(run.output.contains("4 clips labelled in"))
    #expect(run.output.contains("0 due, 4 done"))
    // A picture of letters a clip: the card's white square is there.
    #expect(run.lines.count { $0.contains("@@") } > 4)
    try FileManager.default.moveItem(
      atPath: folder.path + "/demo/vault", toPath: folder.path + "/vault")
    #expect(try vault.exportedLabels().count == 4)
  }

  @Test("the demo plays by itself on the screen, labels, and leaves")
  func demoOnScreen() throws {
    let vault = try TestVault.mixed()
    let folder = vault.folder
    try makeDemo(of: vault)
    let program = try PtyProgram(
      ["/usr/bin/env", "-C", folder.path, BuiltProgram.path("milkglass"), "demo"]
        + ["--autoplay", "4", "--directory", "demo"],
      environment: ProgramRun.environment(folder.path), size: CellSize(columns: 120, rows: 36))
    try program.waitFor("clip 1 of 4")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.isTerminalRestored)
    #expect(program.screen.text.contains(/[1-4] clips? labelled in/))
  }
}
