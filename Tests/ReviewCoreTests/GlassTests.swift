// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Sensitive, blank, segments, and leaving clips aside.
@Suite struct GlassTests {
  @Test func aSensitiveClipIsSolidAtOnceAndWithdrawn() {
    var desk = Desk()
    desk.open()
    desk.type("p2X")
    #expect(desk.changes.last == .flag)
    #expect(desk.state.picture == .solid)
    #expect(desk.state.shownFrost == .solid)
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(
      desk.notice == "Withdrawn as sensitive: 1–5 say why, u takes it back (60 s), g goes on")
    #expect(desk.rows()[0].contains("▓ solid"))
    #expect(desk.type("v0cy-z X").isEmpty)
    #expect(desk.state.clip?.history.state == .flagged)
    #expect(desk.type("g") == [.openNextCalm(after: Desk.id(1))])
  }

  @Test(arguments: [(Frost.clear, Frost.strict), (.frosted, .strict), (.solid, .solid)])
  func aFlagTakenBackLeavesTheClipStrict(frost: Frost, shown: Frost) {
    var desk = Desk()
    desk.open(frost: frost)
    #expect(desk.state.shownFrost == frost)
    desk.type("Xu")
    #expect(desk.changes == [.flag, .undo(0)])
    #expect(desk.state.shownFrost == shown)
    #expect(desk.state.picture == .frames)
    let events = desk.state.clip?.history.events ?? []
    desk.open(1, events: events, frost: frost)
    #expect(desk.state.shownFrost == shown)
    if shown == .strict { desk.type("⎋") }
    desk.type("U")
    #expect(desk.changes == [.flag])
    #expect(desk.state.picture == .solid)
  }

