// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// The paragraphs *Drafts* and *Undo* of the design, and what the disk has to say.
@Suite struct DraftTests {
  @Test func aDraftComesBackWithItsEvents() {
    var desk = Desk()
    desk.open()
    desk.type("po2")
    let events = desk.state.clip?.history.events ?? []
    let screen = desk.screen()
    desk.open(2)
    #expect(desk.setTerms.isEmpty)
    desk.open(1, events: events)
    #expect(desk.setTerms == ["person", "loitering", "level_2"])
    #expect(screen.contains("· draft ·") && desk.screen().contains("· draft ·"))
  }

  @Test func everyLabelIsAppendedAtOnceWithItsOrdinal() {
    var desk = Desk()
    desk.open()
    let effects = desk.type("pop2")
    let events = effects.flatMap { effect -> [LabelEvent] in
      if case .append(let events) = effect { return events }
      return []
    }
    #expect(events.map(\.ordinal) == [0, 1, 2, 3])
    #expect(events.allSatisfy { $0.clip == Desk.id(1) && $0.reviewer.text == "r07" })
    #expect(events.allSatisfy { $0.taxonomyVersion == "2026.1" })
    #expect(events.map(\.atMilliseconds).min() ?? 0 > 1_790_000_000_000)
  }

  @Test func aLabelIsDimUntilItIsOnDisk() {
    var desk = Desk()
    desk.open()
    desk.type("p")
    #expect(desk.cell("● p person")?.emphasis == .dim)
    #expect(desk.cell("● p person")?.role == .set)
    desk.store()
    #expect(desk.cell("● p person")?.emphasis == .bold)
    desk.type("v")
    #expect(desk.cell("● p person")?.emphasis == .bold)
    #expect(desk.cell("● v vehicle")?.emphasis == .dim)
    desk.send(.stored(Desk.id(1), throughOrdinal: 0))
    #expect(desk.cell("● v vehicle")?.emphasis == .dim)
  }

  @Test func whatTheStoreRefusedLeavesTheScreenAndIsSaid() {
    var desk = Desk()
    desk.open()
    desk.type("p")
    desk.store()
    desk.type("v2")
    desk.send(.storeFailed(Desk.id(1), sentence: "the disk is full", lostCount: 2))
    #expect(desk.setTerms == ["person"])
    #expect(desk.cell("Not stored: the disk is full")?.role == .flagged)
    #expect(desk.cell("● p person")?.emphasis == .bold)
    desk.press(.character("a"), after: 100)
    #expect(desk.notice == "Not stored: the disk is full")
    #expect(desk.changes == [.set(TermID("animal"), isConfirmation: false)])
    #expect(desk.state.clip?.history.events.map(\.ordinal) == [0, 1])
    desk.press(.character("b"), after: 1000)
    #expect(desk.notice.isEmpty)
  }

