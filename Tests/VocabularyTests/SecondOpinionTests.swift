// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

/// Rounds of a clip: whose events count for which sheet, and who may add what.
@Suite struct SecondOpinionTests {
  private let first = ReviewerID("first")
  private let second = ReviewerID("second")
  private let lead = ReviewerID("lead")

  private func set(_ id: String) -> LabelChange { .set(TermID(id), isConfirmation: false) }

  private func history(_ changes: [(ReviewerID, LabelChange)]) -> LabelHistory {
    var history = LabelHistory(taxonomy: LabelHistoryTests.taxonomy)
    for (reviewer, change) in changes {
      history.append(
        LabelEvent(
          clip: ClipID(high: 1, low: 2), ordinal: history.nextOrdinal, reviewer: reviewer,
          atMilliseconds: Int64(history.nextOrdinal), taxonomyVersion: "t", change: change))
    }
    return history
  }

  private func verdict(_ who: ReviewerID, _ ids: String...) -> [(ReviewerID, LabelChange)] {
    ids.map { (who, set($0)) } + [(who, .commit)]
  }

  private var asked: [(ReviewerID, LabelChange)] {
    verdict(first, "person", "level_2") + [(first, .secondOpinion(.asked))]
  }

  @Test func theSecondSheetBeginsEmpty() {
    let history = history(asked)
    #expect(history.state == .secondOpinion)
    #expect(history.draft.isEmpty && history.verdict == nil && !history.hasDraft)
    #expect(history.undoable.isEmpty && history.redoable.isEmpty)
    #expect(history.standing == nil)
    #expect(history.first?.reviewer == first && history.first?.sheet.terms.count == 2)
    #expect(history.cause == .asked)
  }

  @Test func anAskWithoutAVerdictIsNothing() {
    let history = history([(first, set("person")), (first, .secondOpinion(.asked))])
    #expect(history.first == nil && history.state == .due && history.hasDraft)
    #expect(history.objection(to: .secondOpinion(.asked), by: first) == .noVerdict)
  }

  @Test func verdictsThatAgreeOnWhatMovedAndLevelAreDone() {
    let history = history(asked + verdict(second, "person", "level_2", "transit"))
    #expect(history.state == .done)
    #expect(history.standing?.reviewer == second)
    #expect(history.differences == [.happened])
    #expect(history.isCommitted)
  }

  @Test(arguments: [
    (["animal", "level_2"], [OpinionDifference.moved]),
    (["person", "level_1"], [.level]),
    (["person", "animal", "level_0", "loitering"], [.moved, .happened, .level]),
  ])
  func othersAreDisputed(ids: [String], differences: [OpinionDifference]) {
    let history = history(asked + ids.map { (second, set($0)) } + [(second, .commit)])
    #expect(history.state == .disputed && history.standing == nil)
    #expect(history.differences == differences)
  }

  @Test func cannotJudgeAgreesWithItselfAlone() {
    let dark = [(first, LabelChange.cannotJudge(reason: "dark")), (first, .commit)]
    let ask = [(first, LabelChange.secondOpinion(.asked))]
    let short = [(second, LabelChange.cannotJudge(reason: "short")), (second, .commit)]
    #expect(history(dark + ask + short).state == .done)
    #expect(history(dark + ask + short).differences == [.cannotJudgeReason])
    #expect(history(dark + ask + verdict(second, "person", "level_2")).state == .disputed)
  }

  @Test(arguments: OpinionChoice.allCases)
  func aLeadTakesOneOfTwo(choice: OpinionChoice) {
    let history = history(
      asked + verdict(second, "animal", "level_0") + [(lead, .adjudicate(choice))])
    #expect(history.state == .done)
    #expect(history.standing?.reviewer == (choice == .first ? first : second))
    #expect(history.verdict == history.standing?.sheet)
    #expect(history.adjudication?.by == lead)
    for reviewer in [first, second, lead] {
      #expect(history.objection(to: set("person"), by: reviewer) == .settled)
      #expect(history.objection(to: .reopen, by: reviewer) == .settled)
      #expect(history.objection(to: .adjudicate(.first), by: reviewer) == .notDisputed)
      #expect(history.objection(to: .flag, by: reviewer) == nil)
    }
  }