  @Test func aFlaggedClipOpensSolidAndStill() {
    var desk = Desk()
    desk.open()
    desk.type("X")
    let events = desk.state.clip?.history.events ?? []
    desk.open(2)
    desk.open(1, events: events)
    #expect(desk.state.picture == .solid)
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.cell("flagged")?.role == .flagged)
  }

  @Test func escapeBlanksAndOnlySpaceReturns() {
    var desk = Desk()
    desk.open()
    desk.type("p⎋")
    #expect(desk.state.picture == .solid)
    #expect(desk.type("v0cX⎋⏎y?/jkgu→.").isEmpty)
    #expect(desk.state.isBlanked && desk.state.mode == .review)
    #expect(desk.setTerms == ["person"])
    desk.type("qx")
    #expect(desk.state.isBlanked && desk.state.mode == .review)
    desk.type(" ")
    #expect(desk.state.picture == .frames)
    #expect(desk.state.clip?.player.isPlaying == false)
  }

  @Test func theGlassStaysBlankWhenTheNextClipComes() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎⎋")
    desk.open(2)
    #expect(desk.state.picture == .solid)
    #expect(desk.state.clip?.player.isPlaying == false)
    desk.type(" ")
    #expect(desk.state.picture == .frames)
    #expect(desk.state.clip?.player.isPlaying == false)
  }

  @Test func keysBetweenTwoClipsReachNeither() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    #expect(desk.type("v0⏎ju").isEmpty)
    desk.open(2)
    #expect(desk.setTerms.isEmpty)
    #expect(desk.type("p").count == 1)
  }

  @Test func screensOverTheClipPauseItAndPlayOn() {
    for key in ["?", "/", "q"] {
      var desk = Desk()
      desk.open()
      desk.type(key)
      #expect(desk.state.picture == .none)
      #expect(desk.state.clip?.player.isPlaying == false)
      #expect(view(desk.state, CellSize(columns: 80, rows: 24)).pane == nil)
      desk.type("⎋")
      #expect(desk.state.mode == .review && !desk.state.isBlanked)
      #expect(desk.state.clip?.player.isPlaying == true)
    }
  }

  @Test func leavingTakesTwo() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("q").isEmpty)
    #expect(desk.screen().contains("commits in this session"))
    #expect(desk.type("p").isEmpty)
    #expect(desk.type("qq") == [.quit])
  }

  // MARK: - Skip and defer

  @Test func skippingAsksWhy() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("-").isEmpty)
    #expect(desk.state.picture == .solid)
    let palette = desk.rows()[2...5].map { String($0.dropFirst(90)) }
    #expect(
      palette == ["  Skip, because:", "   1 disturbing", "   2 know the people", "   3 other"])
    #expect(
      desk.rows(80, 24)[18] == " Skip, because:   1 disturbing   2 know the people   3 other")
    #expect(
      desk.rows(60, 20)[16...17] == [
        " Skip, because:   1 disturbing   2 know the people", " 3 other",
      ])
    desk.type("2")
    #expect(desk.changes == [.skip(reason: "know the people")])
    #expect(desk.effects.last == .openNextDue(after: Desk.id(1)))
  }

  @Test func deferringAsksUntilWhen() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("z").isEmpty)
    #expect(desk.state.mode == .prompt(.postpone) && desk.screen().contains("Defer until:"))
    desk.type("⎋")
    #expect(desk.state.mode == .review && desk.changes.isEmpty)
    desk.type("z1")
    #expect(
      desk.changes == [
        .postpone(untilMilliseconds: 1_790_000_000_000 + desk.now + 4 * 3_600_000)
      ])
    #expect(desk.notice == "Deferred for four hours")
    #expect(desk.effects.last == .openNextDue(after: Desk.id(1)))
  }

  /// 1,790,000,000 is 21 September 2026, 14:13:20 UTC.
  @Test(arguments: [
    (0, 1_790_064_000), (2, 1_790_056_800), (11, 1_790_110_800), (-5, 1_790_082_000),
  ])
  func tomorrowIsEightInTheMorningOfTheSeat(hours: Int64, seconds: Int64) {
    var desk = Desk()
    desk.state.zoneMilliseconds = hours * 3_600_000
    desk.open()
    desk.type("z2")
    #expect(desk.changes == [.postpone(untilMilliseconds: seconds * 1000)])
    #expect(desk.notice == "Deferred until tomorrow 8:00")
  }

  @Test func aDoneClipIsNeitherSkippedNorDeferred() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    desk.open(1, events: desk.state.clip?.history.events ?? [])
    #expect(desk.type("-z").isEmpty)
    #expect(desk.state.mode == .review)
  }

  // MARK: - Segments

  @Test func aSegmentTakesTheLabelPressedLastEventsFirst() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("m").isEmpty)
    #expect(desk.notice.hasPrefix("Press the label first"))
    desk.type(" om")
    let start = desk.state.clip?.playhead ?? Moment(time: .zero, frame: 0)
    #expect(desk.changes.last == .openSegment(TermID("loitering"), at: start))
    desk.type("p→m")
    #expect(desk.sheet?.segments.first?.end?.frame == start.frame + 50)
    desk.type("im")
    #expect(desk.sheet?.segments.last?.term == TermID("intrusion"))
  }

  @Test func aSegmentMarkedBackwardsIsTurnedRound() {
    var desk = Desk()
    desk.open()
    desk.type(" →pm←m")
    let segment = desk.sheet?.segments.first
    #expect((segment?.start.frame ?? 99) < (segment?.end?.frame ?? 0))
  }

  @Test func aSegmentHasAtLeastOneFrameAndReachesTheClipsEnd() {
    var desk = Desk()
    desk.open()
    desk.type(" pm")
    #expect(desk.type("m").isEmpty)
    #expect(desk.notice == "A segment has at least one frame: move on, then m")
    desk.type("→→m")
    #expect(
      desk.sheet?.segments.first?.end
        == Moment(time: MediaTime(milliseconds: 10_000), frame: 100))
  }

  @Test func tabSelectsAndDeleteRemoves() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("⌦").isEmpty)
    desk.type(" pmlm")
    desk.type("lmlm")
    #expect(desk.sheet?.segments.count == 2)
    desk.type("⇥")
    #expect(desk.state.clip?.selectedSegment == desk.sheet?.segments[0].id)
    desk.type("⇥")
    #expect(desk.state.clip?.selectedEdge == .end)
    desk.type("⇥")
    #expect(desk.state.clip?.selectedSegment == desk.sheet?.segments[1].id)
    #expect(desk.state.clip?.playhead == desk.sheet?.segments[1].start)
    desk.type("⌦")
    #expect(desk.sheet?.segments.count == 1)
    #expect(desk.state.clip?.selectedSegment == nil)
    desk.type("u")
    #expect(desk.sheet?.segments.count == 2)
  }

  @Test(arguments: ["o", "n", "c"])
  func aLabelWithASegmentIsNotTakenAway(key: String) {
    var desk = Desk()
    desk.open()
    desk.type(" om→m")
    #expect(desk.type(key).isEmpty)
    #expect(desk.notice == "A segment says loitering: remove it first (tab, del)")
    desk.type("⇥⌦")
    desk.type(key)
    #expect(!desk.changes.isEmpty || desk.state.mode == .prompt(.cannotJudge))
  }

  @Test func segmentsStandInTheirLane() {
    var desk = Desk()
    desk.open()
    desk.type(" om")
    desk.type("→m")
    desk.store()
    let lane = desk.rows(120, 36)[32]
    #expect(lane.contains("├"))
    #expect(lane.contains(" loitering "))
    #expect(lane.contains("┃"))
    #expect(desk.cell("├")?.emphasis == .plain)
    desk.type("h⇥")
    #expect(desk.cell(" loitering ")?.role == .selected)
  }
}
