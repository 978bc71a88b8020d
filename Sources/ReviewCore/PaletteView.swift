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

  func draw(on grid: inout CellGrid, _ layout: Layout) {
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

    var emphasis: Cell.Emphasis { isPending ? .dim : .plain }
  }

  private func entry(_ term: Term) -> Entry {
    let isSet = sheet.terms[term.id] != nil
    let isProposed = proposals.terms(term.axis).contains(term)
    let isOpen = !sheet.touched.contains(term.axis) && sheet.cannotJudge == nil
    return Entry(
      key: term.key, name: term.name, mark: isSet ? .set : isProposed ? .proposed : .none,
      score: isOpen ? Words.score(Proposals.score(of: term.id, predictions)) : "",
      isPending: isSet != (durable.terms[term.id] != nil))
  }

  private var cannotJudge: Entry {
    let reason = sheet.cannotJudge.map { id in
      state.taxonomy.cannotJudgeReasons.first { $0.id == id }?.name ?? id
    }
    return Entry(
      key: state.taxonomy.cannotJudgeKey,
      name: reason.map { "cannot judge: \($0)" } ?? "cannot judge",
      mark: reason == nil ? .none : .set, score: "",
      isPending: sheet.cannotJudge != durable.cannotJudge)
  }

  // MARK: - Beside the picture

  private func drawSide(_ grid: inout CellGrid, _ rect: CellRect, isAiry: Bool) {
    var row = rect.row
    for axis in Axis.allCases {
      grid.put(axis.title, column: rect.column, row: row, role: .heading)
      row += 1
      for term in state.taxonomy.terms(axis) {
        drawRow(entry(term), &grid, rect, row)
        row += 1
      }
      if isAiry { row += 1 }
    }
    drawRow(cannotJudge, &grid, rect, row)
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

  private func drawRows(_ grid: inout CellGrid, _ rect: CellRect) {
    for (index, axis) in Axis.allCases.enumerated() {
      var entries = state.taxonomy.terms(axis).map(entry)
      if axis == .moved { entries.append(cannotJudge) }
      let title = Self.shortTitle(axis).fitted(9)
      let line = fittingLine(entries, width: rect.size.columns - title.cellCount)
      grid.put(
        Line(title, .heading) + line, column: rect.column, row: rect.row + index,
        limit: rect.size.columns)
    }
  }

  private static func shortTitle(_ axis: Axis) -> String {
    switch axis {
    case .moved: "Moved"
    case .happened: "Happened"
    case .level: "Level"
    }
  }

  // The longest names that fit in the row, all cut at the same length; set closer where that is
  // shorter than most words.
  private func fittingLine(_ entries: [Entry], width: Int) -> Line {
    let longest = entries.map(\.name.cellCount).max() ?? 0
    for (gap, shortest) in [("  ", min(longest, 10)), (" ", 0)] {
      for length in stride(from: longest, through: shortest, by: -1) {
        let line = Line.joined(
          entries.map { words($0, nameLength: length) }, by: Span(gap, .text))
        if line.width <= width || length == 0 { return line }
      }
    }
    return Line()
  }

  private func words(_ entry: Entry, nameLength: Int) -> Line {
    let name = nameLength > 1 ? entry.name.shortened(nameLength) : ""
    let score = entry.mark == .proposed ? entry.score : ""
    var line = Line([Span(String(entry.key), .key)])
    if entry.mark != .none { line.spans.append(Span(entry.glyph, entry.role, entry.emphasis)) }
    for word in [name, score] where !word.isEmpty {
      line.spans.append(Span(" \(word)", entry.role, entry.emphasis))
    }
    return line
  }

  private func drawKeys(_ grid: inout CellGrid, _ rect: CellRect) {
    var groups = Axis.allCases.map { state.taxonomy.terms($0).map(entry) }
    groups.append([cannotJudge])
    let lines = groups.map { entries in
      Line.joined(entries.map { words($0, nameLength: 0) }.map(withoutScore), by: Span(" ", .text))
    }
    grid.put(
      Line.joined(lines, by: Span(" │ ", .quiet)), column: rect.column, row: rect.row,
      limit: rect.size.columns)
  }

  private func withoutScore(_ line: Line) -> Line { Line(Array(line.spans.prefix(2))) }
}
