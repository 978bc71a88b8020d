// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// What spares the reviewer: why a clip was flagged, what comes next, and breaks.
@Suite struct SparingTests {
  // MARK: - Why

  @Test(arguments: zip("12345", FlagReason.allCases))
  func aDigitSaysWhyAndGoesOn(key: Character, reason: FlagReason) {
    var desk = Desk()
    desk.open()
    desk.type("pX\(key)")
    #expect(
      desk.effects == [
        desk.effects[0], desk.effects[1],
        .append([desk.event(2, .flagReason(reason))]), .openNextCalm(after: Desk.id(1)),
      ])
    #expect(desk.state.clip?.history.flagReason == reason)
    #expect(desk.state.clip?.isFlagged == true && desk.setTerms == ["person"])
    #expect(desk.type("2u").isEmpty, "keys between two clips reach neither")
  }

  @Test(arguments: ["g", "⏎"])
  func goingOnNeedsNoReason(key: String) {
    var desk = Desk()
    desk.open()
    desk.type("X")
    #expect(desk.type(key) == [.openNextCalm(after: Desk.id(1))])
    #expect(desk.state.clip?.history.flagReason == nil)
  }

  @Test func otherDigitsAndOthersFlagsTakeNoReason() {
    var desk = Desk()
    desk.open()
    desk.type("X")
    #expect(desk.type("06789y").isEmpty)
    let flag = LabelEvent(
      clip: Desk.id(2), ordinal: 0, reviewer: ReviewerID("r08"), atMilliseconds: 0,
      taxonomyVersion: "2026.1", change: .flag)
    desk.open(2, events: [flag])
    #expect(desk.type("1").isEmpty)
    #expect(desk.notice == "Withdrawn as sensitive: a lead can restore it, g goes on")
  }

  @Test func theReasonsStandWhereThePaletteWas() {
    var desk = Desk()
    desk.open()
    desk.type("X")
    #expect(desk.screen().contains("Sensitive, because:"))
    #expect(
      desk.rows(80, 24)[18]
        == " Sensitive, because:   1 nudity   2 intimacy   3 child   4 violence   5 other")
    #expect(
      desk.rows(60, 20)[18] == " Withdrawn as sensitive: 1–5 say why, u takes it back (60 …")
    desk.type("u")
    #expect(!desk.screen().contains("because"))
  }

  /// A reason is no step of its own: what was flagged is what `u` takes back.
  @Test func aFlagWithItsReasonIsTakenBackAtOnce() {
    var desk = Desk()
    desk.open()
    desk.type("X3")
    desk.send(.stays(Notice("No other clip is due.")))
    #expect(desk.type("1").isEmpty, "it is given once")
    desk.type("u")
    #expect(desk.changes == [.undo(0)])
    #expect(desk.state.clip?.isFlagged == false && desk.state.picture == .frames)
    desk.type("X")
    #expect(desk.state.clip?.history.flagReason == nil)
    desk.type("4")
    #expect(desk.changes.last == .flagReason(.violence))
  }

  // MARK: - What comes next

  @Test func theClipAfterAFlaggedOneStandsStill() {
    var desk = Desk()
    desk.open()
    desk.type("Xg")
    desk.open(2)
    #expect(desk.notice == "Paused: space plays; u goes back to the clip withdrawn")
    #expect(desk.state.picture == .frames)
    #expect(desk.state.clip?.player.isPlaying == false && desk.state.clip?.time == .zero)
    desk.type(" ")
    #expect(desk.state.clip?.player.isPlaying == true)
    desk.open(3)
    #expect(desk.state.clip?.player.isPlaying == true, "the one after that plays again")
  }

  @Test func undoGoesBackToTheClipWithdrawnAsLongAsItCanBeTakenBack() {
    var desk = Desk()
    desk.open()
    desk.type("X2")
    desk.open(2)
    #expect(desk.type("u") == [.open(Desk.id(1))])
    // What was done on this clip goes first.
    desk.open(2)
    desk.type("pu")
    #expect(desk.changes.last == .undo(0))
    #expect(desk.type("u") == [.open(Desk.id(1))])
    desk.open(2)
    desk.press(.character("u"), after: 61_000)
    #expect(desk.effects == [.reopenLastCommitted])
    desk.open(3)
    desk.type("Xu")
    desk.open(4)
    #expect(desk.type("u") == [.reopenLastCommitted], "that one was taken back")
  }

  @Test func aHeldKeyLeavesWhatItSaid() {
    var desk = Desk()
    desk.open()
    desk.type("u")
    desk.send(.stays(Notice("There is nothing to take back")))
    for _ in 0..<3 { desk.press(.character("u"), after: 30) }
    #expect(desk.notice == "There is nothing to take back")
    desk.press(.character("u"), after: 2000)
    #expect(desk.notice.isEmpty)
  }

  @Test func anErrorIsNotCovered() {
    var desk = Desk()
    desk.open()
    desk.type("Xg")
    desk.send(.notice(Notice("The disk is full.", kind: .error)))
    desk.open(2)
    #expect(desk.notice == "The disk is full.")
    #expect(desk.state.clip?.player.isPlaying == false)
  }

  @Test func aFlagTakenBackGoesOnAsEver() {
    var desk = Desk()
    desk.open()
    desk.type("Xu")
    #expect(desk.type("g") == [.openNextDue(after: Desk.id(1))])
  }

  @Test func whereAllAreFlaggedNoneOpensByItself() {
    var desk = Desk()
    desk.open()
    desk.type("Xg")
    desk.send(.onlyFlaggedDue(WorklistCounts()))
    #expect(desk.state.clip == nil)
    #expect(desk.screen().contains("Only clips that were flagged before are due"))
    #expect(desk.type("g") == [.openNextDue(after: nil)])
    desk.send(.nothingDue(WorklistCounts()))
    #expect(desk.screen().contains("Nothing is due"))
  }

  @Test func aClipFlaggedBeforeIsSkippedUnasked() {
    var desk = Desk()
    desk.open()
    desk.type("Xu")
    desk.open(1, events: desk.state.clip?.history.events ?? [])
    desk.type("⎋-")
    #expect(desk.changes == [.skip(reason: LabelChange.flaggedBefore)])
    #expect(desk.effects.last == .openNextDue(after: Desk.id(1)))
    #expect(desk.screen().contains("skipped: flagged before"))
    desk.open(2)
    desk.type("-")
    #expect(desk.state.mode == .prompt(.skip), "any other is asked")
  }

  // MARK: - The contact sheet first

  @Test(arguments: [
    (Frost.frosted, false), (.strict, true), (.solid, false), (.clear, false),
  ])
  func aStrictClipOpensWithItsContactSheet(frost: Frost, hasSheet: Bool) {
    var desk = Desk()
    desk.open(frost: frost)
    #expect(desk.isSheet == hasSheet)
    #expect(desk.state.clip?.player.isPlaying == !hasSheet)
    guard hasSheet else { return }
    #expect(desk.state.shownFrost == .strict)
    desk.type("⎋")
    #expect(desk.state.mode == .review && desk.state.clip?.player.isPlaying == false)
  }

  @Test func aClipFlaggedBeforeOpensWithItsContactSheet() {
    var desk = Desk()
    desk.open()
    desk.type("Xu")
    desk.open(1, events: desk.state.clip?.history.events ?? [])
    #expect(desk.isSheet)
    desk.type("9")
    #expect(desk.state.mode == .review && desk.state.clip?.player.isPlaying == false)
  }

  @Test func theSheetWaitsForTheClipAndGivesWayToKeys() {
    for key in ["", "p"] {
      var desk = Desk()
      desk.open(frost: .strict, timeline: Desk.timeline(isComplete: false))
      #expect(!desk.isSheet && desk.state.clip?.player.isPlaying == false)
      desk.type(key)
      desk.send(.timelineComplete(Desk.id(1), duration: MediaTime(milliseconds: 10_000)))
      #expect(desk.isSheet == key.isEmpty)
    }
  }

  @Test func aClipThatIsGoneOnWithHasNoSheetFirst() {
    var desk = Desk()
    desk.open(frost: .strict, playhead: MediaTime(milliseconds: 500))
    #expect(!desk.isSheet)
  }

  // MARK: - Breaks

  private static let reminder = "50 minutes without a break: a few away from the screen do good"
  private static let minute: Int64 = 60_000

  /// A desk where a key was pressed each minute, the first at minute 0.
  private static func busy(minutes: Int) -> Desk {
    var desk = Desk()
    desk.open()
    for _ in 0...minutes { desk.press(.character("x"), after: minute) }
    return desk
  }

  @Test func fiftyMinutesOfWorkAreEnough() {
    #expect(!Self.busy(minutes: 49).screen().contains("without a break"))
    var desk = Self.busy(minutes: 50)
    #expect(desk.rows(80, 24)[22] == " " + Self.reminder)
    #expect(desk.state.notice == nil && desk.type("p").count == 1, "it interrupts nothing")
    desk.press(.character("x"), after: Self.minute)
    #expect(!desk.screen().contains("without a break"))
    #expect(Self.busy(minutes: 100).screen().contains("100 minutes without a break"))
  }

  @Test(arguments: [(Int64(4), true), (5, false)])
  func aPauseOfFiveMinutesIsABreak(minutes: Int64, isReminded: Bool) {
    var desk = Self.busy(minutes: 49 - Int(minutes))
    desk.press(.character("x"), after: minutes * Self.minute)
    desk.press(.character("x"), after: Self.minute)
    #expect(desk.screen().contains("without a break") == isReminded)
  }

  @Test func aLockedTimeIsAPauseToo() {
    for minutes in [2, 6] as [Int64] {
      var desk = Self.busy(minutes: 49 - Int(minutes))
      desk.press(.character("Q"), after: 0)
      desk.now += minutes * Self.minute
      desk.send(.tick(nowMilliseconds: desk.now))
      desk.send(.lock(.entered))
      desk.send(.lock(.unlocked))
      desk.open()
      desk.press(.character("x"), after: Self.minute)
      #expect(desk.screen().contains("without a break") == (minutes == 2))
    }
  }

  @Test func errorsAndWhatStandsComeFirst() {
    var desk = Self.busy(minutes: 50)
    desk.send(.notice(Notice("The disk is full.", kind: .error)))
    #expect(desk.screen().contains("The disk is full."))
    #expect(!desk.screen().contains("without a break"))
    desk = Self.busy(minutes: 50)
    desk.type("⎋")
    #expect(desk.screen().contains("Blanked: space returns"))
    desk.press(.character("x"), after: 300_000)
    #expect(!desk.screen().contains("without a break"))
  }
}

extension Desk {
  fileprivate var isSheet: Bool {
    if case .contactSheet = state.mode { true } else { false }
  }

  /// An event as the last key made it.
  fileprivate func event(_ ordinal: Int, _ change: LabelChange) -> LabelEvent {
    LabelEvent(
      clip: Desk.id(1), ordinal: ordinal, reviewer: state.reviewer,
      atMilliseconds: state.wallMilliseconds, taxonomyVersion: "2026.1", change: change)
  }
}
