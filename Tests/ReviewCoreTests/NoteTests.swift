// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Notes, copied labels, and the line of text that is typed.
@Suite struct NoteTests {
  private func desk(_ predictions: [(String, Double)] = []) -> Desk {
    var desk = Desk()
    desk.state.reviewRules.allowsNotes = true
    desk.open(predictions: predictions)
    return desk
  }

  // MARK: - Notes

  @Test func withoutThePolicyThereIsNone() {
    var desk = Desk()
    desk.open()
    #expect(desk.type(";p").count == 1)
    #expect(desk.state.mode == .review)
    #expect(desk.state.messages.entries.last?.notice.text == "The policy allows no notes here")
    #expect(!desk.screen(200, 60).contains("; note"))
  }

  @Test func isTypedUnderASolidPictureAndKeptByEnter() {
    var desk = desk()
    desk.type(";")
    #expect(desk.state.picture == .solid && desk.state.clip?.player.isPlaying == false)
    // Letters are letters here, also those that lock, leave and flag.
    desk.type("XQq pz")
    #expect(desk.state.lock == nil && desk.setTerms.isEmpty)
    #expect(desk.rows()[34].hasPrefix(" Note: XQq pz"))
    #expect(desk.rows()[34].hasSuffix("6/200"))
    #expect(desk.rows()[35] == " enter keep   esc back   ^U clear   ^W erase a word")
    desk.type("⏎")
    #expect(desk.changes == [ClipNote("XQq pz").map { .note($0) }])
    #expect(desk.state.mode == .review && desk.state.clip?.player.isPlaying == true)
    #expect(desk.row(containing: "porch-2").contains("draft · note"))
    #expect(desk.cell("note ·")?.emphasis == .dim)
    desk.store()
    #expect(desk.cell("note ·")?.emphasis == .plain)
    desk.type("u")
    #expect(desk.sheet?.note == ClipNote.none)
    desk.type("U")
    #expect(desk.sheet?.note.text == "XQq pz")
  }

  @Test func escapeKeepsWhatWasBeforeAndAnEmptyOneTakesItAway() {
    var desk = desk()
    desk.type(";ab⏎")
    #expect(desk.type(";cd⎋").isEmpty)
    #expect(desk.sheet?.note.text == "ab")
    #expect(!desk.state.isBlanked)
    #expect(desk.type(";⏎").isEmpty, "an unchanged note is no event")
    desk.type(";")
    desk.press(.eraseLine)
    desk.type("  ⏎")
    #expect(desk.changes == [.note(.none)])
    #expect(desk.notice == "Note removed: u brings it back")
  }

  @Test func anAutoRepeatedEnterDoesNotCommitTheClip() {
    var desk = desk()
    desk.type("p1;ab")
    desk.press(.enter)
    for _ in 0..<20 { desk.press(.enter, after: 30) }
    #expect(!desk.allEffects.contains(.openNextDue(after: Desk.id(1))))
  }

  @Test func aFlaggedClipTakesNone() {
    var desk = desk()
    desk.type("X")
    #expect(desk.type(";").isEmpty)
    #expect(desk.state.mode == .review)
  }

  // MARK: - The line

  @Test func theLineIsEditedAtItsCursor() {
    var line = LineEditor("one two", limit: 9)
    func press(_ keys: KeyPress...) {
      for key in keys where !line.press(key) { Issue.record("\(key) is taken") }
    }
    press(.left, .left, .backspace)
    #expect(line.text == "one wo" && line.cursor == 4)
    press(.home, .delete, .character("ö"), .end, .character("x"), .character("y"))
    #expect(line.text == "öne woxy")
    press(.character("1"), .character("2"))
    #expect(line.text == "öne woxy1", "no more than the limit")
    press(.eraseWord)
    #expect(line.text == "öne ")
    press(.eraseWord, .backspace, .delete, .left, .eraseLine)
    #expect(line.text.isEmpty && line.cursor == 0)
    for key in [KeyPress.enter, .up, .tab, .unknown] {
      let isTaken = line.press(key)
      #expect(!isTaken)
    }
  }