  @Test func aDecisionIsTakenBackByWhoMadeItAlone() {
    let events = asked + verdict(second, "animal", "level_0") + [(lead, .adjudicate(.first))]
    let decided = history(events)
    let ordinal = events.count - 1
    #expect(decided.decisionOrdinal == ordinal)
    for reviewer in [first, second, ReviewerID("lead-2")] {
      #expect(decided.objection(to: .undo(ordinal), by: reviewer) == .settled)
    }
    #expect(decided.objection(to: .undo(ordinal), by: lead) == nil)
    let back = history(events + [(lead, .undo(ordinal))])
    #expect(back.state == .disputed && back.standing == nil && back.decisionOrdinal == nil)
    #expect(back.redoable.isEmpty, "it is made anew, or not at all")
    #expect(back.objection(to: .redo(ordinal), by: lead) == .settled)
    #expect(back.objection(to: .undo(ordinal), by: lead) == .settled)
    #expect(back.objection(to: .reopen, by: second) == nil)
    let again = history(events + [(lead, .undo(ordinal)), (lead, .adjudicate(.second))])
    #expect(again.standing?.reviewer == second && again.state == .done)
    #expect(again.decisionOrdinal == ordinal + 2)
    #expect(again.objection(to: .undo(ordinal), by: lead) == .settled)
  }

  @Test func everybodyKeepsToTheirOwnRound() {
    let waiting = history(asked)
    #expect(waiting.objection(to: set("animal"), by: first) == .waitsForAnother)
    #expect(waiting.objection(to: .undo(0), by: second) == .earlierRound)
    #expect(waiting.objection(to: set("animal"), by: second) == nil)
    #expect(waiting.objection(to: .secondOpinion(.asked), by: second) == .asked)
    #expect(waiting.objection(to: .adjudicate(.first), by: lead) == .notDisputed)
    let disputed = history(asked + verdict(second, "animal", "level_0"))
    #expect(disputed.objection(to: .reopen, by: first) == .disputed)
    #expect(disputed.objection(to: .reopen, by: second) == nil)
    #expect(disputed.objection(to: .adjudicate(.first), by: first) == .ownOpinion)
    #expect(disputed.objection(to: .adjudicate(.first), by: second) == .ownOpinion)
    #expect(disputed.objection(to: .adjudicate(.first), by: lead) == nil)
    // An undo of what the first round holds counts for nothing, if one came all the same.
    let meddled = history(asked + [(second, .undo(0))])
    #expect(meddled.first?.sheet == waiting.first?.sheet)
  }

  @Test func aSecondVerdictIsCorrectedUntilALeadDecides() {
    let corrected = history(
      asked + verdict(second, "animal", "level_2") + [(second, .reopen)]
        + [(second, .clear(TermID("animal")))] + verdict(second, "person"))
    #expect(corrected.state == .done && corrected.standing?.reviewer == second)
    let reopened = history(asked + verdict(second, "animal", "level_2") + [(second, .reopen)])
    #expect(reopened.state == .secondOpinion && reopened.draft.terms.count == 2)
    #expect(!reopened.canTakeBackFirst, "somebody else has judged it")
  }

  @Test func theFirstVerdictIsTakenBackUntilAnybodyWentOn() {
    #expect(history(asked).isReopenable(by: first) && !history(asked).isReopenable(by: second))
    let back = history(asked + [(first, .reopen)])
    #expect(back.state == .due && back.first == nil && back.draft.terms.count == 2)
    #expect(back.undoable == [0, 1], "what could be undone can be undone again")
    let again = history(asked + [(first, .reopen), (first, .undo(1))])
    #expect(again.draft.terms.keys.map(\.text) == ["person"])
    let touched = history(asked + [(second, set("animal"))])
    #expect(!touched.isReopenable(by: first))
    #expect(touched.objection(to: .reopen, by: first) == .waitsForAnother)
  }

