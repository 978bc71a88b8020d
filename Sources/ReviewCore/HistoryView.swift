// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// What was done to the clip's labels: every event in words, with its time and who did it.
struct HistoryView {
  private let state: State
  private let clip: OpenClip
  private let events: [LabelEvent]
  private let cursor: ListCursor

  init(_ state: State, _ clip: OpenClip, _ cursor: ListCursor) {
    (self.state, self.clip, self.cursor) = (state, clip, cursor)
    events = state.visibleEvents(clip)
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let undone = clip.history.undoneOrdinals
    let pending = clip.storedCount
    ListView(
      heading: state.texts(HistoryPhrase.heading, clip.id.short),
      empty: state.texts(HistoryPhrase.nothing), count: events.count, cursor: cursor
    ) { index in
      row(events[index], undone, pending)
    }.draw(on: &grid, layout)
  }

  /// Each event in words, for those who hear it.
  var spoken: [String] {
    let undone = clip.history.undoneOrdinals
    let words = HistoryWords(state, clip.history.events)
    return events.map { event in
      let time = LocalTime(event.atMilliseconds, utcOffsetSeconds: state.utcOffsetSeconds)
      let mark = undone.contains(event.ordinal) ? [state.texts(HistoryPhrase.undone)] : []
      return
        (["\(time.date) \(time.clock)", name(event.reviewer), words.words(event.change)] + mark)
        .joined(separator: ", ")
    }
  }

  private func row(_ event: LabelEvent, _ undone: Set<Int>, _ storedCount: Int) -> ListView.Row {
    let isUndone = undone.contains(event.ordinal)
    let time = LocalTime(event.atMilliseconds, utcOffsetSeconds: state.utcOffsetSeconds)
    let words = HistoryWords(state, clip.history.events).words(event.change)
    let mark = isUndone ? state.texts(HistoryPhrase.undone) : ""
    let name = name(event.reviewer)
    var done = Span(words, isUndone ? .quiet : .text)
    if event.ordinal >= storedCount { done.emphasis = .dim }
    return ListView.Row(
      line: Line([
        Span("\(time.date) \(time.clock)  ", .quiet), Span(name.fitted(14), .text),
        Span(isUndone ? "× " : "  ", .prediction), done,
        Span(mark.isEmpty ? "" : "  \(mark)", .prediction),
      ]), whole: words + (mark.isEmpty ? "" : " (\(mark))"))
  }

  /// What another reviewer is called here: by the order in which they came to this clip, since a
  /// reviewer learns nobody's events but their own.
  private func name(_ reviewer: ReviewerID) -> String {
    if reviewer == state.reviewer { return DisplayText.line(reviewer.text, limit: 14) }
    var others: [ReviewerID] = []
    for event in clip.history.events
    where event.reviewer != state.reviewer && !others.contains(event.reviewer) {
      others.append(event.reviewer)
    }
    let number = (others.firstIndex(of: reviewer) ?? 0) + 1
    return state.texts(HistoryPhrase.otherReviewer, number)
  }
}

/// Label events in words.
struct HistoryWords {
  private let texts: Texts
  private let taxonomy: Taxonomy
  private let state: State
  private let events: [LabelEvent]

  init(_ state: State, _ events: [LabelEvent]) {
    self.state = state
    self.events = events
    texts = state.texts
    taxonomy = state.taxonomy
  }

  func words(_ change: LabelChange) -> String {
    switch change {
    case .set(let id, let isConfirmation):
      texts(isConfirmation ? HistoryPhrase.confirmed : .set, name(id))
    case .clear(let id): texts(HistoryPhrase.cleared, name(id))
    case .cannotJudge(let id):
      texts(HistoryPhrase.cannotJudge, reason(id, taxonomy.cannotJudgeReasons))
    case .clearCannotJudge: texts(HistoryPhrase.canBeJudged)
    case .openSegment(let id, let moment):
      texts(HistoryPhrase.segmentBegins, name(id), moment.time.clock)
    case .closeSegment(let id, let moment):
      texts(HistoryPhrase.segmentEnds, segmentName(id), moment.time.clock)
    case .moveSegment(let id, let edge, let moment):
      texts(
        edge == .start ? HistoryPhrase.beginMoved : .endMoved, segmentName(id), moment.time.clock)
    case .removeSegment(let id): texts(HistoryPhrase.segmentRemoved, segmentName(id))
    case .addRegion(let region): texts(HistoryPhrase.region, region.kind.name(texts))
    case .copy(let labels): texts(HistoryPhrase.copiedLabels, state.words(labels))
    case .note(let note):
      note.isEmpty ? texts(HistoryPhrase.noteRemoved) : texts(HistoryPhrase.noteText, note.text)
    case .skip(let id): texts(HistoryPhrase.skipped, reason(id, taxonomy.skipReasons))
    case .undo(let ordinal): texts(HistoryPhrase.takenBack, target(ordinal))
    case .redo(let ordinal): texts(HistoryPhrase.doneAgain, target(ordinal))
    case .flagReason(let reason): texts(HistoryPhrase.flagReason, reason.name(texts))
    case .adjudicate(let choice):
      texts(choice == .first ? HistoryPhrase.decidedFirst : .decidedSecond)
    case .commit, .reopen, .postpone, .flag, .secondOpinion, .bringBack: plain(change)
    }
  }

  private func plain(_ change: LabelChange) -> String {
    switch change {
    case .commit: texts(HistoryPhrase.committed)
    case .reopen: texts(HistoryPhrase.reopened)
    case .postpone: texts(HistoryPhrase.deferred)
    case .secondOpinion: texts(HistoryPhrase.askedForSecond)
    case .bringBack: texts(HistoryPhrase.broughtBack)
    default: texts(HistoryPhrase.flagged)
    }
  }

  private func name(_ id: TermID) -> String {
    guard let term = taxonomy.term(id) else { return id.text }
    return term.axis == .level ? "\(term.key) \(term.name)" : term.name
  }

  private func reason(_ id: String, _ reasons: [Reason]) -> String {
    reasons.first { $0.id == id }?.name ?? id.replacing("_", with: " ")
  }

  /// The label of the segment that an event of that ordinal began.
  private func segmentName(_ ordinal: Int) -> String {
    guard case .openSegment(let id, _) = change(ordinal) else { return "" }
    return name(id)
  }

  // An undo names no other undo, so that this ends.
  private func target(_ ordinal: Int) -> String { change(ordinal).map { words($0) } ?? "" }

  private func change(_ ordinal: Int) -> LabelChange? {
    events.indices.contains(ordinal) ? events[ordinal].change : nil
  }
}
