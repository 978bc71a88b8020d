// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

@testable import ReviewCore

@Suite struct PlayerTests {
  private let timeline = Desk.timeline()

  private func playing(_ percent: Int = 100, at milliseconds: Int64 = 0) -> Player {
    var player = Player(
      speed: Speed(nearest: percent), at: MediaTime(milliseconds: milliseconds))
    player.play(timeline, nowMilliseconds: 0)
    return player
  }

  private func milliseconds(_ player: Player, _ timeline: Timeline? = nil) -> Int64 {
    player.time(timeline ?? self.timeline).microseconds / 1000
  }

  @Test(arguments: [(25, 250), (50, 500), (100, 1000), (150, 1500), (200, 2000), (400, 4000)])
  func keepsRealTimeAtEachSpeed(percent: Int, expected: Int64) {
    var player = playing(percent)
    for now in stride(from: Int64(33), through: 990, by: 33) {
      player.advance(timeline, nowMilliseconds: now)
    }
    player.advance(timeline, nowMilliseconds: 1000)
    #expect(milliseconds(player) == expected)
  }

  @Test func stopsOnTheLastFrameAndReplaysFromTheStart() {
    var player = playing(at: 9800)
    player.advance(timeline, nowMilliseconds: 150)
    #expect(player.isPlaying)
    player.advance(timeline, nowMilliseconds: 400)
    #expect(!player.isPlaying && player.isEnded)
    #expect(timeline.moment(at: player.time(timeline)).frame == 99)
    player.play(timeline, nowMilliseconds: 500)
    #expect(milliseconds(player) == 0)
  }

  @Test func loopBeginsAnew() {
    var player = playing(at: 9850)
    player.isLooping = true
    player.advance(timeline, nowMilliseconds: 350)
    #expect(player.isPlaying)
    #expect(milliseconds(player) == 200)
  }

  @Test func seekingBackFromTheEndPlaysOn() {
    var player = playing(at: 9850)
    player.advance(timeline, nowMilliseconds: 500)
    player.seek(by: MediaTime(milliseconds: -5000), timeline)
    #expect(player.isPlaying)
    #expect(milliseconds(player) == 4900)
    var paused = playing(at: 9850)
    paused.pause()
    paused.seek(by: MediaTime(milliseconds: -5000), timeline)
    #expect(!paused.isPlaying)
  }

  @Test func waitsAtTheDecodedEdgeAndGoesOnWithoutAJump() {
    var player = Player(speed: .normal)
    let part = Desk.timeline(10, isComplete: false)
    player.play(part, nowMilliseconds: 0)
    player.advance(part, nowMilliseconds: 1500)
    #expect(milliseconds(player, part) == 900)
    #expect(player.isPlaying)
    let more = Desk.timeline(50, isComplete: false)
    player.advance(more, nowMilliseconds: 1600)
    #expect(milliseconds(player, more) == 1000)
  }

  @Test func aRestoredPlayheadIsReachedAsTheClipIsDecoded() {
    let player = Player(speed: .normal, at: MediaTime(milliseconds: 6000))
    #expect(milliseconds(player, Desk.timeline(10, isComplete: false)) == 900)
    #expect(milliseconds(player) == 6000)
  }

  @Test func framesAreSteppedExactlyAndPaused() {
    var uneven = Timeline(expectedDuration: MediaTime(milliseconds: 1000))
    for time in [0, 33_367, 66_733, 500_001, 900_000] as [Int64] {
      let frame = TimelineFrame(
        time: MediaTime(microseconds: time), motion: 0, movedEighths: 0)
      let isTaken = uneven.append(frame)
      #expect(isTaken)
    }
    uneven.isComplete = true
    var player = Player(speed: .normal)
    player.play(uneven, nowMilliseconds: 0)
    var seen: [Int64] = []
    for _ in 0..<6 {
      player.step(by: 1, uneven)
      seen.append(player.time(uneven).microseconds)
    }
    #expect(seen == [33_367, 66_733, 500_001, 900_000, 900_000, 900_000])
    player.step(by: -1, uneven)
    #expect(player.time(uneven).microseconds == 500_001)
    #expect(!player.isPlaying)
  }

  @Test func theNextFrameIsDueWhenItsTimeComes() {
    #expect(playing().millisecondsToNextFrame(timeline) == 100)
    #expect(playing(400).millisecondsToNextFrame(timeline) == 25)
    #expect(playing(25).millisecondsToNextFrame(timeline) == 400)
    #expect(Player(speed: .normal).millisecondsToNextFrame(timeline) == nil)
  }

  @Test func aStoppedProgramDoesNotRunTheClipToItsEnd() {
    var player = playing()
    player.advance(timeline, nowMilliseconds: 600_000)
    #expect(milliseconds(player) == Player.longestStepMilliseconds)
  }

  @Test func motionPeaksAreTheTopsMoreThanASecondApart() {
    let frames = Desk.frames()
    let profile = MotionProfile(frames: frames)
    #expect(profile.peaks(frames).map { $0.microseconds / 1000 } == [3000, 7000])
    let still = frames.map { TimelineFrame(time: $0.time, motion: 60, movedEighths: 0) }
    #expect(MotionProfile(frames: still).peaks(still).isEmpty)
  }

  @Test func motionLevelsRiseWithMotion() {
    let profile = MotionProfile(frames: Desk.frames())
    let levels = stride(from: 0, through: 4060, by: 10).map(profile.level)
    #expect(levels == levels.sorted())
    #expect(levels.first == 0 && levels.last == 7)
    #expect(profile.level(profile.threshold) == 0)
  }

  @Test func peaksOfRandomMotionAreApartAndAboveTheNoise() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<50 {
      let frames = (0..<300).map { index in
        TimelineFrame(
          time: MediaTime(milliseconds: Int64(index) * 66),
          motion: Int.random(in: 0...4000, using: &random), movedEighths: 0)
      }
      let profile = MotionProfile(frames: frames)
      let peaks = profile.peaks(frames)
      for (left, right) in zip(peaks, peaks.dropFirst()) {
        #expect(right - left > MediaTime(milliseconds: 1000))
      }
    }
  }

  @Test func keysMoveThePlayhead() {
    var desk = Desk()
    desk.open()
    func time() -> Int64 { (desk.state.clip?.time.microseconds ?? -1) / 1000 }
    #expect(time() == 1000)
    desk.press(.character(" "), after: 0)
    desk.type("l")
    #expect(time() == 2000)
    desk.type("→")
    #expect(time() == 7000)
    desk.type("h←")
    #expect(time() == 1000)
    desk.type("w")
    #expect(time() == 3000)
    desk.type("ww")
    #expect(time() == 7000)
    #expect(desk.notice == "No motion after this")
    desk.type("W.")
    #expect(time() == 3100)
    desk.type(",,")
    #expect(time() == 2900)
  }

  @Test func speedPersistsAcrossClipsAndIsSaved() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("↑↑") == [.saveSpeed(Speed(nearest: 150)), .saveSpeed(Speed(nearest: 200))])
    desk.open(2)
    #expect(desk.state.clip?.player.speed.name == "2×")
    #expect(desk.type("r") == [.saveSpeed(.normal)])
    #expect(desk.type("r").isEmpty)
    #expect(desk.type("↓↓↓↓").count == 2)
    #expect(desk.state.speed.name == "0.25×")
  }

  @Test func aRestoredClipStandsPaused() {
    var desk = Desk()
    desk.open(playhead: MediaTime(milliseconds: 4200))
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.state.clip?.playhead.frame == 42)
  }
}
