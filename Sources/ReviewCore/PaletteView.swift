// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The labels of the three axes with their keys: what is set, what is predicted, what is not on
/// disk yet.
struct PaletteView {
  private let state: State
  private let sheet: LabelSheet
  private let durable: LabelSheet
  private let predictions: [Prediction]
  private let proposals: Proposals
  /// Columns before a term's name: mark and key.
  static let nameColumn = 5

  init(_ state: State, _ clip: OpenClip) {
    self.state = state
    sheet = clip.history.draft
    durable = clip.durableSheet
    predictions = clip.record.predictions
    proposals = Proposals(clip: clip, taxonomy: state.taxonomy)
  }

  /// Returns where each label stands.
  func draw(on grid: inout CellGrid, _ layout: Layout) -> [ClickTarget] {
    switch layout.palette {
    case .side(let isAiry): drawSide(&grid, layout.paletteRect, isAiry: isAiry)
    case .threeRows: drawRows(&grid, layout.paletteRect)
    case .oneRow: drawKeys(&grid, layout.paletteRect)
    }
  }

  // MARK: - One label

  private enum Mark { case set, proposed, none }

  private struct Entry {
    var key: Character
    var name: String
    /// The name where nothing is set: what room is kept for.
    var restingName: String
    var mark: Mark
    var score: String
    var isPending: Bool

    var glyph: String {
      switch mark {
      case .set: "●"
      case .proposed: "○"
      case .none: " "
      }
    }

    var role: StyleRole {
      switch mark {
      case .set: .set
      case .proposed: .prediction
      case .none: .quiet
      }
    }

    // Brighter than a prediction also where there is no colour.
    var emphasis: Cell.Emphasis { isPending ? .dim : mark == .set ? .bold : .plain }
  }

  private func entry(_ term: Term) -> Entry {
    let isSet = sheet.terms[term.id] != nil
    let isProposed = proposals.terms(term.axis).contains(term)
    let isOpen = !sheet.touched.contains(term.axis) && sheet.cannotJudge == nil
    return Entry(
      key: term.key, name: term.name, restingName: term.name,
      mark: isSet ? .set : isProposed ? .proposed : .none,
      score: isOpen ? Words.score(Proposals.score(of: term.id, predictions)) : "",
      isPending: isSet != (durable.terms[term.id] != nil))
  }

  private var cannotJudge: Entry {
    let reason = sheet.cannotJudge.map { id in
      state.taxonomy.cannotJudgeReasons.first { $0.id == id }?.name ?? id
    }
    let resting = state.texts(PalettePhrase.cannotJudge)
    return Entry(
      key: state.taxonomy.cannotJudgeKey, name: reason ?? resting, restingName: resting,
      mark: reason == nil ? .none : .set, score: "",
      isPending: sheet.cannotJudge != durable.cannotJudge)
  }

  // MARK: - Beside the picture

  private func drawSide(
    _ grid: inout CellGrid, _ rect: CellRect, isAiry: Bool
  ) -> [ClickTarget] {
    var targets: [ClickTarget] = []
    func note(_ entry: Entry, _ row: Int) {
      targets.append(
        target(entry, column: rect.column, row: row, width: rect.size.columns))
    }
    var row = rect.row
    for axis in Axis.allCases {
      grid.put(axis.title(state.texts), column: rect.column, row: row, role: .heading)
      row += 1
      for term in state.taxonomy.terms(axis) {
        drawRow(entry(term), &grid, rect, row)
        note(entry(term), row)
        row += 1
      }
      if isAiry { row += 1 }
    }
    var judge = cannotJudge
    if judge.mark == .set { judge.name = state.texts(PalettePhrase.cannotJudgeBecause, judge.name) }
    drawRow(judge, &grid, rect, row)
    note(judge, row)
    return targets
  }

  private func target(_ entry: Entry, column: Int, row: Int, width: Int) -> ClickTarget {
    ClickTarget(
      rect: CellRect(column: column, row: row, columns: width, rows: 1), kind: .label(entry.key))
  }

  /// Where the labels of one row stand whose words are `lines`, `gap` cells between them.
  private func targets(
    _ entries: [Entry], _ lines: [Line], gap: Int, column: Int, row: Int
  ) -> [ClickTarget] {
    var column = column
    return zip(entries, lines).map { entry, line in
      defer { column += line.width + gap }
      return target(entry, column: column, row: row, width: line.width)
    }
  }

  private func drawRow(_ entry: Entry, _ grid: inout CellGrid, _ rect: CellRect, _ row: Int) {
    let column = rect.column + 1
    grid.put(entry.glyph, column: column, row: row, role: entry.role, emphasis: entry.emphasis)
    grid.put(String(entry.key), column: column + 2, row: row, role: .key)
    let width = rect.size.columns - Self.nameColumn - 6
    let room = entry.score.isEmpty ? width + 5 : width
    grid.put(
      entry.name.shortened(room), column: column + 4, row: row, role: entry.role,
      emphasis: entry.emphasis)
    grid.put(
      entry.score, column: rect.column + rect.size.columns - 1 - entry.score.cellCount, row: row,
      role: entry.mark == .none ? .quiet : entry.role)
  }

