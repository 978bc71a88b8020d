// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The disputed clips, and the selected one's two verdicts side by side.
struct DisputeView {
  private let state: DeskState
  private var texts: Texts { state.texts }

  init(_ state: DeskState) { self.state = state }

  func draw(on grid: inout CellGrid, in body: CellRect) {
    guard state.disputes.waiting != nil else { return }
    guard let item = state.disputes.selected else {
      return grid.putQuiet(texts(DeskPhrase.noDispute), row: body.row)
    }
    let listRows = min(state.disputes.items.count + 1, max(4, body.size.rows * 2 / 5))
    let list = CellRect(
      column: 1, row: body.row, columns: body.size.columns - 2, rows: listRows)
    drawList(on: &grid, in: list)
    let start = body.row + listRows + 1
    drawDetail(
      item, on: &grid,
      in: CellRect(
        column: 1, row: start, columns: body.size.columns - 2,
        rows: body.row + body.size.rows - start))
  }

  private func drawList(on grid: inout CellGrid, in rect: CellRect) {
    let table = DeskTable(
      [
        .init(title: texts(DeskPhrase.columnClip), width: 8),
        .init(title: texts(DeskPhrase.columnCamera), width: 12),
        .init(title: texts(DeskPhrase.columnRecorded), width: 16, isSpare: true),
        .init(title: texts(DeskPhrase.columnDiffers), width: 22),
        .init(title: texts(DeskPhrase.columnDecision), width: 8),
      ], width: rect.size.columns)
    let items = state.disputes.items
    table.draw(items.count, selection: state.disputes.selection, in: rect, on: &grid) { index in
      let item = items[index]
      return DeskTable.Row(
        cells: [
          item.record.id.short, item.record.camera.text, CivilTime.recorded(item.record.recordedAt),
          item.differences.map(short).joined(separator: ", "), decision(item),
        ], role: item.decision == nil ? .text : .set)
    }
  }

  private func decision(_ item: DisputeItem) -> String {
    if state.disputes.pending == item.record.id { return "…" }
    switch item.decision {
    case .first: return texts(DeskPhrase.tookFirst)
    case .second: return texts(DeskPhrase.tookSecond)
    case nil: return item.isOwn(of: state.person.name) ? texts(DeskPhrase.columnOwn) : ""
    }
  }

  // MARK: - Detail

  private func drawDetail(_ item: DisputeItem, on grid: inout CellGrid, in rect: CellRect) {
    var row = rect.row
    let last = rect.row + rect.size.rows
    for line in facts(item, rect.size.columns) where row < last {
      grid.put(line, column: 1, row: row, limit: rect.size.columns)
      row += 1
    }
    row += rect.size.rows > 11 ? 1 : 0
    let columns = OpinionColumns(state.taxonomy, texts, width: rect.size.columns)
    for line in columns.lines(item) where row < last {
      line.draw(on: &grid, row: row)
      row += 1
    }
    if row < last {
      let own = item.isOwn(of: state.person.name)
      grid.put(
        texts(own ? DeskPhrase.ownVerdict : DeskPhrase.noPicture).fitted(rect.size.columns),
        column: 1, row: last - 1, role: own ? .notice : .quiet)
    }
  }

  private func facts(_ item: DisputeItem, _ width: Int) -> [Line] {
    let record = item.record
    var parts = [
      texts(DeskPhrase.alert, Words.alert(record.alert, texts)),
      texts(DeskPhrase.length, record.facts.duration.clock),
    ]
    if !record.predictions.isEmpty {
      let predicted = record.predictions.map { prediction in
        state.taxonomy.name(prediction.term)
          + " \(Words.score(prediction.score))"
      }
      parts.append(texts(DeskPhrase.predicted, predicted.joined(separator: ", ")))
    }
    let cause =
      switch item.cause {
      case .asked: texts(DeskPhrase.causeAsked, item.first.reviewer.text)
      case .level: texts(DeskPhrase.causeLevel)
      case .share: texts(DeskPhrase.causeShare)
      }
    return parts.joined(separator: " · ").wrapped(width, rows: 2).map { Line($0, .text) }
      + [Line(cause, .quiet)]
  }

  private func short(_ difference: OpinionDifference) -> String {
    switch difference {
    case .moved: Axis.moved.shortTitle(texts)
    case .happened: Axis.happened.shortTitle(texts)
    case .level: Axis.level.shortTitle(texts)
    case .cannotJudge, .cannotJudgeReason, .segments: texts(Self.phrase(difference))
    }
  }

  static func phrase(_ difference: OpinionDifference) -> DeskPhrase {
    switch difference {
    case .moved: .moved
    case .happened: .happened
    case .level: .level
    case .cannotJudge, .cannotJudgeReason: .cannotJudge
    case .segments: .segments
    }
  }
}
