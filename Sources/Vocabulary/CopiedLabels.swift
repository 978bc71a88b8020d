// SPDX-License-Identifier: Apache-2.0

/// The labels of one clip as they are set on another, all at once: no segment, region or note.
package struct CopiedLabels: Hashable, Sendable, Codable {
  /// In the order of their ids.
  package let terms: [TermID]
  /// The reason why the clip cannot be judged; nil where it can.
  package let cannotJudge: String?
  /// The axes on which the predictions are dropped, in the axes' order.
  package let touched: [Axis]

  /// Makes them of parts.
  package init(terms: [TermID], cannotJudge: String?, touched: [Axis]) {
    self.terms = terms.sorted()
    self.cannotJudge = cannotJudge
    self.touched = touched.sorted()
  }

  /// What can be copied of a sheet: the labels that the taxonomy still has.
  package init(_ sheet: LabelSheet, taxonomy: Taxonomy) {
    let known = taxonomy.terms.filter { sheet.terms[$0.id] != nil }
    self.init(
      terms: known.map(\.id), cannotJudge: sheet.cannotJudge,
      touched: Array(sheet.touched.union(known.map(\.axis))))
  }

  /// Whether nothing is in them.
  package var isEmpty: Bool { terms.isEmpty && cannotJudge == nil }
}