  // MARK: - Under the picture

  private func drawRows(_ grid: inout CellGrid, _ rect: CellRect) -> [ClickTarget] {
    var targets: [ClickTarget] = []
    let titles = Axis.allCases.map { $0.shortTitle(state.texts) }
    let titleWidth = 1 + (titles.map(\.cellCount).max() ?? 0)
    for (index, axis) in Axis.allCases.enumerated() {
      var entries = state.taxonomy.terms(axis).map(entry)
      if axis == .moved { entries.append(cannotJudge) }
      let title = titles[index].fitted(titleWidth)
      let (lines, gap) = fitting(entries, width: rect.size.columns - title.cellCount)
      let line = Line.joined(lines, by: Self.blanks(gap))
      grid.put(
        Line(title, .heading) + line, column: rect.column, row: rect.row + index,
        limit: rect.size.columns)
      targets += self.targets(
        entries, lines, gap: gap, column: rect.column + title.cellCount, row: rect.row + index)
    }
    return targets
  }

  private static func blanks(_ count: Int) -> Span {
    Span(String(repeating: " ", count: count), .text)
  }

  // The longest names that fit in the row, all cut at the same length, and the gap between them. Each
  // keeps its place, whatever is set or predicted.
  private func fitting(_ entries: [Entry], width: Int) -> (lines: [Line], gap: Int) {
    let longest = entries.map(\.restingName.cellCount).max() ?? 0
    for (gap, shortest) in [(1, min(longest, 10)), (0, 0)] {
      for length in stride(from: longest, through: shortest, by: -1) {
        let names = Self.shortened(entries.map(\.restingName), length)
        let cut = zip(entries, names).map(words)
        let room = width - Line.joined(cut, by: Self.blanks(gap)).width
        guard room >= 0 || length == 0 else { continue }
        let (lines, rest) = mended(cut, names, entries, by: room)
        return (widened(lines, entries, by: rest), gap)
      }
    }
    return ([], 0)
  }

  // What is left of the row may do for some whole names, of those that lack least first.
  private func mended(
    _ lines: [Line], _ names: [String], _ entries: [Entry], by room: Int
  ) -> (lines: [Line], rest: Int) {
    var (lines, rest) = (lines, room)
    let missing = zip(entries, names).map { $0.restingName.cellCount - $1.cellCount }
    let cut = entries.indices.filter { names[$0] != entries[$0].restingName }
    for index in cut.sorted(by: { (missing[$0], $0) < (missing[$1], $1) })
    where missing[index] <= rest {
      rest -= missing[index]
      lines[index] = words(entries[index], entries[index].restingName)
    }
    return (lines, rest)
  }

  // Nothing stands behind the last name: what it says when set may be longer than what it rests as.
  private func widened(_ lines: [Line], _ entries: [Entry], by room: Int) -> [Line] {
    guard let entry = entries.last, let line = lines.last, entry.name != entry.restingName else {
      return lines
    }
    let resting = max(0, line.width - 3)
    let width = min(entry.name.cellCount, resting + max(0, room))
    return lines.dropLast() + [words(entry, String(repeating: " ", count: max(resting, width)))]
  }

  // Names that would look the same are cut at their beginning instead.
  private static func shortened(_ names: [String], _ length: Int) -> [String] {
    let heads = names.map { $0.shortened(length) }
    return zip(names, heads).map { name, head in
      guard heads.count(where: { $0 == head }) > 1, name != head,
        let tail = name.split(separator: " ").last, tail.count < length
      else { return head }
      return "…\(tail)"
    }
  }

  private func words(_ entry: Entry, _ restingName: String) -> Line {
    let name = entry.name == entry.restingName ? restingName : entry.name
    return Line([
      Span(entry.glyph, entry.role, entry.emphasis), Span(String(entry.key), .key),
      Span(
        restingName.isEmpty ? "" : " \(name.fitted(restingName.cellCount))", entry.role,
        entry.emphasis),
    ])
  }

  private func drawKeys(_ grid: inout CellGrid, _ rect: CellRect) -> [ClickTarget] {
    var groups = Axis.allCases.map { state.taxonomy.terms($0).map(entry) }
    groups.append([cannotJudge])
    let lines = groups.map { $0.map { words($0, "") } }
    let whole = lines.map { Line.joined($0, by: Span("", .text)) }
    grid.put(
      Line.joined(whole, by: Span(Self.bar, .quiet)), column: rect.column, row: rect.row,
      limit: rect.size.columns)
    var column = rect.column
    return zip(groups, lines).flatMap { entries, lines in
      defer { column += lines.map(\.width).reduce(0, +) + Self.bar.cellCount }
      return targets(entries, lines, gap: 0, column: column, row: rect.row)
    }
  }

  private static let bar = " │"
}
