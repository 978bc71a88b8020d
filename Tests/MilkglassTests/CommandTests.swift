// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
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
      ["review", "vault", "--max-rate", "999"], ["review", "vault", "--max-rate", "k"],
      ["review", "vault", "--max-rate", "-5k"], ["review", "vault", "--max-rate", "50kk"],
      ["review", "vault", "--max-rate", "99999999999999999M"],
      ["labels", "export", "--vault", "v", "--format", "x"],
      ["demo", "--autoplay", "0"], ["init", "new", "--daily-goal", "0"],
      ["init", "new", "--no-passphrases", "--passphrase-fd", "0"],
      ["ingest", "--vault", "v", "--staff-test", "clip.mp4"],
      ["ingest", "--vault", "v", "--staff-test", "--nobody", "--participant", "a", "clip.mp4"],
      ["person", "add", "x", "--vault", "v"],
      ["person", "add", "x", "--vault", "v", "--role", "king"],
      ["policy", "edit", "--vault", "v"], ["policy", "edit", "--vault", "v", "colour=red"],
      ["policy", "edit", "--vault", "v", "--file", "people.toml", "--from", "x"],
      ["trust", "--vault", "v"], ["consent", "withdraw", "--vault", "v"],
      ["consent", "withdraw", "--vault", "v", "--clip", "7"],
      ["erase", "--vault", "v"], ["erase", "--vault", "v", "--expired", "--subject", "p"],
      ["erase", "--vault", "v", "--expired", "--requested"],
      ["hold", "--vault", "v", "--clip", String(repeating: "0", count: 32), "--reason", "why"],
      ["notices", "new", "--vault", "v", "-o", "n"],
      ["audit", "show", "--vault", "v", "--last", "0"],
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
    let words = ["--no-passphrases", "--as", "ada"]
    let made = try ProgramRun(["init", "vault", "--daily-goal", "80"] + words, in: folder)
    #expect(made.code == 0 && made.errors.isEmpty)
    #expect(made.output.contains("The vault vault is made; ada is its founding lead."))
    #expect(made.output.contains(/Its fingerprint is (?:[0-9a-f]{4}-){7}[0-9a-f]{4}:/))
    #expect(made.output.contains("  \(folder.path)/\(ProgramRun.stateFolder)/"))
    #expect(made.output.contains("--role reviewer --vault vault --as ada"))
    #expect(try folder.text("vault/policy/policy.toml").contains("daily_goal = 80"))
    let again = try ProgramRun(["init", "vault"] + words, in: folder)
    #expect(again.code == 73 && again.lines.count == 1)
    #expect(again.errors.contains("vault is a vault already"))
    try FileManager.default.createDirectory(
      atPath: folder.path + "/home", withIntermediateDirectories: false)
    try folder.write("home/letter.txt", "dear")
    let occupied = try ProgramRun(["init", "home"] + words, in: folder)
    #expect(occupied.code == 73 && occupied.lines.count == 1)
    #expect(occupied.errors.contains("home is not empty and not a vault"))
    #expect(try folder.contents("home") == ["letter.txt": Data("dear".utf8)])
    let nameless = try ProgramRun(["init", "new", "--no-passphrases", "--as", "A B"], in: folder)
    #expect(nameless.code == 65 && nameless.lines.count == 1)
    #expect(nameless.errors.contains("\"A B\" cannot be a name"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
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
    // What is typed before the question is there again breaks its line.
    try program.waitUntil { $0.text.components(separatedBy: "finish a day? [150]").count == 3 }
    program.send("99\n")
    try program.waitFor("open? [no]")
    program.send("\n")
    try program.waitFor("New passphrase of r07:")
    program.send("too-few\n")
    try program.waitFor("at least 8 characters")
    program.send("window pane\n")
    try program.waitFor("The same again:")
    program.send("window pain\n")
    try program.waitFor("The two passphrases differ")
    program.send("window pane\n")
    try program.waitUntil { $0.text.components(separatedBy: "The same again:").count == 3 }
    program.send("window pane\n")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.screen.text.contains("Next: milkglass person add NAME --role reviewer"))
    let shown = String(decoding: program.output, as: UTF8.self)
    #expect(!shown.contains("window") && !shown.contains("too-few"))
    let policy = try folder.text("vault/policy/policy.toml")
    #expect(policy.contains("daily_goal = 99") && policy.contains("quick_levels = false"))
    #expect(policy.contains("open_people = false"))
  }

  @Test("a taxonomy with a mistake is never signed, and unsigned it opens nothing")
  func taxonomyMistake() throws {
    let vault = try TestVault.mixed()
    let name = "vault/policy/taxonomy.toml"
    let good = try vault.folder.text(name)
    let bad = good.replacing("key = \"v\"", with: "key = \"p\"")
    try vault.folder.write("mine.toml", bad)
    let put = try vault.run(["policy", "edit", "--file", "taxonomy.toml", "--from", "mine.toml"])
    #expect(put.code == 65 && put.lines.count == 1)
    #expect(put.errors.contains(#/taxonomy\.toml:\d+:\d+: /#), "\(put.errors)")
    #expect(try vault.folder.text(name) == good)
    try vault.folder.write(name, bad)
    let words = "policy/taxonomy.toml was changed after lead ada signed version"
    let run = try vault.run(["labels", "export"])
    #expect(run.code == 65 && run.lines.count == 1 && run.errors.contains(words))
    let seat = try Seat(vault)
    #expect(try seat.program.waitForExit() == .exited(65))
    #expect(seat.screen.text.contains(words))
    let sign = try vault.run(["policy", "sign", "--passphrase-fd", "0"])
    #expect(sign.code == 65 && sign.lines.count == 1)
    #expect(sign.errors.contains(#/taxonomy\.toml:\d+:\d+: /#), "\(sign.errors)")
  }

  @Test("labels go to a new file, never over an old one")
  func exportFile() throws {
    let vault = try TestVault.mixed()
    let words = ["labels", "export", "--vault", "vault", "--as", "ada", "-o", "labels.jsonl"]
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

  /// Puts a vault where the demo keeps its own, and the demo's person into it.
  private func makeDemo(of vault: TestVault) throws {
    try vault.demand(["person", "add", "demo", "--role", "reviewer"])
    let path = vault.folder.path
    try FileManager.default.createDirectory(
      atPath: path + "/demo", withIntermediateDirectories: false)
    try vault.moveToDemo(true)
    // What the demo leaves behind when its vault is whole.
    for name in ["milkglass-demo", "complete-2"] { try vault.folder.write("demo/\(name)", "") }
  }

  @Test("without a terminal the demo speaks German where that is asked for")
  func germanDemoWithoutTerminal() throws {
    let vault = try TestVault.mixed()
    try makeDemo(of: vault)
    let run = try ProgramRun(
      ["demo", "--autoplay", "60", "--directory", "demo", "--language", "de"], in: vault.folder)
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.lines.contains("Clip 2 · porch-1 · Kundenclip · matt"), "\(run.output)")
    #expect(run.lines.contains("gelabelt: Tier, Durchgang, kein Einsatz"))
    #expect(run.lines.count { $0.hasPrefix("gelabelt: ") } == 4)
    let english = run.lines.filter { $0.contains(#/\b(the|of|is|labelled|cannot)\b/#) }
    #expect(english.isEmpty, "\(english)")
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
    #expect(run.lines.count { $0.hasPrefix("Length 0:0") } == 4)
    #expect(run.lines.contains("The camera's alert: animal 82 %."))
    #expect(run.lines.contains("labelled: animal, transit, no call for service"))
    #expect(run.lines.count { $0.hasPrefix("labelled: ") } == 4)
    #expect(run.output.contains("4 clips labelled in"))
    #expect(run.output.contains("0 due, 4 done"))
    // A picture of letters a clip: the card's white square is there.
    #expect(run.lines.count { $0.contains("@@") } > 4)
    try vault.moveToDemo(false)
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
