// SPDX-License-Identifier: Apache-2.0

import ReviewCore
import Testing
import Vocabulary
import Words

@testable import ReviewSession

/// The session that plays by itself presses keys a reviewer could press, and leaves in time.
@Suite struct AutoplayTests {
  private static let taxonomy = Taxonomy(
    version: "t",
    terms: [
      Term(
        id: TermID("person"), axis: .moved, key: "p", name: "person", standard: "",
        isExclusive: false),
      Term(
        id: TermID("level_0"), axis: .level, key: "0", name: "none", standard: "",
        isExclusive: false),
    ], cannotJudgeKey: "c", cannotJudgeReasons: [Reason(id: "other", key: "5", name: "other")],
    skipReasons: [])

  private func state(_ predictions: [Prediction]) -> State {
    var state = State(
      texts: Words.texts(.english), taxonomy: Self.taxonomy, reviewer: ReviewerID("r"), seat: "s",
      vault: "v", dailyGoal: 1,
      allowsQuickLevels: false, speed: .normal, nowMilliseconds: 0)
    let facts = ClipFacts(
      size: PixelSize(width: 2, height: 2), pixelAspect: .one,
      duration: MediaTime(milliseconds: 9000), frameCount: 9, frameRate: Ratio(1, 1), codec: "h264",
      greys: .even)
    let record = ClipRecord(
      id: ClipID(high: 1, low: 1), source: .staffTest, consent: "", camera: CameraID("c"),
      recordedAt: "", alert: CameraAlert(label: "", score: nil, model: ""),
      predictions: predictions, facts: facts, ingestedAtMilliseconds: 0)
    _ = update(
      &state,
      .clipOpened(
        OpenedClip(
          record: record, events: [], timeline: Timeline(expectedDuration: facts.duration),
          position: 1, frost: .clear, frostReason: "")))
    return state
  }

  /// Plays a state for some seconds; every label event that came of it.
  private func play(_ state: inout State, seconds: Int64) -> [LabelChange] {
    var autoplay = Autoplay(seconds: 60, nowMilliseconds: 0)
    var changes: [LabelChange] = []
    _ = update(
      &state, .firstPictureShown(state.clip?.id ?? ClipID(high: 0, low: 0), nowMilliseconds: 0))
    for now in stride(from: Int64(0), through: seconds * 1000, by: 50) {
      for key in autoplay.keys(state, nowMilliseconds: now) {
        for effect in update(&state, .key(key, nowMilliseconds: now, wallMilliseconds: now)) {
          if case .append(let events) = effect { changes += events.map(\.change) }
        }
      }
    }
    return changes
  }

  @Test func confirmsPredictionsThatMakeAVerdict() {
    var state = state([
      Prediction(term: TermID("person"), score: 0.9),
      Prediction(term: TermID("level_0"), score: 0.8),
    ])
    #expect(
      play(&state, seconds: 6) == [
        .set(TermID("person"), isConfirmation: true), .set(TermID("level_0"), isConfirmation: true),
        .commit,
      ])
  }

  @Test func saysThatItCannotJudgeWhereTheyDoNot() {
    var state = state([])
    #expect(play(&state, seconds: 6) == [.cannotJudge(reason: "other"), .commit])
  }

  @Test func leavesWhenItsTimeIsOver() {
    var autoplay = Autoplay(seconds: 2, nowMilliseconds: 0)
    let state = state([])
    #expect(autoplay.keys(state, nowMilliseconds: 1999).isEmpty)
    #expect(autoplay.keys(state, nowMilliseconds: 2000) == [.character("q"), .character("q")])
    #expect(autoplay.keys(state, nowMilliseconds: 2050).isEmpty)
  }
}
