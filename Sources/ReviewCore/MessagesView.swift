// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Every notice of the session, with its time and the clip that was on the screen.
struct MessagesView {
  private let state: State
  private let cursor: ListCursor

  init(_ state: State, _ cursor: ListCursor) {
    (self.state, self.cursor) = (state, cursor)
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let entries = state.messages.entries
    ListView(
      heading: state.texts(MessagesPhrase.heading), empty: state.texts(MessagesPhrase.nothing),
      count: entries.count, cursor: cursor
    ) { index in
      row(entries[index])
    }.draw(on: &grid, layout)
  }

  /// Each notice in words, for those who hear it.
  var spoken: [String] {
    state.messages.entries.map { entry in
      let time = LocalTime(entry.atMilliseconds, utcOffsetSeconds: state.utcOffsetSeconds)
      let times = entry.count > 1 ? state.texts(MessagesPhrase.times, entry.count) : ""
      return [time.clock, entry.clip?.short ?? "", entry.notice.text, times]
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }

  private func row(_ entry: MessageLog.Entry) -> ListView.Row {
    let time = LocalTime(entry.atMilliseconds, utcOffsetSeconds: state.utcOffsetSeconds)
    let times = entry.count > 1 ? state.texts(MessagesPhrase.times, entry.count) : ""
    return ListView.Row(
      line: Line([
        Span("\(time.clock)  ", .quiet), Span((entry.clip?.short ?? "").fitted(8) + "  ", .quiet),
        Span(entry.notice.text, entry.notice.kind == .error ? .flagged : .text),
        Span(times.isEmpty ? "" : "  \(times)", .quiet),
      ]), whole: entry.notice.text)
  }
}
