// SPDX-License-Identifier: Apache-2.0

/// Why a reviewer may not change a clip's labels so, by the rules of second opinions.
package enum RoundObjection: Hashable, Sendable {
  /// They gave the first verdict, and the clip waits for another's.
  case waitsForAnother
  /// Two verdicts differ, and neither of the changes asked for is a lead's decision.
  case disputed
  /// The clip had its second opinion, which is not theirs, or a lead decided.
  case settled
  /// A second opinion needs a first one.
  case noVerdict
  /// There was a second opinion already.
  case asked
  /// No two verdicts wait for a decision.
  case notDisputed
  /// Nobody decides about a verdict of their own.
  case ownOpinion
  /// What would be taken back belongs to the first round.
  case earlierRound
}

extension LabelHistory {
  /// Why that reviewer may not change the clip's labels so; nil where these rules let them.
  ///
  /// To raise the frost, by a flag or a region, is everybody's right at any time.
  package func objection(
    to change: LabelChange, by reviewer: ReviewerID
  ) -> RoundObjection? {
    switch change {
    case .flag, .flagReason, .addRegion: return nil
    case .secondOpinion:
      if first != nil { return .asked }
      return verdict == nil || state != .done ? .noVerdict : nil
    case .adjudicate:
      guard state == .disputed else { return .notDisputed }
      return opinionGivers.contains(reviewer) ? .ownOpinion : nil
    case .reopen where canTakeBackFirst: return reviewer == first?.reviewer ? nil : .noVerdict
    case .undo(let ordinal) where isDecision(ordinal):
      return adjudication?.by == reviewer && ordinal == decisionOrdinal ? nil : .settled
    case .redo(let ordinal) where isDecision(ordinal): return .settled
    case .undo(let ordinal), .redo(let ordinal):
      if events.contains(where: { $0.ordinal == ordinal && $0.change == .flag }) { return nil }
      return ordinal < roundStart ? .earlierRound : objection(toLabelsBy: reviewer)
    default: return objection(toLabelsBy: reviewer)
    }
  }

  /// Why that reviewer may set no label on the clip now; nil where they may.
  package func objection(toLabelsBy reviewer: ReviewerID) -> RoundObjection? {
    guard first != nil else { return nil }
    if adjudication != nil { return .settled }
    guard second != nil else {
      return labellers(ofRound: 1).contains(reviewer) ? .waitsForAnother : nil
    }
    if labellers(ofRound: 2).contains(reviewer) { return nil }
    return standing == nil ? .disputed : .settled
  }

  /// The events that a reviewer may see: while two opinions are not settled each sees its own round
  /// alone, and what they did themselves.
  package func events(visibleTo reviewer: ReviewerID) -> [LabelEvent] {
    guard first != nil, standing == nil else { return events }
    let isFirst = labellers(ofRound: 1).contains(reviewer)
    return events.filter { ($0.ordinal < roundStart) == isFirst || $0.reviewer == reviewer }
  }

  /// The ordinal of the lead's decision that stands, which who made it may take back; nil where none
  /// does.
  package var decisionOrdinal: Int? {
    guard adjudication != nil else { return nil }
    return events.last { isDecision($0.ordinal) }?.ordinal
  }

  /// Whether the event of that ordinal is a lead's decision.
  func isDecision(_ ordinal: Int) -> Bool {
    guard events.indices.contains(ordinal), case .adjudicate = events[ordinal].change else {
      return false
    }
    return true
  }

  /// Whether nothing happened since a second opinion was asked for, so that who gave the first
  /// verdict may still take it back.
  package var canTakeBackFirst: Bool {
    first != nil && second == nil && roundStart == nextOrdinal
  }

  /// Whether what is set is the verdict already, so that there is nothing to commit.
  package var isCommitted: Bool { (state == .done || state == .disputed) && !hasDraft }

  /// Whether that reviewer may take the clip's verdict back, to change it.
  package func isReopenable(by reviewer: ReviewerID) -> Bool {
    switch state {
    case .done, .disputed: objection(toLabelsBy: reviewer) == nil
    case .secondOpinion: canTakeBackFirst && first?.reviewer == reviewer
    case .due, .deferred, .skipped, .flagged: false
    }
  }

  /// Who set labels, committed or asked for a second opinion in a round, 1 or 2; empty for a second one that there is not.
  package func labellers(ofRound round: Int) -> Set<ReviewerID> {
    let isSecond = first != nil
    guard round == 1 || isSecond else { return [] }
    let start = isSecond ? roundStart : .max
    let own = events.filter { ($0.ordinal < start) == (round == 1) && $0.change.isOpinion }
    return Set(own.map(\.reviewer))
  }

  private var opinionGivers: Set<ReviewerID> {
    labellers(ofRound: 1).union(labellers(ofRound: 2))
  }
}

extension LabelChange {
  /// Whether it says what is seen in the clip, so that who did it has an opinion of it.
  fileprivate var isOpinion: Bool {
    switch self {
    case .set, .clear, .cannotJudge, .clearCannotJudge, .openSegment, .closeSegment,
      .moveSegment, .removeSegment, .copy, .note, .commit, .reopen, .secondOpinion:
      true
    case .addRegion, .skip, .postpone, .flag, .flagReason, .adjudicate, .bringBack, .undo, .redo:
      false
    }
  }
}
