// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// The paragraph *Commit* of the design, sentence by sentence.
@Suite struct CommitTests {
  private let harmless = [("animal", 0.82), ("person", 0.31), ("level_0", 0.64)]

  private func confirmed(_ id: String) -> LabelChange { .set(TermID(id), isConfirmation: true) }
  private func set(_ id: String) -> LabelChange { .set(TermID(id), isConfirmation: false) }

  @Test func theFirstKeyOnAnAxisDropsItsPredictions() {
    var desk = Desk()
    desk.open(predictions: harmless + [("vehicle", 0.7)])
    #expect(desk.screen().contains("○ a animal"))
    #expect(desk.screen().contains("○ v vehicle"))
    #expect(desk.screen().contains("○ 0 no call for"))
    desk.type("p")
    #expect(desk.screen().contains("● p person"))
    #expect(!desk.screen().contains("○ a animal"))
    #expect(!desk.screen().contains("○ v vehicle"))
    #expect(desk.screen().contains("○ 0 no call for"))
    desk.type("p")
    #expect(desk.setTerms.isEmpty)
    #expect(!desk.screen().contains("○ a animal"))
  }

  @Test func enterCommitsWhatIsSet() {
    var desk = Desk()
    desk.open(predictions: harmless)
    desk.type("po3")
    #expect(desk.type("⏎").last == .openNextDue(after: Desk.id(1)))
    #expect(desk.changes == [.commit])
    #expect(desk.state.clip?.history.verdict?.terms.count == 3)
    #expect(desk.state.clip?.history.state == .done)
  }

  @Test(arguments: [
    ("", "Not committed: what moved (or c) and alarm level are missing"),
    ("p", "Not committed: alarm level is missing"),
    ("0", "Not committed: what moved (or c) is missing"),
    ("o", "Not committed: what moved (or c) and alarm level are missing"),
    ("p0om", "Not committed: the end of loitering (m) is missing"),
  ])
  func enterNamesWhatIsMissing(keys: String, sentence: String) {
    var desk = Desk()
    desk.open(predictions: harmless)
    desk.type(keys)
    #expect(desk.type("⏎").isEmpty)
    #expect(desk.notice == sentence)
    #expect(desk.screen().contains(sentence))
  }

  @Test func whatHappenedMayStayEmpty() {
    var desk = Desk()
    desk.open()
    desk.type("p1⏎")
    #expect(desk.changes == [set("person"), set("level_1"), .commit])
  }

