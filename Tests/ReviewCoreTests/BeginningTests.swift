// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// How a clip begins, where a session goes on, and how fast it was.
@Suite struct BeginningTests {
  private func desk(_ place: OpeningPlace, speed: OpeningSpeed = .kept) -> Desk {
    var desk = Desk()
    desk.state.reviewRules.openAt = place
    desk.state.reviewRules.openSpeed = speed
    return desk
  }

  private func opened(
    _ timeline: Timeline, motion: [UInt8] = [], playhead: MediaTime? = nil, playsOn: Bool = false
  ) -> OpenedClip {
    var record = Desk.record(1)
    record.facts.motion = motion
    return OpenedClip(
      record: record, events: [], timeline: timeline, position: 1, frost: .frosted,
      frostReason: "", playhead: playhead, playsOn: playsOn)
  }

  // MARK: - Where

  @Test func aSecondBeforeTheFirstMotionWhereTheFramesAreKnown() {
    var desk = desk(.motion)
    desk.send(.clipOpened(opened(Desk.timeline())))
    #expect(desk.state.clip?.time == MediaTime(milliseconds: 2000))
    desk.send(.firstPictureShown(Desk.id(1), nowMilliseconds: desk.now))
    #expect(desk.state.clip?.player.isPlaying == true)
    desk.wait(500)
    #expect(desk.state.clip?.time == MediaTime(milliseconds: 2500))
  }

  @Test func theStartWhereThePolicySaysSoOrNothingMoves() {
    for (place, motion) in [
      (OpeningPlace.start, [0, 7] as [UInt8]), (.motion, [0, 0]), (.motion, []),
    ] {
      var desk = desk(place)
      desk.send(.clipOpened(opened(Desk.timeline(1, isComplete: false), motion: motion)))
      #expect(desk.state.clip?.time == .zero && desk.state.clip?.beginsAt?.microseconds ?? 0 == 0)
    }
  }

  /// The first picture is the first frame, at once; the clip goes to its motion once that is decoded.
  @Test func noFirstPictureWaitsForTheMotion() {
    var desk = desk(.motion)
    desk.send(
      .clipOpened(
        opened(Desk.timeline(1, isComplete: false), motion: [0, 0, 0, 2, 5, 3, 0, 7, 0, 0])))
    #expect(desk.state.clip?.time == .zero)
    desk.send(.firstPictureShown(Desk.id(1), nowMilliseconds: desk.now))
    for frame in Desk.frames()[1..<29] { desk.send(.timeline(Desk.id(1), frame)) }
    #expect(desk.state.clip?.time == .zero)
    for frame in Desk.frames()[29...31] { desk.send(.timeline(Desk.id(1), frame)) }
    // The fifth of ten parts of 10 s, less a second.
    #expect(desk.state.clip?.time == MediaTime(milliseconds: 3000))
    #expect(desk.state.clip?.player.isPlaying == true)
  }

  @Test func whoMovedTheClipMeanwhileIsNotMovedAgain() {
    var desk = desk(.motion)
    desk.send(.clipOpened(opened(Desk.timeline(5, isComplete: false), motion: [0, 0, 0, 0, 7])))
    desk.send(.firstPictureShown(Desk.id(1), nowMilliseconds: desk.now))
    desk.type(".")
    let here = desk.state.clip?.time
    for frame in Desk.frames()[5...] { desk.send(.timeline(Desk.id(1), frame)) }
    desk.send(.timelineComplete(Desk.id(1), duration: MediaTime(milliseconds: 10_000)))
    #expect(desk.state.clip?.time == here)
  }

  // MARK: - How fast

  @Test func atThePolicysSpeedEachTimeOrAtTheLast() {
    var desk = desk(.start, speed: .half)
    desk.open()
    #expect(desk.state.speed == Speed(nearest: 150) && desk.state.clip?.player.speed.percent == 150)
    desk.type("↑")
    #expect(desk.state.speed == Speed(nearest: 200))
    desk.open(2)
    #expect(desk.state.speed == Speed(nearest: 150))
    var kept = self.desk(.start)
    kept.open()
    kept.type("↑")
    kept.open(2)
    #expect(kept.state.speed == Speed(nearest: 150))
    // A session that goes on has the speed it had.
    desk.type("↑↑")
    desk.open(2, playhead: .zero)
    #expect(desk.state.speed == Speed(nearest: 400))
  }