  /// What is two cells wide, has no width or is a control would shift the screen.
  @Test(arguments: ["漢", "\u{301}", "\u{7}", "\u{1B}", "\u{202E}", "🙂", "e\u{301}", "\u{AD}"])
  func theLineTakesNothingThatIsNotOneCell(_ character: Character) {
    var line = LineEditor("a", limit: 9)
    let isTaken = line.press(.character(character))
    #expect(isTaken)
    #expect(line.text == "a")
    #expect(ClipNote(String(character)) == nil)
  }

  @Test func aLongLineShowsItsCursorAtEveryPlace() {
    let text = String((0..<200).map { Character(Unicode.Scalar(UInt8(33 + $0 % 90))) })
    for columns in [1, 2, 20, 60, 199, 200, 201, 300] {
      var line = LineEditor(text, limit: 200)
      for _ in 0...200 {
        let (shown, cursor) = line.window(columns)
        #expect((0..<columns).contains(cursor) && shown.count <= columns)
        let under = Array(text).indices.contains(line.cursor) ? Array(text)[line.cursor] : nil
        #expect(
          Array(shown).indices.contains(cursor) ? Array(shown)[cursor] == under : under == nil)
        _ = line.press(.left)
      }
    }
  }

  // MARK: - Copies

  @Test func copiesLabelsOfTheClipLabelledLastAsOneChange() {
    var desk = desk()
    desk.type("po2 m→m")
    #expect(desk.sheet?.segments.count == 1)
    desk.open(2, predictions: [("animal", 0.9), ("level_0", 0.8)])
    desk.type("v")
    desk.type("=")
    #expect(
      desk.changes == [
        .copy(
          CopiedLabels(
            terms: ["level_2", "loitering", "person"].map { TermID($0) }, cannotJudge: nil,
            touched: Axis.allCases))
      ])
    #expect(desk.setTerms == ["person", "loitering", "level_2"])
    #expect(desk.sheet?.segments.isEmpty == true)
    #expect(
      desk.notice
        == "Copied person, loitering, 2 from clip \(Desk.id(1).short): u takes it back")
    #expect(Proposals(clip: desk.state.clip!, taxonomy: taxonomy).all.isEmpty)
    // Nothing is committed by it, and one undo takes all of it back.
    #expect(desk.state.clip?.history.state == .due)
    desk.type("u")
    #expect(desk.setTerms == ["vehicle"])
  }

  @Test func copiesThatAClipCannotBeJudged() {
    var desk = desk()
    desk.type("c2")
    desk.open(2)
    desk.type("p=")
    #expect(desk.sheet?.cannotJudge == "frosted" && desk.setTerms.isEmpty)
    desk.type("=")
    #expect(desk.notice == "These labels are set already")
  }

  @Test func refusesWhereThereIsNothingOrASegmentWouldLoseItsLabel() {
    var desk = desk()
    #expect(desk.type("=").isEmpty)
    #expect(desk.notice == "No clip before this one has labels to copy")
    desk.type("p")
    #expect(desk.type("=").isEmpty, "its own are not another's")
    desk.open(2)
    desk.type("v m→m")
    #expect(desk.type("=").isEmpty)
    #expect(desk.notice == "A segment says vehicle: remove it first (tab, del)")
  }

  @Test func knowsWhatWasCommittedBeforeTheSession() {
    var desk = desk()
    var sheet = LabelSheet()
    sheet.apply(.set(TermID("animal"), isConfirmation: true), ordinal: 0, taxonomy: taxonomy)
    sheet.apply(.set(TermID("gone"), isConfirmation: false), ordinal: 1, taxonomy: taxonomy)
    desk.send(.lastVerdict(Desk.id(7), sheet))
    desk.type("=")
    #expect(desk.setTerms == ["animal"], "a label the taxonomy no longer has is not copied")
    // What is labelled in the session counts before it.
    desk.open(2)
    desk.type("v")
    desk.open(3)
    desk.type("=")
    #expect(desk.setTerms == ["vehicle"])
  }

  @Test func labelsThatNeverReachedTheDiskAreNotCopied() {
    var desk = desk()
    desk.type("p")
    desk.send(.storeFailed(Desk.id(1), sentence: "full", lostCount: 1))
    desk.open(2)
    desk.type("=")
    #expect(desk.setTerms.isEmpty)
  }
}
