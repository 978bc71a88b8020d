// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The audit log: its extent, filter and check, the events around the selected one, and all that
/// this one tells.
struct LogView {
  private let state: DeskState
  private var texts: Texts { state.texts }

  init(_ state: DeskState) { self.state = state }

  func draw(on grid: inout CellGrid, in body: CellRect) {
    let width = body.size.columns - 2
    grid.put(extent, column: 1, row: body.row, limit: width)
    let check = self.check
    let checked = check.text.wrapped(width, rows: 4)
    for (offset, line) in checked.enumerated() {
      grid.put(line, column: 1, row: body.row + 1 + offset, role: check.role)
    }
    let start = body.row + 2 + checked.count
    let detailRows = state.log.selected == nil ? 0 : 3
    let rect = CellRect(
      column: 1, row: start, columns: width,
      rows: body.row + body.size.rows - start - (detailRows == 0 ? 0 : detailRows + 1))
    if state.log.entries.isEmpty {
      let isSearching = state.log.open != nil
      return grid.putQuiet(texts(isSearching ? DeskPhrase.searching : .noEvent), row: start)
    }
    drawList(on: &grid, in: rect)
    guard let entry = state.log.selected else { return }
    for (offset, line) in detail(entry, width, rows: detailRows).enumerated() {
      grid.put(
        line, column: 1, row: body.row + body.size.rows - detailRows + offset, limit: width)
    }
  }

  private var extent: Line {
    let log = state.log
    var spans = [
      Span(
        log.last == 0 && log.open == nil
          ? texts(DeskPhrase.logEmpty) : texts(DeskPhrase.logExtent, log.first, log.last), .text)
    ]
    if !log.filter.isEmpty {
      spans.append(Span("   \(texts(DeskPhrase.filtered, log.filter.text))", .notice))
    }
    if log.open != nil { spans.append(Span("   \(texts(DeskPhrase.searching))", .quiet)) }
    return Line(spans)
  }

  private var check: (text: String, role: StyleRole) {
    switch state.log.check {
    case .notAsked: return (texts(DeskPhrase.notVerified), .quiet)
    case .running(let number):
      let total = max(1, state.log.last - state.log.first + 1)
      let done = min(100, max(0, number - state.log.first) * 100 / total)
      return (texts(DeskPhrase.verifying, done), .text)
    case .done(.empty): return (texts(DeskPhrase.logEmpty), .text)
    case .done(.whole(let first, let last, let unsigned)):
      let signed = unsigned > 0 ? " " + texts(DeskPhrase.unsigned, unsigned) : ""
      let whole = texts(DeskPhrase.logWhole, first, last)
      return ("\(whole)\(signed) \(texts(DeskPhrase.endUnproven))", .set)
    case .done(.fault(let kind, let number, let through)):
      return (fault(kind, number, through), .flagged)
    }
  }

  private func fault(_ kind: String, _ number: Int64, _ through: Int64) -> String {
    switch kind {
    case "removed": texts(DeskPhrase.faultRemoved, number)
    case "swapped": texts(DeskPhrase.faultSwapped, number)
    case "inserted": texts(DeskPhrase.faultInserted, number)
    case "changed": texts(DeskPhrase.faultChanged, number)
    case "rewritten": texts(DeskPhrase.faultRewritten, number, through)
    case "tail cut": texts(DeskPhrase.faultCut, number, through)
    case "checkpoint": texts(DeskPhrase.faultCheckpoint, number)
    default: texts(DeskPhrase.faultCheckpointMissing, number)
    }
  }

  private func drawList(on grid: inout CellGrid, in rect: CellRect) {
    let digits = max(7, "\(state.log.last)".count)
    let table = DeskTable(
      [
        .init(title: texts(DeskPhrase.columnNumber), width: digits, isNumber: true),
        .init(title: texts(DeskPhrase.columnTime), width: 16),
        .init(title: texts(DeskPhrase.columnWho), width: 12),
        .init(title: texts(DeskPhrase.columnKind), width: 15),
        .init(title: texts(DeskPhrase.columnClip), width: 8),
        .init(title: texts(DeskPhrase.columnDetail), width: 10),
      ], width: rect.size.columns)
    let entries = state.log.entries
    table.draw(entries.count, selection: state.log.selection, in: rect, on: &grid) { index in
      let entry = entries[index]
      return DeskTable.Row(cells: [
        "\(entry.number)", CivilTime.text(entry.atMilliseconds), who(entry), Self.kind(entry),
        String(entry.clip.prefix(8)), entry.details.joined(separator: " "),
      ])
    }
  }

  private func detail(_ entry: LogEntry, _ width: Int, rows: Int) -> [Line] {
    let head = [
      texts(DeskPhrase.event, entry.number),
      CivilTime.text(entry.atMilliseconds, withSeconds: true) + " UTC", Self.kind(entry),
    ].joined(separator: " · ")
    var what = who(entry)
    if !entry.seat.isEmpty { what += " · " + texts(DeskPhrase.atSeat, entry.seat) }
    if !entry.clip.isEmpty { what += " · " + texts(DeskPhrase.clipInLog, entry.clip) }
    return [Line(head, .text), Line(what, .text)]
      + entry.details.joined(separator: "  ").wrapped(width, rows: max(1, rows - 2)).map {
        Line($0, .quiet)
      }
  }

  private func who(_ entry: LogEntry) -> String {
    entry.person.isEmpty ? LogFilter.housekeeping : entry.person
  }

  private static func kind(_ entry: LogEntry) -> String {
    entry.kind.replacing("_", with: " ")
  }
}