  @Test func aLostVerdictOfAnotherClipIsNamed() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    desk.open(2)
    desk.send(.storeFailed(Desk.id(1), sentence: "the disk is full", lostCount: 1))
    #expect(desk.notice.contains(Desk.id(1).short))
    #expect(desk.state.stats.committed == 0)
    desk.send(.stored(Desk.id(1), throughOrdinal: 9))
    #expect(desk.state.stats.committed == 0)
  }

  @Test func aLostFlagLeavesTheGlassBlank() {
    var desk = Desk()
    desk.open()
    desk.type("X")
    desk.send(.storeFailed(Desk.id(1), sentence: "the disk is full", lostCount: 1))
    #expect(desk.state.clip?.isFlagged == false)
    #expect(desk.state.picture == .solid)
    #expect(desk.state.isBlanked)
  }

  @Test func undoTakesBackOneChangeAndRedoBringsItAgain() {
    var desk = Desk()
    desk.open()
    desk.type("po2")
    desk.type("u")
    #expect(desk.changes == [.undo(2)])
    #expect(desk.setTerms == ["person", "loitering"])
    #expect(desk.notice == "Taken back: human presence, intent unknown")
    desk.type("uu")
    #expect(desk.setTerms.isEmpty)
    desk.type("UUU")
    #expect(desk.setTerms == ["person", "loitering", "level_2"])
    #expect(desk.type("U").isEmpty)
    #expect(desk.notice == "Nothing to do again")
  }

  @Test func undoBringsDroppedPredictionsBack() {
    var desk = Desk()
    desk.open(predictions: [("animal", 0.82)])
    desk.type("p")
    #expect(!desk.screen().contains("○ a animal"))
    desk.type("u")
    #expect(desk.screen().contains("○ a animal"))
  }

  @Test func withNothingToUndoTheLastCommittedClipIsReopened() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    let events = desk.state.clip?.history.events ?? []
    desk.open(2)
    #expect(desk.type("u") == [.reopenLastCommitted])
    desk.open(1, events: events, isReopening: true)
    #expect(desk.changes == [.reopen])
    #expect(desk.setTerms == ["person", "level_2"])
    #expect(desk.state.clip?.history.verdict == nil)
    #expect(desk.state.clip?.history.state == .due)
    desk.press(.enter, after: 400)
    #expect(desk.changes == [.commit])
  }

  @Test func inAReopenedClipUndoGoesOnWithItsLabels() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    let events = desk.state.clip?.history.events ?? []
    desk.open(2)
    desk.type("u")
    desk.open(1, events: events, isReopening: true)
    desk.press(.character("u"), after: 1000)
    #expect(desk.changes == [.undo(1)])
    #expect(desk.setTerms == ["person"])
  }

  @Test func anUndoneLabelHereComesBeforeReopening() {
    var desk = Desk()
    desk.open()
    desk.type("p")
    #expect(desk.type("u").count == 1)
    #expect(desk.changes == [.undo(0)])
    #expect(desk.type("u") == [.reopenLastCommitted])
  }

  @Test func aClipThatCannotBeOpenedAgainKeepsItsVerdict() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    let events = desk.state.clip?.history.events ?? []
    desk.open(2)
    desk.type("u")
    desk.send(.stays(Notice("Clip a0 is gone; its verdict stays", kind: .error)))
    #expect(desk.state.clip?.id == Desk.id(2))
    #expect(desk.screen().contains("its verdict stays"))
    #expect(desk.type("p").count == 1)

    desk.type("uu")
    desk.send(
      .clipOpened(
        OpenedClip(
          record: Desk.record(1), events: events,
          timeline: Timeline(expectedDuration: .zero), position: 1, frost: .frosted,
          frostReason: "", isReopening: true)))
    desk.send(.clipFailed(Desk.id(1), sentence: "The decoder crashed."))
    desk.send(.firstPictureShown(Desk.id(1), nowMilliseconds: desk.now))
    #expect(desk.effects.isEmpty)
    #expect(desk.state.clip?.history.state == .done)
  }

  @Test func changesOfAnOlderClipAreADraftCorrectionUntilEnter() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    let events = desk.state.clip?.history.events ?? []
    desk.open(2)
    #expect(desk.type("k") == [.openPrevious(of: Desk.id(2))])
    desk.open(1, events: events)
    desk.type("v")
    #expect(desk.state.clip?.history.verdict?.terms.count == 2)
    #expect(desk.state.clip?.history.state == .done)
    #expect(desk.state.clip?.history.hasDraft == true)
    desk.type("⏎")
    #expect(desk.state.clip?.history.verdict?.terms.count == 3)
  }

  @Test func anUnreadableClipTakesNoLabelAndGoesOn() {
    var desk = Desk()
    desk.open()
    desk.send(.clipFailed(Desk.id(2), sentence: "another clip"))
    #expect(desk.state.picture == .frames)
    desk.send(.clipFailed(Desk.id(1), sentence: "The decoder hung for 2 s."))
    #expect(desk.screen().contains("This clip cannot be played"))
    #expect(desk.screen().contains("The decoder hung for 2 s."))
    #expect(view(desk.state, CellSize(columns: 80, rows: 24)).pane == nil)
    #expect(desk.type("p0c-z").isEmpty)
    #expect(desk.state.mode == .review)
    #expect(desk.type("⏎") == [.openNextDue(after: Desk.id(1))])
  }

  @Test("that labels were lost is not hidden by what fails with them, until a key is pressed")
  func lossStays() {
    var desk = Desk()
    desk.open()
    desk.type("p")
    desk.send(.storeFailed(Desk.id(1), sentence: "the disk is full", lostCount: 1))
    let told = desk.state.notice
    let next = Notice("The list cannot be read.", kind: .error)
    desk.send(.notice(next))
    #expect(desk.state.notice == told && desk.notice.contains("Not stored"))
    #expect(desk.state.messages.entries.contains { $0.notice == next })
    desk.type("!")
    desk.send(.notice(next))
    #expect(desk.state.notice == next)
  }
}
