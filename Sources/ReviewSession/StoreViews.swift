// SPDX-License-Identifier: Apache-2.0

internal import LabelStore
internal import ReviewCore
internal import Vocabulary

// The store's rows and counts in the core's words: the two layers do not know each other.

extension ReviewCore.WorklistFilter {
  var stored: StoredFilter {
    switch self {
    case .due: .due
    case .second: .second
    case .deferred: .deferred
    case .skipped: .skipped
    case .disputed: .disputed
    case .done: .done
    case .flagged: .flagged
    case .all: .all
    }
  }
}

extension StoredRow {
  func forCore(_ taxonomy: Taxonomy, _ texts: Texts) -> ReviewCore.WorklistRow {
    ReviewCore.WorklistRow(
      clip: record.id, position: position, camera: record.camera, recordedAt: record.recordedAt,
      source: record.source, alert: record.alert, state: state, summary: summary(taxonomy, texts),
      unreadableReason: unreadable, isLeasedByOther: isLeasedByOther, isBarred: isBarred,
      predicted: record.predictions.filter { taxonomy.term($0.term)?.axis == .moved }
        .max { $0.score < $1.score },
      level: level, isLevelPredicted: verdict == nil, sinceMilliseconds: sinceMilliseconds)
  }

  private func summary(_ taxonomy: Taxonomy, _ texts: Texts) -> String {
    guard let verdict else { return hasDraft ? texts(WorklistPhrase.draft) : "" }
    if let reason = verdict.cannotJudge {
      let name = taxonomy.cannotJudgeReasons.first { $0.id == reason }?.name ?? reason
      return texts(WorklistPhrase.cannotJudge, name)
    }
    let names = Axis.allCases.flatMap { verdict.terms($0, taxonomy) }.map { term in
      term.axis == .level ? texts(WorklistPhrase.level, term.key) : term.name
    }
    let summary = names.joined(separator: ", ")
    return hasDraft ? texts(WorklistPhrase.withDraft, summary) : summary
  }
}