  @Test func yCommitsWhatIsSetAndTheRemainingPredictions() {
    var desk = Desk()
    desk.open(predictions: harmless + [("intrusion", 0.9), ("loitering", 0.49)])
    #expect(desk.type("y").last == .openNextDue(after: Desk.id(1)))
    #expect(
      desk.changes == [
        confirmed("animal"), confirmed("intrusion"), confirmed("level_0"), .commit,
      ])
    desk.open(2, predictions: harmless + [("intrusion", 0.9)])
    desk.type("pt")
    desk.type("y")
    #expect(desk.changes == [confirmed("level_0"), .commit])
    #expect(desk.setTerms == ["person", "transit", "level_0"])
  }

  @Test func yIsOneTransaction() {
    var desk = Desk()
    desk.open(predictions: harmless)
    let appended = desk.type("y").filter { if case .append = $0 { true } else { false } }
    #expect(appended.count == 1)
  }

  @Test(arguments: [
    ([("animal", 0.82)], "alarm level is missing"),
    ([("level_0", 0.9)], "what moved (or c) is missing"),
    ([("animal", 0.49), ("level_0", 0.9)], "what moved (or c) is missing"),
  ])
  func yRefusesWhereAnAxisWouldStayEmpty(predictions: [(String, Double)], missing: String) {
    var desk = Desk()
    desk.open(predictions: predictions)
    #expect(desk.type("y").isEmpty)
    #expect(desk.notice == "Not committed: \(missing)")
    #expect(desk.setTerms.isEmpty)
  }

  @Test func anAxisClearedByHandIsNotFilledByY() {
    var desk = Desk()
    desk.open(predictions: harmless)
    desk.type("aa")
    #expect(desk.type("y").isEmpty)
    #expect(desk.notice == "Not committed: what moved (or c) is missing")
  }

  @Test func anExclusivePredictionThatLeadsStandsAlone() {
    var desk = Desk()
    desk.open(
      predictions: [("nothing", 0.9), ("animal", 0.6), ("transit", 0.8), ("level_0", 0.9)])
    desk.type("y")
    #expect(desk.changes == [confirmed("nothing"), confirmed("level_0"), .commit])
    desk.open(2, predictions: [("nothing", 0.6), ("animal", 0.9), ("level_0", 0.9)])
    desk.type("y")
    #expect(desk.changes == [confirmed("animal"), confirmed("level_0"), .commit])
  }

  @Test func anExclusivePredictionNeverEmptiesWhatWasSetByHand() {
    var desk = Desk()
    desk.open(predictions: [("nothing", 0.9), ("level_0", 0.9)])
    desk.type("t")
    #expect(desk.type("y").isEmpty)
    #expect(desk.setTerms == ["transit"])
  }

  @Test func nothingAndAnEventExcludeEachOther() {
    var desk = Desk()
    desk.open()
    desk.type("tn")
    #expect(desk.setTerms == ["nothing"])
    #expect(desk.type("t").isEmpty)
    #expect(desk.notice.contains("n takes it back"))
    desk.type("p")
    #expect(desk.setTerms == ["person"])
  }

  @Test func cannotJudgeIsAVerdictOfItsOwn() {
    var desk = Desk()
    desk.open(predictions: harmless)
    desk.type("p2c")
    #expect(desk.state.mode == .prompt(.cannotJudge))
    #expect(desk.state.picture == .solid)
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.screen(80, 24).contains("1 dark   2 frosted   3 short   4 broken   5 other"))
    desk.type("8x")
    #expect(desk.state.mode == .prompt(.cannotJudge))
    desk.type("2")
    #expect(desk.state.clip?.player.isPlaying == true)
    #expect(desk.setTerms.isEmpty)
    #expect(desk.screen().contains("● c cannot judge: frosted"))
    desk.type("⏎")
    #expect(desk.changes == [.commit])
    #expect(desk.state.clip?.history.verdict?.cannotJudge == "frosted")
  }

  @Test func escapeCancelsAPrompt() {
    var desk = Desk()
    desk.open()
    desk.type("pc⎋")
    #expect(desk.state.mode == .review)
    #expect(!desk.state.isBlanked)
    #expect(desk.setTerms == ["person"])
    #expect(desk.state.clip?.player.isPlaying == true)
  }

  @Test func aDigitNeverCommitsByItself() {
    var desk = Desk()
    desk.open()
    desk.type("p0")
    #expect(desk.changes == [set("person"), set("level_0")])
  }

  @Test(arguments: [
    ("p0", true), ("p1", true), ("p2", false), ("0", false), ("n0", true), ("p00", true),
  ])
  func quickLevelsCommitWherePolicyLetsThem(keys: String, commits: Bool) {
    var desk = Desk(allowsQuickLevels: true)
    desk.open()
    desk.type(keys)
    #expect(desk.changes.contains(.commit) == commits)
  }

  @Test func quickLevelsWaitForUnconfirmedPredictions() {
    var desk = Desk(allowsQuickLevels: true)
    desk.open(predictions: [("animal", 0.9)])
    desk.type("0")
    #expect(desk.changes == [set("level_0")])
    desk.open(2, predictions: [("intrusion", 0.9)])
    desk.type("p0")
    #expect(desk.changes == [set("person"), set("level_0")])
    desk.open(3, predictions: [("intrusion", 0.9)])
    desk.type("pt0")
    #expect(desk.changes.last == .commit)
  }

  @Test func commitKeysCountOnlyAfterThePictureHasBeenSeen() {
    var desk = Desk()
    desk.open(predictions: harmless)
    desk.send(
      .clipOpened(
        OpenedClip(
          record: Desk.record(2, predictions: [Prediction(term: TermID("animal"), score: 0.8)]),
          events: [], timeline: Desk.timeline(), position: 2, frost: .frosted, frostReason: "")))
    desk.type("p0")
    desk.press(.enter)
    #expect(desk.effects.isEmpty)
    #expect(desk.notice == "Not committed: the picture has only just come")
    desk.send(.firstPictureShown(Desk.id(2), nowMilliseconds: desk.now))
    desk.press(.enter, after: 299)
    #expect(desk.effects.isEmpty)
    desk.press(.enter, after: 1)
    #expect(desk.changes == [.commit])
  }

  @Test(arguments: [KeyPress.enter, .character("y")])
  func aHeldKeyCommitsOnce(key: KeyPress) {
    var desk = Desk()
    let predictions = [("animal", 0.9), ("level_0", 0.9)]
    desk.open(1, predictions: predictions)
    if key == .enter { desk.type("p0") }
    desk.allEffects = []
    desk.press(key)
    // X repeats a held key after 660 ms, then 25 times a second.
    var gap: Int64 = 660
    for clip in 2...40 {
      desk.send(
        .clipOpened(
          OpenedClip(
            record: Desk.record(
              UInt64(clip),
              predictions: predictions.map { Prediction(term: TermID($0.0), score: $0.1) }),
            events: [], timeline: Desk.timeline(), position: clip, frost: .frosted,
            frostReason: "")))
      desk.send(.firstPictureShown(Desk.id(UInt64(clip)), nowMilliseconds: desk.now))
      desk.press(key, after: gap)
      gap = 40
    }
    #expect(Desk.changes(desk.allEffects).filter { $0 == .commit }.count == 1)
    desk.press(key, after: 800)
    #expect(desk.changes.contains(.commit) == (key != .enter))
  }

  @Test func aHeldDigitDoesNotRunIntoTheNextClip() {
    var desk = Desk(allowsQuickLevels: true)
    desk.open(1)
    desk.type("p0")
    #expect(desk.changes.last == .commit)
    desk.send(
      .clipOpened(
        OpenedClip(
          record: Desk.record(2), events: [], timeline: Desk.timeline(), position: 2,
          frost: .frosted, frostReason: "")))
    desk.press(.character("0"), after: 500)
    desk.press(.character("0"), after: 40)
    desk.press(.character("0"), after: 40)
    #expect(desk.setTerms.isEmpty)
    desk.press(.character("0"), after: 700)
    #expect(desk.setTerms == ["level_0"])
  }

  @Test(arguments: ["z1", "-1", "/⏎", "u"])
  func aHeldKeyThatHasDoneWithAClipStopsThere(keys: String) {
    var desk = Desk()
    desk.open(1)
    desk.type(String(keys.prefix(1)))
    desk.send(
      .rows(
        WorklistPage(
          filter: .due, offset: 0, total: 1,
          rows: [
            WorklistRow(
              clip: Desk.id(2), position: 2, camera: CameraID("x"), recordedAt: "",
              source: .staffTest, alert: CameraAlert(label: "", score: nil, model: ""),
              state: .due, summary: "")
          ])))
    desk.type(String(keys.dropFirst()))
    #expect(desk.state.isOpening)
    desk.send(
      .clipOpened(
        OpenedClip(
          record: Desk.record(2), events: [], timeline: Desk.timeline(), position: 2,
          frost: .frosted, frostReason: "")))
    desk.send(.firstPictureShown(Desk.id(2), nowMilliseconds: desk.now))
    desk.allEffects = []
    let held = desk.state.lastKey ?? .unknown
    desk.press(held, after: 660)
    for _ in 0..<30 { desk.press(held, after: 33) }
    #expect(desk.allEffects.isEmpty)
    #expect(desk.state.mode == .review)
  }

  @Test func enterOnADoneClipGoesOnAndWritesNothing() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    let events = desk.state.clip?.history.events ?? []
    desk.open(1, events: events)
    #expect(desk.type("⏎") == [.openNextDue(after: Desk.id(1))])
    desk.open(1, events: events)
    #expect(desk.type("y") == [.openNextDue(after: Desk.id(1))])
    desk.open(1, events: events)
    desk.type("v")
    #expect(desk.screen().contains("correction"))
    #expect(desk.type("⏎").count == 2)
    #expect(desk.changes == [.commit])
  }

  @Test func theDayCountsOnlyWhatIsOnDisk() {
    var desk = Desk()
    desk.open()
    desk.type("p2⏎")
    #expect(desk.state.stats.committed == 0)
    desk.open(2)
    desk.send(.stored(Desk.id(1), throughOrdinal: 1))
    #expect(desk.state.stats.committed == 0)
    desk.send(.stored(Desk.id(1), throughOrdinal: 2))
    #expect(desk.state.stats.committed == 1)
    #expect(desk.effects == [.refreshCounts])
    desk.send(.counts(WorklistCounts(), committedToday: 43))
    #expect(desk.rows()[0].contains("43 / 150"))
  }
}
