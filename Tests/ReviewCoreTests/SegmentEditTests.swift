// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Segments: reaction time, edges that are moved, and segments that overlap.
@Suite struct SegmentEditTests {
  private func desk() -> Desk {
    var desk = Desk()
    desk.open()
    return desk
  }

  private func times(_ desk: Desk) -> [Int64] {
    (desk.sheet?.segments ?? []).flatMap { segment in
      [segment.start.time.microseconds / 1000, (segment.end?.time.microseconds ?? -1) / 1000]
    }
  }

  // MARK: - Reaction time

  @Test(arguments: [(100, 250), (200, 250), (50, 250), (100, 0), (400, 1000)])
  func edgesSetWhileTheClipPlaysLieEarlier(percent: Int, milliseconds: Int64) {
    var desk = Desk(speed: Speed(nearest: percent))
    desk.state.reviewRules.reactionMilliseconds = milliseconds
    desk.open()
    desk.state.clip?.player.seek(to: MediaTime(milliseconds: 5000), Desk.timeline())
    desk.type("p")
    desk.press(.character("m"), after: 0)
    let here = desk.state.clip?.time.microseconds ?? 0
    let start = desk.sheet?.segments.first?.start
    let wanted = here - milliseconds * Int64(percent) * 10
    #expect(start == Desk.timeline().moment(at: MediaTime(microseconds: max(0, wanted))))
    desk.press(.character("m"), after: 500)
    let end = (desk.state.clip?.time.microseconds ?? 0) - milliseconds * Int64(percent) * 10
    let frames = Desk.timeline().moment(at: MediaTime(microseconds: max(0, end)))
    #expect(desk.sheet?.segments.first?.end == frames)
  }

  @Test func edgesSetWhileItStandsStillAreExact() {
    var desk = desk()
    desk.type(" p")
    let here = desk.state.clip?.playhead
    desk.type("m")
    #expect(desk.sheet?.segments.first?.start == here)
    desk.type("lm")
    #expect(desk.sheet?.segments.first?.end == desk.state.clip?.playhead)
  }

  @Test func atTheBeginningAnEdgeStaysInTheClipAndAShortOneKeepsAFrame() {
    var desk = Desk()
    desk.state.reviewRules.reactionMilliseconds = 1000
    desk.open()
    desk.type("r")
    desk.state.clip?.player.seek(to: MediaTime(milliseconds: 100), Desk.timeline())
    desk.press(.character("p"), after: 0)
    desk.press(.character("m"), after: 0)
    #expect(desk.sheet?.segments.first?.start.frame == 0)
    desk.press(.character("m"), after: 300)
    #expect(desk.sheet?.segments.first?.end?.frame == 1)
  }

  // MARK: - Moving

  @Test func playKeysMoveTheSelectedEdgeAndThePictureFollows() {
    var desk = desk()
    desk.type(" p..........mllm")
    let before = times(desk)
    desk.type("⇥")
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.state.clip?.time.microseconds == before[0] * 1000)
    #expect(desk.type(",,").isEmpty, "not an event a press")
    #expect(desk.state.clip?.time.microseconds == (before[0] - 200) * 1000)
    #expect(
      desk.row(containing: "move begin of person").hasPrefix(" , . move begin of person, 0:0"))
    desk.wait(1000)
    #expect(desk.sheet?.segments.first?.start.time.microseconds == (before[0] - 200) * 1000)
    #expect(
      Desk.changes(desk.allEffects).count { if case .moveSegment = $0 { true } else { false } } == 1
    )
    desk.type("⇥h")
    #expect(desk.rows()[35].contains("move end of person"))
    desk.type("⏎")
    #expect(times(desk) == [before[0] - 200, before[1] - 1000])
    #expect(desk.state.clip?.selectedSegment == nil)
    desk.type("uu")
    #expect(times(desk) == before)
  }

  @Test func anEdgeNeverPassesTheOtherNorTheClipsEnds() {
    var desk = desk()
    desk.type(" pmlm⇥→→→⏎")
    var segment = desk.sheet?.segments.first
    #expect(segment?.start.frame == (segment?.end?.frame ?? 0) - 1)
    desk.type("⇥←←←⏎⇥⇥→→→→⏎")
    segment = desk.sheet?.segments.first
    #expect(segment?.start == Moment(time: .zero, frame: 0))
    #expect(segment?.end == Moment(time: MediaTime(milliseconds: 10_000), frame: 100))
    desk.type("⇥⇥←←←←⏎")
    #expect(desk.sheet?.segments.first?.end?.frame == 1)
  }

  @Test func escapeBlanksAtOnceAndLeavesTheSegmentTheMoveKept() {
    var desk = desk()
    desk.type(" pmlm⇥,")
    let effects = desk.type("⎋")
    #expect(desk.state.isBlanked && desk.state.clip?.selectedSegment == nil)
    #expect(!Desk.changes(effects).isEmpty)
  }

  @Test func aHeldEnterThatLeavesASegmentDoesNotCommit() {
    var desk = desk()
    desk.type("p1 mlm⇥")
    for _ in 0..<20 { desk.press(.enter, after: 30) }
    #expect(desk.state.clip?.history.state == .due)
  }

  @Test(arguments: ["v", "q", "X", "j", "Q", "/", "⇥", "m"])
  func whateverComesNextTheMoveIsKept(key: String) {
    var desk = desk()
    desk.type(" pmlm⇥,")
    let effects = desk.type(key)
    #expect(
      Desk.changes(effects).contains {
        if case .moveSegment(_, .start, _) = $0 { true } else { false }
      })
  }

  @Test func otherKeysMeanWhatTheyAlwaysDo() {
    var desk = desk()
    desk.type(" pmlm⇥v")
    #expect(desk.setTerms == ["person", "vehicle"])
    desk.type("⌦")
    #expect(desk.sheet?.segments.isEmpty == true && desk.state.clip?.selectedSegment == nil)
    let here = desk.state.clip?.time ?? .zero
    desk.type(".")
    #expect((desk.state.clip?.time ?? .zero) > here, "the play keys play again")
  }

  @Test func anOpenSegmentHasOneEdge() {
    var desk = desk()
    desk.type(" pm⇥")
    #expect(desk.state.clip?.selectedEdge == .start)
    desk.type("⇥")
    #expect(desk.state.clip?.selectedSegment == nil)
  }

  // MARK: - Overlap

  @Test func segmentsThatOverlapAreDrawnDoubleEachWithItsName() {
    var desk = desk()
    desk.type("  ,,,,,,,,,,,,,,,,,,,,p")
    desk.state.clip?.player.seek(to: .zero, Desk.timeline())
    desk.state.clip?.player.pause()
    // A person from 0 to 6 s, loitering from 4 to 10 s.
    desk.type("mllllll")
    desk.type("m")
    desk.type("hho")
    desk.type("m→→m←←")
    let lane = desk.rows(120, 36)[32]
    #expect(lane.contains(" person ") && lane.contains(" loitering "))
    #expect(lane.contains("╞═") && lane.contains("═╡"))
    #expect(lane.contains("─╞") && lane.contains("╡─"))
    // The selected one lies on top with its name over all of it.
    desk.type("⇥")
    #expect(desk.cell("person ─", columns: 120, rows: 36)?.role == .selected)
  }
}
