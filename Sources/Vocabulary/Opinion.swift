// SPDX-License-Identifier: Apache-2.0

/// One reviewer's verdict on a clip, as it was committed.
package struct Opinion: Hashable, Sendable {
  package let reviewer: ReviewerID
  /// When it was committed, milliseconds since 1970.
  package let atMilliseconds: Int64
  package let taxonomyVersion: String
  package let sheet: LabelSheet

  /// Makes one.
  package init(
    reviewer: ReviewerID, atMilliseconds: Int64, taxonomyVersion: String, sheet: LabelSheet
  ) {
    self.reviewer = reviewer
    self.atMilliseconds = atMilliseconds
    self.taxonomyVersion = taxonomyVersion
    self.sheet = sheet
  }
}

/// Why a clip got a second opinion; the words are the store's and the export's.
package enum OpinionCause: String, Hashable, Sendable, Codable, CaseIterable {
  /// The reviewer asked for it.
  case asked
  /// The verdict's alarm level is one of those that the policy has looked at twice.
  case level
  /// The clip is in the random share that the policy has looked at twice.
  case share
}

/// Which of two verdicts an adjudicator took.
package enum OpinionChoice: String, Hashable, Sendable, Codable, CaseIterable {
  case first
  case second
}

/// What an adjudicator decided on two verdicts that differ.
package struct Adjudication: Hashable, Sendable {
  package let choice: OpinionChoice
  package let by: ReviewerID
  /// Milliseconds since 1970.
  package let atMilliseconds: Int64
}

/// Something that two verdicts say differently.
package enum OpinionDifference: String, Hashable, Sendable, CaseIterable {
  case moved = "what_moved"
  case happened = "what_happened"
  case level = "alarm_level"
  /// One says that the clip cannot be judged.
  case cannotJudge = "cannot_judge"
  /// Both say that it cannot be judged, for other reasons.
  case cannotJudgeReason = "cannot_judge_reason"
  case segments

  /// Whether it makes the verdicts a dispute, which an adjudicator decides.
  ///
  /// What moved, the alarm level and whether the clip can be judged at all are what the camera's
  /// alert is measured by; the rest is kept as a difference, and the later verdict stands.
  package var isDispute: Bool {
    switch self {
    case .moved, .level, .cannotJudge: true
    case .happened, .cannotJudgeReason, .segments: false
    }
  }
}

extension LabelSheet {
  /// What another sheet says differently, in the order of the cases.
  ///
  /// A label that the taxonomy does not know counts to what moved. Segments are compared by their
  /// labels and frames, never by who opened them.
  package func differences(from other: LabelSheet, _ taxonomy: Taxonomy) -> [OpinionDifference] {
    var found: [OpinionDifference] = []
    func isOther(_ axis: Axis) -> Bool { ids(axis, taxonomy) != other.ids(axis, taxonomy) }
    if cannotJudge == nil, other.cannotJudge == nil {
      if isOther(.moved) { found.append(.moved) }
      if isOther(.happened) { found.append(.happened) }
      if isOther(.level) { found.append(.level) }
    } else if cannotJudge == nil || other.cannotJudge == nil {
      found.append(.cannotJudge)
    } else if cannotJudge != other.cannotJudge {
      found.append(.cannotJudgeReason)
    }
    if Set(stretches) != Set(other.stretches) { found.append(.segments) }
    return found
  }

  private func ids(_ axis: Axis, _ taxonomy: Taxonomy) -> Set<TermID> {
    Set(terms.keys.filter { (taxonomy.term($0)?.axis ?? .moved) == axis })
  }

  /// Its segments without their ids.
  private var stretches: [Segment] {
    segments.map { Segment(id: 0, term: $0.term, start: $0.start, end: $0.end) }
  }
}

/// Which verdicts the policy has looked at twice.
package struct OpinionRules: Hashable, Sendable {
  /// The least alarm level, from 0, at which every verdict gets a second opinion; beyond the
  /// highest none does.
  package let level: Int
  /// How many of a hundred clips get one at random, 0 to 100.
  package let percent: Int

  /// No verdict is looked at twice unless its reviewer asks for it.
  package static let none = OpinionRules(level: .max, percent: 0)

  /// Makes rules.
  package init(level: Int, percent: Int) {
    self.level = level
    self.percent = percent
  }

  /// Why a verdict on that clip gets a second opinion; nil where it needs none.
  package func cause(
    for sheet: LabelSheet, of clip: ClipID, _ taxonomy: Taxonomy
  ) -> OpinionCause? {
    let levels = taxonomy.terms(.level)
    if let index = levels.lastIndex(where: { sheet.terms[$0.id] != nil }), index >= level {
      return .level
    }
    return clip.lot(.secondOpinion, in: 100) < percent ? .share : nil
  }
}
