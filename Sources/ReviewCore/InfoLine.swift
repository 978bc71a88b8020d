// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The facts of the clip: camera, time, alert, state, place in the worklist.
struct InfoLine {
  private let state: State
  private let clip: OpenClip
  private var texts: Texts { state.texts }

  init(_ state: State, _ clip: OpenClip) {
    self.state = state
    self.clip = clip
  }

  func draw(on grid: inout CellGrid, row: Int) {
    // What must go first where there is no room, goes first in this list of what to leave out.
    let dropping: [[Part]] = [
      [], [.looks], [.looks, .turn], [.looks, .turn, .reason], [.looks, .turn, .reason, .kinds],
      [.looks, .turn, .reason, .kinds, .date], [.looks, .turn, .reason, .kinds, .date, .position],
      [.looks, .turn, .reason, .kinds, .date, .position, .camera],
    ]
    let lines = dropping.map { dropped in
      Line.joined(
        Part.allCases.filter { !dropped.contains($0) }
          .map { line($0, namesKinds: !dropped.contains(.kinds)) }.filter { $0.width > 0 },
        by: Span(" · ", .quiet))
    }
    let room = grid.size.columns - 2
    guard let line = lines.first(where: { $0.width <= room }) ?? lines.last else { return }
    grid.put(line, column: 1, row: row, limit: room)
  }

  /// Its facts in words, one by one, for those who hear them: those that have no sentence of their own.
  var spoken: [String] {
    [Part.camera, .date, .state, .turn, .regions]
      .map { line($0, namesKinds: true).text }.filter { !$0.isEmpty }
  }

  private enum Part: CaseIterable {
    case camera, date, alert, state, note, position, turn, reason, regions, looks, view
    /// What the regions are; they are counted without it.
    case kinds
  }

  private func line(_ part: Part, namesKinds: Bool) -> Line {
    let record = clip.record
    switch part {
    case .camera: return Line(DisplayText.line(record.camera.text, limit: 24), .text)
    case .date:
      return Line(DisplayText.line(Words.date(record.recordedAt, texts), limit: 25), .text)
    case .alert:
      return Line([
        Span(texts(ClipPhrase.alert), .quiet),
        Span(DisplayText.line(Words.alert(record.alert, texts), limit: 36), .text),
      ])
    case .state: return stateWords
    case .note:
      guard !clip.history.draft.note.isEmpty else { return Line() }
      let isPending = clip.history.draft.note != clip.durableSheet.note
      return Line([Span(texts(NotePhrase.mark), .set, isPending ? .dim : .plain)])
    case .position:
      guard clip.position > 0 else { return Line() }
      let total = max(clip.position, state.counts[.all])
      return Line([
        Span(texts(ClipPhrase.clip), .quiet),
        Span(texts(ClipPhrase.position, clip.position, total), .text),
      ])
    case .turn:
      let isWaiting = clip.history.state == .due || clip.history.state == .secondOpinion
      guard isWaiting, let turn = clip.turn else { return Line() }
      return Line(turn.words(texts), .quiet)
    case .reason:
      guard !clip.frostReason(texts).isEmpty else { return Line() }
      return Line([Span(texts(ClipPhrase.frost), .quiet), Span(clip.frostReason(texts), .frost)])
    case .regions:
      return RegionWords(
        clip.regions, finest: max(clip.frost, clip.frostFloor, clip.ownFrost)
      ).line(texts, namesKinds: namesKinds)
    case .looks:
      guard state.hasLooks(clip) else { return Line() }
      let seconds = state.hourLookRest / 1000
      return Line([
        Span(texts(ClipPhrase.looks), .quiet), Span(texts(ClipPhrase.looksLeft, seconds), .text),
      ])
    case .kinds: return Line()
    case .view:
      let differences = state.setting.differences(texts)
      guard !differences.isEmpty else { return Line() }
      return Line([
        Span(texts(ClipPhrase.view), .quiet), Span(differences.joined(separator: ", "), .text),
      ])
    }
  }

  private var stateWords: Line {
    let hasDraft = clip.history.hasDraft
    switch clip.history.state {
    case .due:
      return hasDraft
        ? Line(texts(ClipPhrase.draft), .prediction) : Line(texts(ClipPhrase.new), .text)
    case .secondOpinion:
      let isOthers = clip.history.objection(toLabelsBy: state.reviewer) != nil
      if isOthers { return Line(texts(OpinionPhrase.stateWaiting), .prediction) }
      return Line(
        texts(hasDraft ? OpinionPhrase.stateSecondDraft : .stateSecond),
        hasDraft ? .prediction : .text)
    case .disputed: return Line(texts(OpinionPhrase.stateDisputed), .prediction)
    case .done where clip.history.adjudication != nil:
      return Line(texts(OpinionPhrase.stateDecided), .set)
    case .done:
      return hasDraft
        ? Line(texts(ClipPhrase.doneDraft), .prediction) : Line(texts(ClipPhrase.done), .set)
    case .deferred: return Line(texts(hasDraft ? ClipPhrase.deferredDraft : .deferred), .prediction)
    case .flagged: return Line(texts(ClipPhrase.flagged), .flagged)
    case .skipped(let id):
      let reason =
        id == LabelChange.flaggedBefore
        ? texts(ClipPhrase.flaggedBefore)
        : state.taxonomy.skipReasons.first { $0.id == id }?.name ?? id
      return Line(
        texts(ClipPhrase.skipped, DisplayText.line(reason, limit: 30)), .prediction)
    }
  }
}