  @Test func whatRaisesTheFrostStaysInTheSecondRound() throws {
    let region = try #require(
      Region(
        kind: .face, from: .zero, until: MediaTime(milliseconds: 9),
        keys: [Region.Key(time: .zero, box: .whole)]))
    let history = history(
      [(first, .addRegion(region))] + asked + verdict(second, "animal", "level_0"))
    #expect(history.draft.regions == [region] && !history.hasDraft)
    let waiting = self.history([(first, .addRegion(region))] + asked)
    #expect(waiting.draft.regions == [region] && !waiting.hasDraft)
  }

  @Test func skippedAndDeferredClipsComeBackToTheirRound() {
    let skip: [(ReviewerID, LabelChange)] = [(second, .skip(reason: "x"))]
    let back: [(ReviewerID, LabelChange)] = [(lead, .bringBack)]
    #expect(history(skip).state == .skipped(reason: "x"))
    #expect(history(skip + back).state == .due)
    #expect(history(asked + skip).state == .skipped(reason: "x"))
    #expect(history(asked + skip + back).state == .secondOpinion)
    let postponed: [(ReviewerID, LabelChange)] = [(second, .postpone(untilMilliseconds: 9))]
    #expect(history(asked + postponed + back).state == .secondOpinion)
    #expect(history(asked + back).state == .secondOpinion)
    #expect(history(verdict(first, "person", "level_0") + back).state == .done)
  }

  @Test func policyAsksByLevelAndByShare() {
    let taxonomy = LabelHistoryTests.taxonomy
    let sheet = history(verdict(first, "person", "level_2")).draft
    func cause(_ rules: OpinionRules, _ low: UInt64 = .max) -> OpinionCause? {
      rules.cause(for: sheet, of: ClipID(high: 0, low: low), taxonomy)
    }
    #expect(cause(.none) == nil)
    #expect(cause(OpinionRules(level: 2, percent: 0)) == .level)
    #expect(cause(OpinionRules(level: 3, percent: 0)) == nil)
    #expect(cause(OpinionRules(level: .max, percent: 100)) == .share)
    #expect(cause(OpinionRules(level: .max, percent: 99)) == nil)
    #expect(cause(OpinionRules(level: .max, percent: 1), 0) == .share)
    #expect(cause(OpinionRules(level: .max, percent: 0), 0) == nil)
    var source = SeededGenerator(seed: 7)
    let drawn = (0..<4000).filter { _ in
      cause(OpinionRules(level: .max, percent: 25), .random(in: 0 ... .max, using: &source)) != nil
    }.count
    #expect((850...1150).contains(drawn), "a quarter of random ids")
  }

  /// Whatever comes in whatever order: folding at once and one by one agree, and a history that
  /// obeys the objections never has a labeller in both rounds.
  @Test(arguments: 0..<300)
  func anyOrderFoldsAlike(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var grown = LabelHistory(taxonomy: LabelHistoryTests.taxonomy)
    for _ in 0..<60 {
      let change = Self.anyChange(grown.nextOrdinal, &random)
      let reviewer = [first, second, lead].randomElement(using: &random) ?? first
      let isMeddling = seed % 2 == 0
      if !isMeddling, grown.objection(to: change, by: reviewer) != nil { continue }
      grown.append(
        LabelEvent(
          clip: ClipID(high: 1, low: 2), ordinal: grown.nextOrdinal, reviewer: reviewer,
          atMilliseconds: 0, taxonomyVersion: "t", change: change))
      #expect(LabelHistory(grown.events, taxonomy: LabelHistoryTests.taxonomy) == grown)
      if grown.first != nil {
        if !isMeddling {
          #expect(grown.labellers(ofRound: 1).isDisjoint(with: grown.labellers(ofRound: 2)))
        }
        if grown.state == .disputed { #expect(grown.standing == nil && grown.second != nil) }
      }
    }
  }

  private static func anyChange(
    _ next: Int, _ random: inout SeededGenerator
  ) -> LabelChange {
    let terms = ["person", "animal", "nothing", "transit", "level_0", "level_2"]
    let term = TermID(terms.randomElement(using: &random) ?? "person")
    return switch Int.random(in: 0..<14, using: &random) {
    case 0, 1, 2: .set(term, isConfirmation: false)
    case 3: .clear(term)
    case 4, 5: .commit
    case 6: .reopen
    case 7, 8: .secondOpinion(.asked)
    case 9: .adjudicate(.second)
    case 10: .undo(Int.random(in: 0...next, using: &random))
    case 11: .redo(Int.random(in: 0...next, using: &random))
    case 12: .skip(reason: "x")
    default: .bringBack
    }
  }
}
