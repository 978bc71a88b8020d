// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The flagged clips: where, when, who flagged them and why, how much moved, the time that is left.
struct FlagView {
  private let state: DeskState
  private var texts: Texts { state.texts }

  init(_ state: DeskState) { self.state = state }

  func draw(on grid: inout CellGrid, in body: CellRect) {
    guard let items = state.flags.items else { return }
    let rect = CellRect(
      column: 1, row: body.row, columns: body.size.columns - 2, rows: body.size.rows)
    var foot = rect.row + rect.size.rows
    if let last = state.flags.erasing.last {
      foot -= 1
      let count = state.flags.erasing.count
      grid.put(
        texts(DeskPhrase.erasing, count, last.short).fitted(rect.size.columns), column: 1,
        row: foot,
        role: .notice)
    }
    guard let item = state.flags.selected else {
      return grid.putQuiet(texts(DeskPhrase.noFlag), row: body.row)
    }
    let detail = lines(item, rect.size.columns)
    let rows = min(items.count + 1, max(4, foot - rect.row - detail.count - 2))
    drawList(
      items, on: &grid,
      in: CellRect(column: 1, row: rect.row, columns: rect.size.columns, rows: rows))
    for (offset, line) in detail.enumerated() where rect.row + rows + 1 + offset < foot {
      grid.put(line, column: 1, row: rect.row + rows + 1 + offset, limit: rect.size.columns)
    }
  }

  private func drawList(_ items: [FlagItem], on grid: inout CellGrid, in rect: CellRect) {
    let table = DeskTable(
      [
        .init(title: texts(DeskPhrase.columnClip), width: 8),
        .init(title: texts(DeskPhrase.columnCamera), width: 12, isSpare: true),
        .init(title: texts(DeskPhrase.columnFlaggedBy), width: 10),
        .init(title: texts(DeskPhrase.columnReason), width: 10),
        .init(title: texts(DeskPhrase.columnLeft), width: 22),
      ], width: rect.size.columns)
    table.draw(items.count, selection: state.flags.selection, in: rect, on: &grid) { index in
      let item = items[index]
      return DeskTable.Row(
        cells: [
          item.clip.short, item.camera.text, item.flaggedBy.text, reason(item), timeLeft(item),
        ], role: item.heldReason == nil ? .text : .quiet)
    }
  }

  private func lines(_ item: FlagItem, _ width: Int) -> [Line] {
    let recorded =
      item.recordedAt.isEmpty
      ? texts(DeskPhrase.timeUnknown) : CivilTime.recorded(item.recordedAt)
    var lines = [
      Line(
        "\(texts(DeskPhrase.recorded, recorded)) · "
          + texts(DeskPhrase.length, item.duration.clock), .text),
      Line([
        Span(texts(DeskPhrase.motion) + "  ", .quiet), Span(Self.strip(item.motion), .motion),
      ]),
      Line(
        texts(
          DeskPhrase.flaggedBy, item.flaggedBy.text, CivilTime.text(item.flaggedAtMilliseconds)),
        .text),
    ]
    if let held = item.heldReason { lines.append(Line(texts(DeskPhrase.held, held), .text)) }
    let isOwn = item.flaggedBy == state.person.name
    let sentence = texts(isOwn ? DeskPhrase.ownFlag : DeskPhrase.noPicture)
    return lines + sentence.wrapped(width, rows: 2).map { Line($0, isOwn ? .notice : .quiet) }
  }

  private func reason(_ item: FlagItem) -> String { item.reason?.name(texts) ?? "–" }

  /// How long until it is erased: in days beyond two, else in hours and minutes.
  private func timeLeft(_ item: FlagItem) -> String {
    let minutes = max(0, (item.dueAtMilliseconds - state.wallMilliseconds + 59_999) / 60_000)
    if minutes == 0 { return texts(DeskPhrase.dueNow) }
    let text =
      minutes > 2 * 24 * 60
      ? texts(DeskPhrase.days, minutes / (24 * 60))
      : texts(DeskPhrase.hours, minutes / 60, minutes % 60)
    return item.heldReason == nil ? text : texts(DeskPhrase.heldFor, text)
  }

  private static func strip(_ motion: [UInt8]) -> String {
    let glyphs: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return motion.isEmpty ? "–" : String(motion.map { glyphs[min(Int($0), glyphs.count - 1)] })
  }
}
