// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

@Suite struct LabelHistoryTests {
  static let taxonomy = Taxonomy(
    version: "t",
    terms: [
      ("person", .moved, "p", false), ("animal", .moved, "a", false),
      ("nothing", .moved, "n", true),
      ("transit", .happened, "t", false), ("loitering", .happened, "o", false),
      ("level_0", .level, "0", false), ("level_1", .level, "1", false),
      ("level_2", .level, "2", false),
    ].map { (id: String, axis: Axis, key: Character, exclusive: Bool) in
      Term(
        id: TermID(id), axis: axis, key: key, name: id, standard: "", isExclusive: exclusive)
    },
    cannotJudgeKey: "c", cannotJudgeReasons: [Reason(id: "dark", key: "1", name: "dark")],
    skipReasons: [])

  /// A history with the changes appended one after the other.
  func history(_ changes: LabelChange...) -> LabelHistory {
    var history = LabelHistory(taxonomy: Self.taxonomy)
    for change in changes { history.append(event(history.nextOrdinal, change)) }
    return history
  }

  func event(_ ordinal: Int, _ change: LabelChange) -> LabelEvent {
    LabelEvent(
      clip: ClipID(high: 1, low: 2), ordinal: ordinal, reviewer: ReviewerID("r"),
      atMilliseconds: 0, taxonomyVersion: "t", change: change)
  }

  func set(_ id: String) -> LabelChange { .set(TermID(id), isConfirmation: false) }

  func ids(_ sheet: LabelSheet?) -> Set<String> { Set((sheet?.terms ?? [:]).keys.map(\.text)) }

  @Test func nothingExcludesTheOthersAndClearsWhatHappened() {
    let sheet = history(set("person"), set("transit"), set("level_0"), set("nothing")).draft
    #expect(ids(sheet) == ["nothing", "level_0"])
    #expect(ids(history(set("nothing"), set("animal")).draft) == ["animal"])
  }

  @Test func oneLevelAtATime() {
    #expect(ids(history(set("level_0"), set("level_2")).draft) == ["level_2"])
  }

  @Test func theFirstKeyOnAnAxisTouchesOnlyIt() {
    #expect(history(set("person")).draft.touched == [.moved])
    #expect(history(.set(TermID("person"), isConfirmation: true)).draft.touched.isEmpty)
    #expect(history(set("nothing")).draft.touched == [.moved, .happened])
  }

  @Test func cannotJudgeIsAVerdictOfItsOwn() {
    let judged = history(set("person"), .cannotJudge(reason: "dark"))
    #expect(judged.draft.cannotJudge == "dark")
    #expect(judged.draft.terms.isEmpty)
    #expect(history(.cannotJudge(reason: "dark"), set("person")).draft.cannotJudge == nil)
  }

  @Test func verdictIsWhatWasCommittedAndADraftCorrectsIt() {
    let corrected = history(set("person"), set("level_0"), .commit, set("animal"))
    #expect(ids(corrected.verdict) == ["person", "level_0"])
    #expect(corrected.hasDraft)
    #expect(corrected.state == .done)
    #expect(ids(history(set("person"), .commit, set("animal"), .commit).verdict).count == 2)
  }

  @Test func reopeningTakesTheVerdictBackAndKeepsTheLabels() {
    let reopened = history(set("person"), .commit, .reopen)
    #expect(reopened.verdict == nil)
    #expect(ids(reopened.draft) == ["person"])
    #expect(reopened.state == .due)
    #expect(reopened.undoable == [0])
    let undone = history(set("person"), set("level_0"), .commit, .reopen, .undo(1), .commit)
    #expect(ids(undone.verdict) == ["person"])
  }

  @Test func undoAndRedoAreEventsThatReplay() {
    let undone = history(set("person"), set("nothing"), .undo(1))
    #expect(ids(undone.draft) == ["person"])
    #expect(undone.undoable == [0])
    #expect(undone.redoable == [1])
    #expect(ids(history(set("person"), set("nothing"), .undo(1), .redo(1)).draft) == ["nothing"])
    #expect(history(set("person"), .undo(0), set("animal")).redoable.isEmpty)
  }

  @Test func aFlagIsTakenBackByUndo() {
    #expect(history(set("person"), .flag).state == .flagged)
    #expect(history(set("person"), .flag, .undo(1)).state == .due)
    #expect(history(set("person"), .commit, .flag, .undo(2)).state == .done)
  }

  @Test func segmentsOpenCloseAndTurnRound() {
    let early = Moment(time: MediaTime(milliseconds: 1000), frame: 10)
    let late = Moment(time: MediaTime(milliseconds: 2000), frame: 20)
    let segment = history(.openSegment(TermID("person"), at: late), .closeSegment(0, at: early))
      .draft.segments.first
    #expect(segment?.start == early)
    #expect(segment?.end == late)
    #expect(
      history(.openSegment(TermID("person"), at: late), .removeSegment(0)).draft.segments.isEmpty)
  }

  /// Appending one by one and folding the whole list must never differ.
  @Test(arguments: 0..<200) func foldingEqualsAppending(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var history = LabelHistory(taxonomy: Self.taxonomy)
    for _ in 0..<40 {
      history.append(event(history.nextOrdinal, randomChange(history, &random)))
      #expect(LabelHistory(history.events, taxonomy: Self.taxonomy) == history)
    }
    var shortened = history
    shortened.dropLast(5)
    #expect(
      shortened == LabelHistory(Array(history.events.dropLast(5)), taxonomy: Self.taxonomy))
  }

  private func randomChange(
    _ history: LabelHistory, _ random: inout SeededGenerator
  ) -> LabelChange {
    let term = Self.taxonomy.terms[Int.random(in: 0..<8, using: &random)].id
    let moment = Moment(time: .zero, frame: Int.random(in: 0..<9, using: &random))
    switch Int.random(in: 0..<15, using: &random) {
    case 0...3: return .set(term, isConfirmation: Bool.random(using: &random))
    case 4: return .clear(term)
    case 5: return .openSegment(term, at: moment)
    case 6: return .closeSegment(history.draft.segments.first?.id ?? 0, at: moment)
    case 7: return .cannotJudge(reason: "dark")
    case 12: return .moveSegment(history.draft.segments.first?.id ?? 0, .end, at: moment)
    case 13: return .note(ClipNote("x") ?? .none)
    case 14: return .copy(CopiedLabels(terms: [term], cannotJudge: nil, touched: []))
    case 8:
      return [.commit, .reopen, .flag, .skip(reason: "x")].randomElement(using: &random) ?? .flag
    case 9, 10: return history.undoable.last.map { .undo($0) } ?? .clearCannotJudge
    default: return history.redoable.last.map { .redo($0) } ?? .flag
    }
  }
}