  // MARK: - Going on

  @Test(arguments: [true, false]) func aSessionGoesOnAsItWasLeft(playsOn: Bool) {
    var desk = desk(.motion)
    let place = MediaTime(milliseconds: 4000)
    desk.send(
      .clipOpened(opened(Desk.timeline(1, isComplete: false), playhead: place, playsOn: playsOn)))
    desk.send(.firstPictureShown(Desk.id(1), nowMilliseconds: desk.now))
    #expect(desk.state.clip?.player.isPlaying == playsOn)
    for frame in Desk.frames()[1...] {
      desk.wait(50)
      desk.send(.timeline(Desk.id(1), frame))
      // Decoding is behind: the place is waited for.
      if frame.time < place { #expect(desk.state.clip?.time == frame.time) }
    }
    #expect((desk.state.clip?.time ?? .zero) >= place)
    #expect((desk.state.clip?.time == place) == !playsOn)
    #expect(desk.state.isPlayingOn == playsOn)
  }

  @Test func theWorklistOpensWhereItWasLeft() {
    var desk = Desk()
    desk.state.worklistPlace = WorklistPlace(filter: .done, selection: 700)
    desk.open()
    #expect(desk.type("/").last == .loadRows(.done, offset: 550, limit: 300))
    desk.type("⇥")
    let place = WorklistPlace(filter: .disputed, selection: 0)
    #expect(desk.type("⎋") == [.saveWorklistPlace(place)])
    #expect(desk.type("/").last == .loadRows(.disputed, offset: 0, limit: 300))
    #expect(desk.type("⎋").isEmpty)
    #expect(WorklistPlace(text: place.text) == place)
    for text in ["", "due", "due -x", "other 3", "due 3 4", "due 99999999999999999999"] {
      #expect(WorklistPlace(text: text) == nil)
    }
    #expect(WorklistPlace(text: "due -3")?.selection == 0)
  }

  // MARK: - Pace

  @Test func thePaceIsThatOfTheLastTwentyAndKeysTheMedian() {
    var pace = SessionPace()
    #expect(pace.tenthsPerMinute == nil && pace.medianKeys == nil)
    pace.add(keys: 40, nowMilliseconds: 0)
    #expect(pace.tenthsPerMinute == nil && pace.medianKeys == 40)
    // An hour's pause lies before the last twenty.
    for index in 0..<20 {
      pace.add(keys: 2 + index % 2, nowMilliseconds: 3_600_000 + Int64(index) * 6000)
    }
    #expect(pace.tenthsPerMinute == 100)
    #expect(pace.medianKeys == 3)
    pace.add(keys: .max, nowMilliseconds: 3_600_000 + 20 * 6000)
    #expect(pace.medianKeys == 3)
    var atOnce = SessionPace()
    for _ in 0..<3 { atOnce.add(keys: 0, nowMilliseconds: 5) }
    #expect(atOnce.tenthsPerMinute != nil)
  }

  @Test func theScreenShowsPaceAndKeysOnceClipsAreCommitted() {
    var desk = Desk()
    for number in 1...3 as ClosedRange<UInt64> {
      desk.open(number)
      desk.type(number == 2 ? "pvo2⏎" : "p2⏎")
      desk.store()
      desk.now += 10_000
    }
    #expect(desk.rows(120, 36)[0].contains(" a minute   0 / 150 "))
    #expect(!desk.rows(60, 20)[0].contains("a minute"))
    desk.open(4)
    desk.type("q")
    #expect(desk.screen(80, 24).contains("clips a minute, last 20   "))
    #expect(desk.screen(80, 24).contains("keys a clip, median   3\n"))
  }
}
