// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The predictions that `y` would confirm: those of axes the reviewer has not answered.
///
/// On *what moved* and *what happened* a prediction is proposed from a score of one half; where an
/// exclusive term leads its axis it is proposed alone. On the alarm level the highest score is.
package struct Proposals: Hashable, Sendable {
  private let byAxis: [Axis: [Term]]

  /// Works them out for the clip on the screen; a committed or unjudgeable clip has none.
  package init(clip: OpenClip, taxonomy: Taxonomy) {
    let sheet = clip.history.draft
    guard sheet.cannotJudge == nil, clip.history.verdict == nil else {
      byAxis = [:]
      return
    }
    var found: [Axis: [Term]] = [:]
    for axis in Axis.allCases where !sheet.touched.contains(axis) {
      found[axis] = Self.proposed(axis, clip.record.predictions, sheet, taxonomy)
    }
    if found[.moved]?.contains(where: \.isExclusive) == true { found[.happened] = nil }
    byAxis = found
  }

  /// The terms proposed on an axis, in the taxonomy's order.
  package func terms(_ axis: Axis) -> [Term] { byAxis[axis] ?? [] }

  /// All of them, axis by axis.
  package var all: [Term] { Axis.allCases.flatMap { terms($0) } }

  private static func proposed(
    _ axis: Axis, _ predictions: [Prediction], _ sheet: LabelSheet, _ taxonomy: Taxonomy
  ) -> [Term] {
    let set = sheet.terms(axis, taxonomy)
    guard !set.contains(where: \.isExclusive), axis != .level || set.isEmpty else { return [] }
    let scored = taxonomy.terms(axis).compactMap { term in
      score(of: term.id, predictions).map { (term: term, score: $0) }
    }
    // The first of equals leads.
    guard let leader = scored.reversed().max(by: { $0.score < $1.score }) else { return [] }
    if axis == .level { return [leader.term] }
    if leader.term.isExclusive, leader.score >= 0.5 {
      let isFree = set.isEmpty && (axis != .moved || sheet.terms(.happened, taxonomy).isEmpty)
      if isFree { return [leader.term] }
    }
    return scored.filter {
      $0.score >= 0.5 && !$0.term.isExclusive && sheet.terms[$0.term.id] == nil
    }.map(\.term)
  }

  /// The alarm level that was predicted with the highest score, the first of equals; nil where none was.
  package static func level(_ predictions: [Prediction], _ taxonomy: Taxonomy) -> Term? {
    taxonomy.terms(.level).compactMap { term in
      score(of: term.id, predictions).map { (term: term, score: $0) }
    }.reversed().max { $0.score < $1.score }?.term
  }

  /// The greatest score a term was predicted with; nil where it was not.
  static func score(of id: TermID, _ predictions: [Prediction]) -> Double? {
    predictions.filter { $0.term == id && $0.score.isFinite }.map(\.score).max()
  }
}
