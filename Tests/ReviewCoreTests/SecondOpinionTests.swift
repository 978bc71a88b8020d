// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

@Suite struct SecondOpinionTests {
  private let other = ReviewerID("r08")

  private func events(_ changes: [(ReviewerID, LabelChange)], _ clip: UInt64 = 1) -> [LabelEvent] {
    changes.enumerated().map { ordinal, change in
      LabelEvent(
        clip: Desk.id(clip), ordinal: ordinal, reviewer: change.0, atMilliseconds: 0,
        taxonomyVersion: "2026.1", change: change.1)
    }
  }

  private func set(_ id: String) -> LabelChange { .set(TermID(id), isConfirmation: false) }

  private func asked(by reviewer: ReviewerID) -> [(ReviewerID, LabelChange)] {
    [set("person"), set("level_3"), .commit, .secondOpinion(.level)].map { (reviewer, $0) }
  }

  @Test func theStarCommitsAndAsks() {
    var desk = Desk()
    desk.open()
    desk.type("p*")
    #expect(desk.notice == "Not committed: alarm level is missing")
    #expect(desk.type("3*").last == .openNextDue(after: Desk.id(1)))
    #expect(desk.changes == [set("level_3"), .commit, .secondOpinion(.asked)])
    #expect(desk.notice == "Second opinion asked for: another reviewer gives it")
    #expect(desk.screen().contains("waits for a second opinion"))
    desk.store()
    #expect(desk.state.stats.committed == 1)
  }

  @Test func theStarOnAVerdictOnlyAsks() {
    var desk = Desk()
    desk.open(events: events([set("person"), set("level_3"), .commit].map { (other, $0) }))
    desk.type("*")
    #expect(desk.changes == [.secondOpinion(.asked)])
  }

  @Test func theSecondReviewerSeesPredictionsAndNoVerdict() {
    var desk = Desk()
    desk.open(
      predictions: [("animal", 0.9), ("level_1", 0.8)], events: events(asked(by: other)))
    #expect(desk.sheet?.isEmpty == true)
    #expect(desk.screen().contains("○ a animal") && !desk.screen().contains("● p person"))
    #expect(desk.screen().contains("second opinion"))
    desk.type("*")
    #expect(desk.notice == "This clip got a second opinion already")
    desk.type("u")
    #expect(desk.effects == [.reopenLastCommitted], "nothing of the first round is taken back")
    desk.open(
      predictions: [("animal", 0.9), ("level_1", 0.8)], events: events(asked(by: other)))
    desk.type("y")
    #expect(desk.changes.last == .commit)
    #expect(desk.state.clip?.history.state == .disputed)
  }

  @Test func whoGaveTheFirstChangesNothing() {
    var desk = Desk()
    desk.open(events: events(asked(by: desk.state.reviewer)))
    for key in ["p", "c", "-", "z", "m"] {
      desk.type(key)
      #expect(desk.changes.isEmpty)
      #expect(desk.notice.hasPrefix("Your verdict is kept"), "\(key): \(desk.notice)")
    }
    #expect(desk.type("⏎") == [.openNextDue(after: Desk.id(1))])
    desk.open(events: events(asked(by: desk.state.reviewer)), isReopening: true)
    #expect(desk.allEffects.contains { Desk.changes([$0]) == [.reopen] })
    #expect(desk.setTerms == ["person", "level_3"])
  }

  @Test(arguments: [("p3⏎", true), ("p1⏎", false), ("p1⏎", true)])
  func policyAsksWithTheCommit(keys: String, byLevel: Bool) {
    var desk = Desk()
    desk.state.opinionRules =
      byLevel ? OpinionRules(level: 2, percent: 0) : OpinionRules(level: .max, percent: 100)
    desk.open()
    desk.type(keys)
    let isAsked = !byLevel || keys.contains("3")
    #expect(
      Desk.changes(desk.effects).suffix(isAsked ? 2 : 1)
        == (isAsked ? [.commit, .secondOpinion(byLevel ? .level : .share)] : [.commit]))
  }
}
