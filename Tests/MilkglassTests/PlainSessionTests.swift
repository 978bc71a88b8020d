// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// A review in plain lines, through the running program.
@Suite("Plain lines at a terminal")
struct PlainSessionTests {
  @Test("a small day, heard, and its labels in the store", arguments: Language.allCases)
  func day(_ language: Language) throws {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "notes=true"])
    let seat = try PlainSeat(vault, language: language)
    let texts = seat.texts
    try seat.hearClip(1)
    try seat.press("p", texts(PlainPhrase.set, texts(TaxonomyPhrase.person)))
    try seat.press("2", texts(PlainPhrase.commits, "enter"))
    try seat.press(";", texts(NotePhrase.title))
    try seat.press("tw", "tw")
    try seat.press("\u{7F}o", "\u{8} \u{8}o")
    try seat.press("\r", texts(PlainPhrase.note, "to"))
    try seat.commit(next: 2)
    try seat.press("l", "0:01.0")
    try seat.commit("y", next: 3)
    try seat.press("c", texts(PromptPhrase.cannotJudge))
    try seat.press("1", texts(PlainPhrase.commits, "enter"))
    let unclear = texts(PalettePhrase.cannotJudgeBecause, texts(TaxonomyPhrase.cannotDark))
    let length = seat.said.count
    try seat.press("u", texts(PlainPhrase.taken, unclear))
    try seat.hear(texts(LabellingPhrase.missingLevel), after: length)
    try seat.press("!", texts(PlainPhrase.noPicture, "!", "space"))
    try seat.press("\u{1B}", texts(ShutPhrase.blanked))
    try seat.press(" ", texts(PlainPhrase.backTo, 3))
    try seat.press("?", texts(KeyListPhrase.cannotJudge))
    try seat.press("-", texts(PromptPhrase.skip))
    let asked = seat.said.count
    seat.program.send("4")
    try seat.hearClip(4, after: asked)
    let day = seat.said
    try nothingDue(seat)
    #expect(try seat.leave())
    seat.expectPlainBytes()
    // A backspace is seen as a sign.
    expectGolden(day.replacing("\u{8}", with: "⌫"), named: "plain-day-\(language.rawValue)")

    let labels = try vault.exportedLabels()
    #expect(labels.count == 2)
    #expect(labels.first?["what_moved"] as? [String] == ["person"])
    #expect(labels.first?["alarm_level"] as? String == "level_2")
    #expect(labels.first?["note"] as? String == "to")
    #expect(
      labels.last?["confirmed_predictions"] as? [String] == ["level_2", "loitering", "person"])
  }

  /// Defers the last clip, hears that none is due, and finds it again in the worklist.
  private func nothingDue(_ seat: PlainSeat) throws {
    let texts = seat.texts
    try seat.press("z", texts(WorklistPhrase.postpone))
    try seat.press("1", texts(FactsPhrase.nothingDue))
    try seat.press("/", texts(WorklistPhrase.heading))
    try seat.press("\t\t", texts(PlainPhrase.clipRow, 4))
    try seat.press("b", texts(WorklistPhrase.broughtBack))
    let length = seat.said.count
    try seat.press("H", texts(HistoryPhrase.broughtBack))
    try seat.press("\u{1B}", texts(PlainPhrase.backTo, 4))
    #expect(seat.said.dropFirst(length).contains(texts(HistoryPhrase.deferred)))
  }

  @Test("20 columns are enough, and nothing is cut")
  func narrow() throws {
    let seat = try PlainSeat(try .mixed(), size: CellSize(columns: 20, rows: 6))
    try seat.hearClip(1)
    try seat.commit("y", next: 2)
    #expect(seat.said.contains("y confirms animal, transit, 0 no call for service, and commits."))
    seat.program.resize(CellSize(columns: 30, rows: 4))
    try seat.press(" ", "At 0:00.0 of ")
    #expect(try seat.leave())
    seat.expectPlainBytes()
  }

  @Test("a clip is sensitive by one key, and no key of the lock's is shown")
  func flagAndLock() throws {
    let vault = try LockScreenTests.vaultWithPat()
    let seat = try PlainSeat(vault, reviewer: "pat")
    try seat.hear("Passphrase of pat")
    seat.program.send(LockScreenTests.passphrase + "\r")
    try seat.hearClip(1)
    try seat.press("X", "Withdrawn as sensitive")
    try seat.press("Q", "Type the passphrase")
    let locked = seat.said
    #expect(locked.suffix(400).contains("Locked: pat at seat-3."))
    seat.program.send("wrong words\r")
    try seat.hear("This is not pat's passphrase.")
    try seat.hear("Type the passphrase", after: locked.count)
    seat.program.send(LockScreenTests.passphrase + "\r")
    try seat.hear("Unlocked.")
    #expect(!seat.said.contains("words"), "nothing of what was typed is shown")
    try seat.hear("flagged", after: locked.count)
    #expect(try seat.leave())
    seat.expectPlainBytes()
    let events = try LockScreenTests.events(vault)
    #expect(events.count == 3 && events[2].contains("opened"))
    let pictures = try vault.demand(["audit", "show", "--all"], as: "olga").output
      .split(separator: "\n").filter { $0.contains("first picture") }
    #expect(!pictures.isEmpty && pictures.allSatisfy { $0.contains("solid") }, "\(pictures)")
  }

  @Test(
    "a death by signal restores the terminal and keeps what was told",
    arguments: [
      SIGTERM, SIGHUP, SIGSEGV,
    ])
  func signals(number: Int32) throws {
    let vault = try TestVault.mixed()
    let seat = try PlainSeat(vault)
    try seat.hearClip(1)
    try seat.commit("y", next: 2)
    #expect(!seat.program.isTerminalRestored)
    seat.program.signal(number)
    #expect(try seat.program.waitForExit() == .signalled(number))
    #expect(seat.program.isTerminalRestored)
    seat.expectPlainBytes()
    #expect(try vault.exportedLabels().count == 1)
    #expect(ProcessTree.waitUntilGone(group: seat.program.processID))
  }

  @Test("a terminal that goes away ends it")
  func hangUp() throws {
    let seat = try PlainSeat(try .mixed())
    try seat.hearClip(1)
    _ = try seat.program.hangUp()
    #expect(ProcessTree.waitUntilGone(group: seat.program.processID))
  }

  @Test("^Z gives the shell its terminal, and fg says the clip again")
  func suspend() throws {
    let vault = try TestVault.mixed()
    let review =
      "\(BuiltProgram.path("milkglass")) review vault --plain --reviewer r07 --seat seat-3"
    let script = """
      set -m; cd \(vault.folder.path); \(review); echo "stopped with $?"; stty -a; \
      echo "go on?"; read answer; fg; echo "left with $?"
      """
    let program = try PtyProgram(
      ["/bin/bash", "--norc", "-c", script],
      environment: ProgramRun.environment(vault.folder.path).merging(["TERM": "dumb"]) { $1 },
      size: CellSize(columns: 120, rows: 36))
    try program.waitFor("and commits.")
    program.send("\u{1A}")
    try program.waitFor("go on?")
    #expect(program.screen.text.contains("stopped with 148"))
    #expect(program.screen.text.contains(" icanon") && program.screen.text.contains(" echo "))
    program.send("\n")
    try program.waitFor("At 0:00.0 of ")
    program.send("q")
    try program.waitFor("This session")
    program.send("q")
    try program.waitFor("left with 0")
    #expect(try program.waitForExit() == .exited(0) && !program.output.contains(0x1B))
  }

  @Test("what cannot go together is refused before anything opens")
  func refusals() throws {
    let vault = try TestVault.mixed()
    let mouse = try ProgramRun(["review", "vault", "--plain", "--mouse"], in: vault.folder)
    #expect(mouse.code == 64 && mouse.errors.contains("leave --mouse out"), "\(mouse.errors)")
    let tour = try ProgramRun(["tour", "--plain"], in: vault.folder)
    #expect(tour.code == 64 && tour.errors.contains("demo --plain"), "\(tour.errors)")
  }
}
