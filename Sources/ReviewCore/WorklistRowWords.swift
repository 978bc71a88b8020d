// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// What is said of a row of the worklist, in words.
struct WorklistRowWords {
  private let texts: Texts
  private let taxonomy: Taxonomy

  init(_ state: State) {
    texts = state.texts
    taxonomy = state.taxonomy
  }

  func state(_ row: WorklistRow) -> String {
    if row.unreadableReason != nil { return words(.columnUnreadable) }
    switch row.state {
    case .due: return words(row.summary.isEmpty ? .columnNew : .columnDraft)
    case .deferred: return words(.columnDeferred)
    case .skipped: return words(.columnSkipped)
    case .secondOpinion:
      return texts(row.isBarred ? OpinionPhrase.columnWaiting : .columnSecond)
    case .disputed: return texts(OpinionPhrase.columnDisputed)
    case .done: return words(.columnDone)
    case .flagged: return words(.columnFlagged)
    }
  }

  func labels(_ row: WorklistRow) -> String {
    if let reason = row.unreadableReason { return reason }
    return row.isLeasedByOther ? words(.openElsewhere) : row.summary
  }

  /// The whole row, one fact after the other, for those who hear it.
  func spoken(_ row: WorklistRow) -> String {
    var facts = [
      state(row), row.camera.text, Words.date(row.recordedAt, texts),
      texts(ClipPhrase.alert) + Words.spokenAlert(row.alert, texts), row.source.name(texts),
    ]
    if let best = row.predicted {
      facts.append(
        words(.headPredicted) + " " + taxonomy.name(best.term) + " " + Words.score(best.score))
    }
    if let level = row.level {
      facts.append(words(row.isLevelPredicted ? .spokenLevelPredicted : .spokenLevel, level))
    }
    facts.append(labels(row))
    return facts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func words(_ phrase: WorklistPhrase, _ level: Int) -> String { texts(phrase, level) }
  private func words(_ phrase: WorklistPhrase) -> String { texts(phrase) }
}
