// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The worklist's columns under their headings, as many as there is room for.
struct WorklistTable {
  private let state: State
  private let columns: [Column]
  private let widths: [Column: Int]
  private let sort: WorklistQuery.Sort?
  private let isReversed: Bool
  private let rowWords: WorklistRowWords

  /// One column; what stands in it is cut at its width.
  enum Column: CaseIterable {
    case number, state, source, camera, time, age, alert, predicted, level, labels
  }

  private static let gap = 2
  /// What stands before the first column: the selection's mark.
  private static let margin = 2

  init(_ state: State, _ query: WorklistQuery, width: Int) {
    self.state = state
    rowWords = WorklistRowWords(state)
    (sort, isReversed) = (query.sort, query.isReversed)
    let digits = max(4, String(state.counts[.all]).count)
    var widths: [Column: Int] = [
      .number: digits, .state: 9, .source: 8, .camera: 12, .time: 12, .age: 5, .alert: 11,
      .predicted: 12, .level: 5,
    ]
    switch width {
    case ..<70: columns = [.number, .state, .camera, .alert, .level, .labels]
    case ..<100: columns = [.number, .state, .camera, .age, .alert, .level, .labels]
    case ..<150: columns = Column.allCases
    default:
      columns = Column.allCases
      widths.merge([.state: 12, .source: 15, .camera: 24, .alert: 16, .predicted: 18]) { $1 }
    }
    let used = columns.reduce(Self.margin) { sum, column in
      sum + (widths[column].map { $0 + Self.gap } ?? 0)
    }
    widths[.labels] = max(0, width - used)
    self.widths = widths
  }

  func drawHeadings(on grid: inout CellGrid, _ rect: CellRect) {
    draw(on: &grid, rect, rect.row) { column in
      guard let phrase = column.heading else { return ("", .quiet) }
      let isSorted = column.sort == sort && sort != nil
      let arrow = isSorted ? (isReversed ? "↑" : "↓") : ""
      return (state.texts(phrase) + arrow, isSorted ? .text : .quiet)
    }
  }

  func draw(
    _ row: WorklistRow, number: Int, isSelected: Bool, on grid: inout CellGrid, _ rect: CellRect,
    _ at: Int
  ) {
    if isSelected {
      grid.fill(
        CellRect(column: 0, row: at, columns: rect.column + rect.size.columns + 1, rows: 1),
        with: Cell(" ", .selected))
      grid.put("›", column: rect.column, row: at, role: .selected)
    }
    draw(on: &grid, rect, at) { column in
      let (text, role) = cell(column, row, number)
      return (text, isSelected ? .selected : role)
    }
  }

  private func draw(
    on grid: inout CellGrid, _ rect: CellRect, _ at: Int,
    _ content: (Column) -> (text: String, role: StyleRole)
  ) {
    var place = rect.column + Self.margin
    for column in columns {
      let width = widths[column] ?? 0
      // An arrow may take a cell of the gap.
      let (text, role) = content(column)
      let limit = width + (text.last == "↓" || text.last == "↑" ? 1 : 0)
      let shown = DisplayText.line(text, limit: limit)
      let indent = column.isRightAligned ? max(0, width - shown.cellCount) : 0
      grid.put(shown, column: place + indent, row: at, role: role)
      place += width + Self.gap
    }
  }

  private func cell(_ column: Column, _ row: WorklistRow, _ number: Int) -> (String, StyleRole) {
    switch column {
    case .number: (String(number), .quiet)
    case .state: (rowWords.state(row), stateRole(row))
    case .source: (source(row.source), .quiet)
    case .camera: (row.camera.text, .text)
    case .time: (Words.date(row.recordedAt, state.texts), .text)
    case .age: (age(row), .quiet)
    case .alert: (Words.alert(row.alert, state.texts, withModel: false), .text)
    case .predicted: (predicted(row), .quiet)
    case .level: level(row)
    case .labels: (rowWords.labels(row), .quiet)
    }
  }

  // MARK: cells

  private func source(_ source: ClipSource) -> String {
    if (widths[.source] ?? 0) >= 15 { return source.name(state.texts) }
    return switch source {
    case .customerFeedback: words(.sourceCustomer)
    case .staffTest: words(.sourceStaff)
    }
  }

  private func age(_ row: WorklistRow) -> String {
    let now = state.nowMilliseconds + state.wallAheadMilliseconds
    let minutes = max(0, now - row.sinceMilliseconds) / 60_000
    if minutes < 60 { return state.texts(WorklistPhrase.ageMinutes, Int(minutes)) }
    if minutes < 1440 { return state.texts(WorklistPhrase.ageHours, Int(minutes / 60)) }
    return state.texts(WorklistPhrase.ageDays, Int(minutes / 1440))
  }

  private func predicted(_ row: WorklistRow) -> String {
    guard let best = row.predicted else { return "" }
    let name = state.taxonomy.name(best.term)
    let score = Words.score(best.score)
    let room = (widths[.predicted] ?? 0) - score.count - 1
    return DisplayText.line(name, limit: room) + " " + score
  }

  private func level(_ row: WorklistRow) -> (String, StyleRole) {
    guard let level = row.level else { return ("", .quiet) }
    return row.isLevelPredicted ? ("○ \(level)", .prediction) : ("● \(level)", .set)
  }

  private func stateRole(_ row: WorklistRow) -> StyleRole {
    if row.unreadableReason != nil { return .flagged }
    switch row.state {
    case .due: return row.summary.isEmpty ? .text : .prediction
    case .deferred, .skipped, .disputed: return .prediction
    case .secondOpinion: return row.isBarred ? .quiet : .text
    case .done: return .set
    case .flagged: return .flagged
    }
  }

  private func words(_ phrase: WorklistPhrase) -> String { state.texts(phrase) }
}

extension WorklistTable.Column {
  fileprivate var isRightAligned: Bool { self == .number || self == .age }

  /// The order that its key gives the list; nil for what cannot be ordered by.
  fileprivate var sort: WorklistQuery.Sort? {
    switch self {
    case .number: .oldest
    case .state: .state
    case .source: .source
    case .camera: .camera
    case .time, .labels: nil
    case .age: .age
    case .alert: .alert
    case .predicted: .predicted
    case .level: .level
    }
  }

  fileprivate var heading: WorklistPhrase? {
    switch self {
    case .number: nil
    case .state: .headState
    case .source: .headSource
    case .camera: .headCamera
    case .time: .headTime
    case .age: .headAge
    case .alert: .headAlert
    case .predicted: .headPredicted
    case .level: .headLevel
    case .labels: .headLabels
    }
  }
}
