// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary
import Words

@testable import ReviewCore

/// The tour: one step after the other, each done by doing.
@Suite("The tour") struct TourTests {
  private func begun(
    _ language: Language = .english, keymap: Keymap = .standard,
    predictions: [(String, Double)] = [("person", 0.9), ("level_2", 0.8)]
  ) -> Desk {
    var desk = Desk(language: language)
    desk.state.keymap = keymap
    desk.state.tour = Tour()
    desk.open(predictions: predictions)
    return desk
  }

  private func step(_ desk: Desk) -> Int { desk.state.tour?.outcomes.count ?? -1 }

  private func isAt(_ phrase: TourPhrase, _ desk: Desk) -> Bool {
    desk.state.tour?.step?.ask == phrase
  }

  private func skip(to phrase: TourPhrase, _ desk: inout Desk) {
    while !isAt(phrase, desk), desk.state.tour?.step != nil { desk.type(">") }
  }

  @Test func everyStepIsDoneByItsKeys() {
    var desk = begun()
    let steps: [(TourPhrase, String)] = [
      (.pauseAsk, " "), (.stepAsk, "."), (.motionAsk, "w"), (.movedAsk, "p"), (.levelAsk, "2"),
      (.commitAsk, "⏎"),
    ]
    for (index, (phrase, keys)) in steps.enumerated() {
      #expect(isAt(phrase, desk) && step(desk) == index, "\(phrase)")
      desk.type(keys)
    }
    #expect(isAt(.confirmAsk, desk))
    desk.open(2, predictions: [("animal", 0.9), ("level_0", 0.8)])
    desk.type("y")
    #expect(isAt(.undoAsk, desk))
    desk.open(3)
    desk.type("u")
    #expect(desk.allEffects.contains(.reopenLastCommitted) && isAt(.blankAsk, desk))
    desk.open(3)
    desk.type("⎋")
    #expect(isAt(.unblankAsk, desk))
    desk.type("y")
    #expect(isAt(.unblankAsk, desk))
    desk.type(" ")
    #expect(isAt(.lookAsk, desk))
    desk.type(">X")
    #expect(isAt(.unflagAsk, desk))
    desk.type("u")
    #expect(isAt(.worklistAsk, desk))
    desk.type("/")
    #expect(isAt(.worklistAsk, desk))
    desk.type("⎋?x")
    #expect(isAt(.leaveAsk, desk))
    desk.type("q")
    #expect(isAt(.leaveAsk, desk))
    desk.type("q")
    #expect(desk.effects.contains(.quit) && desk.state.tour?.step == nil)
    #expect(desk.state.tour?.outcomes.count { $0 == .skipped } == 1)
  }

  @Test func otherKeysOfTheSameEffectCount() {
    var desk = begun()
    desk.type("  ,")
    #expect(isAt(.motionAsk, desk))
    skip(to: .movedAsk, &desk)
    desk.type("n")
    #expect(isAt(.levelAsk, desk))
    skip(to: .commitAsk, &desk)
    desk.type("y")
    #expect(isAt(.confirmAsk, desk))
  }

  @Test func whatDoesNotDoItDoesNotCount() {
    var desk = begun()
    // The clip ends by itself, the glass is blanked, the key list pauses: none of it is the key.
    desk.wait(20_000)
    #expect(desk.state.clip?.player.isPlaying == false && isAt(.pauseAsk, desk))
    desk.type("⎋ ?x.")
    #expect(isAt(.pauseAsk, desk))
    desk.type(" ")
    #expect(isAt(.stepAsk, desk))
    desk.type("h")
    #expect(isAt(.stepAsk, desk))
    skip(to: .commitAsk, &desk)
    desk.type("⏎")
    #expect(isAt(.commitAsk, desk), "nothing is set")
  }

  @Test func aStepIsSkippedInEveryModeAndDoesNothingElse() {
    for keys in ["", "?", "/", "-", "E", "⎋"] {
      var desk = begun()
      desk.type(keys)
      let before = desk.state.mode
      desk.type(">")
      #expect(step(desk) == 1 && desk.state.mode == before, "\(keys)")
      #expect(desk.effects.isEmpty)
    }
  }

  @Test func theSkipKeyIsNobodysElse() {
    #expect(Tour.skipKey(.standard, taxonomy) == .character(">"))
    let taken = Keymap([.nextClip: [.character(">")], .loop: [.character("]")]])
    #expect(Tour.skipKey(taken, taxonomy) == .character(")"))
    var desk = begun(keymap: taken)
    desk.type(">")
    #expect(step(desk) == 0)
    #expect(desk.screen(80, 24).contains(") skips"))
  }

  @Test func itNamesTheLiveKeys() {
    let keymap = Keymap([.frameForward: [.function(3)], .help: [.function(1)]])
    var desk = begun(keymap: keymap)
    desk.type(" ")
    #expect(desk.screen(80, 24).contains("f3"))
    skip(to: .helpAsk, &desk)
    #expect(desk.screen(80, 24).contains("f1"))
  }

  @Test(arguments: Language.allCases) func everySentenceFitsAndStandsUnderTheScreen(
    _ language: Language
  ) {
    for (columns, rows) in [(80, 24), (120, 36), (60, 22)] {
      var desk = begun(language)
      while desk.state.tour?.step != nil {
        let lines = desk.rows(columns, rows)
        let coach = lines.suffix(2)
        let step = desk.state.tour?.step
        let sentences = [step?.sentence(desk.state), step.map { desk.state.texts($0.why) }]
        for sentence in sentences.compactMap(\.self) where columns >= 80 {
          #expect(coach.joined().contains(sentence), "\(coach)")
        }
        #expect(coach.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") })
        desk.type(">")
      }
      #expect(desk.rows(columns, rows).suffix(2).allSatisfy { !$0.isEmpty })
    }
  }

  @Test func theRestIsTheScreenAsItIsWithTwoRowsLess() {
    var desk = begun()
    desk.type(" ")
    let toured = desk.rows(120, 36).dropLast(2)
    desk.state.tour = nil
    #expect(Array(toured) == desk.rows(120, 34))
    #expect(desk.rows(80, 24).count == 24)
  }

  @Test func thePaletteKeepsItsRowsOnASmallScreen() {
    let desk = begun()
    var plain = desk
    plain.state.tour = nil
    let moved = plain.row(containing: "○p person", columns: 80, rows: 24)
    #expect(!moved.isEmpty && desk.rows(80, 24).contains(moved))
    #expect(picturePane(desk.state, CellSize(columns: 80, rows: 24))?.size.rows == 13)
    #expect(desk.rows(60, 21).joined().contains("60 × 22"))
  }

  @Test func theKeyListHasAllRows() {
    var desk = begun()
    desk.type("?")
    var plain = desk
    plain.state.tour = nil
    #expect(desk.rows(80, 24) == plain.rows(80, 24))
    #expect(picturePane(desk.state, CellSize(columns: 80, rows: 24))?.size.rows == 13)
  }

  @Test func theSummaryTellsBothApart() {
    var desk = begun()
    desk.type(" >w")
    let text = desk.state.tour?.summary(Words.texts(.english)) ?? ""
    #expect(text.contains("Learned: pause, next motion.\nLeft out: single frames.\n"))
    #expect(text.contains("milkglass demo"))
    #expect(!Tour().summary(Words.texts(.german)).contains("Gelernt"))
  }
}
