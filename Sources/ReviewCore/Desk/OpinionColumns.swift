// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Two verdicts side by side: a row's name, the first one's words, the second one's.
///
/// What differs has a sign before its row and is written bold; what both say is not.
struct OpinionColumns {
  /// One row of the screen.
  struct Row {
    var isDifferent = false
    var name = Line()
    var first = Line()
    var second = Line()
    let columns: (first: Int, second: Int, width: Int)

    func draw(on grid: inout CellGrid, row: Int) {
      if isDifferent { grid.put("↔", column: 1, row: row, role: .notice, emphasis: .bold) }
      grid.put(name, column: 3, row: row, limit: columns.first - 4)
      grid.put(first, column: columns.first, row: row, limit: columns.width)
      grid.put(second, column: columns.second, row: row, limit: columns.width)
    }
  }

  private let taxonomy: Taxonomy
  private let texts: Texts
  private let columns: (first: Int, second: Int, width: Int)

  init(_ taxonomy: Taxonomy, _ texts: Texts, width: Int) {
    self.taxonomy = taxonomy
    self.texts = texts
    let names = 20
    let each = max(10, (width - names) / 2)
    columns = (names, names + each, each - 2)
  }

  func lines(_ item: DisputeItem) -> [Row] {
    var rows = heading(item)
    let (first, second) = (item.first.sheet, item.second.sheet)
    for axis in Axis.allCases {
      let difference: OpinionDifference =
        switch axis {
        case .moved: .moved
        case .happened: .happened
        case .level: .level
        }
      rows += block(
        difference, terms(first, axis), terms(second, axis), item.differences.contains(difference))
    }
    if first.cannotJudge != nil || second.cannotJudge != nil {
      let isDifferent = first.cannotJudge != second.cannotJudge
      rows += block(.cannotJudge, reason(first), reason(second), isDifferent)
    }
    if !first.segments.isEmpty || !second.segments.isEmpty {
      rows += block(
        .segments, segments(first), segments(second), item.differences.contains(.segments))
    }
    return rows
  }

  /// Who gave them, and when, in UTC.
  private func heading(_ item: DisputeItem) -> [Row] {
    func words(_ key: String, _ opinion: Opinion, _ choice: OpinionChoice) -> Line {
      let isTaken = item.decision == choice
      return Line([
        Span(key, .key, .bold), Span("  \(opinion.reviewer.text)", .heading),
        Span(isTaken ? "  \(texts(DeskPhrase.taken))" : "", .set, .bold),
      ])
    }
    var names = Row(columns: columns)
    names.first = words("1", item.first, .first)
    names.second = words("2", item.second, .second)
    var times = Row(columns: columns)
    times.first = Line(CivilTime.text(item.first.atMilliseconds) + " UTC", .quiet)
    times.second = Line(CivilTime.text(item.second.atMilliseconds) + " UTC", .quiet)
    return [names, times]
  }

  private func block(
    _ difference: OpinionDifference, _ first: [String], _ second: [String], _ isDifferent: Bool
  ) -> [Row] {
    let left = lines(first, other: second, isDifferent)
    let right = lines(second, other: first, isDifferent)
    return (0..<max(left.count, right.count)).map { index in
      var row = Row(columns: columns)
      if index == 0 {
        row.isDifferent = isDifferent
        row.name = Line(texts(DisputeView.phrase(difference)), .quiet)
      }
      if left.indices.contains(index) { row.first = left[index] }
      if right.indices.contains(index) { row.second = right[index] }
      return row
    }
  }

  private func lines(_ words: [String], other: [String], _ isDifferent: Bool) -> [Line] {
    if words.isEmpty { return [Line("–", .quiet)] }
    return words.map { word in
      let isOwn = isDifferent && !other.contains(word)
      return Line([Span(word, .text, isOwn ? .bold : .plain)])
    }
  }

  private func terms(_ sheet: LabelSheet, _ axis: Axis) -> [String] {
    let known = sheet.terms(axis, taxonomy).map {
      axis == .level ? "\($0.key) \($0.name)" : $0.name
    }
    guard axis == .moved else { return known }
    // A label of another version of the taxonomy has its id for a name.
    return known + sheet.terms.keys.filter { taxonomy.term($0) == nil }.map(\.text).sorted()
  }

  private func reason(_ sheet: LabelSheet) -> [String] {
    guard let id = sheet.cannotJudge else { return [] }
    return [taxonomy.cannotJudgeReasons.first { $0.id == id }?.name ?? id]
  }

  private func segments(_ sheet: LabelSheet) -> [String] {
    sheet.segments.map { segment in
      let name = taxonomy.name(segment.term)
      return "\(name) \(segment.start.time.clock)–\(segment.end?.time.clock ?? "")"
    }
  }
}
