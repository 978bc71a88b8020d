// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The facts of the clip: camera, time, alert, state, place in the worklist.
struct InfoLine {
  private let state: State
  private let clip: OpenClip

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

  private enum Part: CaseIterable {
    case camera, date, alert, state, note, position, turn, reason, regions, looks, view
    /// What the regions are; they are counted without it.
    case kinds
  }

  private func line(_ part: Part, namesKinds: Bool) -> Line {
    let record = clip.record
    switch part {
    case .camera: return Line(DisplayText.line(record.camera.text, limit: 24), .text)
    case .date: return Line(DisplayText.line(Words.date(record.recordedAt), limit: 25), .text)
    case .alert:
      return Line([
        Span("alert: ", .quiet),
        Span(DisplayText.line(Words.alert(record.alert), limit: 36), .text),
      ])
    case .state: return stateWords
    case .note:
      guard !clip.history.draft.note.isEmpty else { return Line() }
      let isPending = clip.history.draft.note != clip.durableSheet.note
      return Line([Span(state.texts(NotePhrase.mark), .set, isPending ? .dim : .plain)])
    case .position:
      guard clip.position > 0 else { return Line() }
      let total = max(clip.position, state.counts[.all])
      return Line([Span("clip ", .quiet), Span("\(clip.position) of \(total)", .text)])
    case .turn:
      let isWaiting = clip.history.state == .due || clip.history.state == .secondOpinion
      guard isWaiting, let turn = clip.turn else { return Line() }
      return Line(turn.words(state.texts), .quiet)
    case .reason:
      guard !clip.frostReason.isEmpty else { return Line() }
      return Line([Span("frost: ", .quiet), Span(clip.frostReason, .frost)])
    case .regions:
      return RegionWords(
        clip.regions, finest: max(clip.frost, clip.frostFloor, clip.ownFrost)
      ).line(namesKinds: namesKinds)
    case .looks:
      guard state.hasLooks(clip) else { return Line() }
      let seconds = state.hourLookRest / 1000
      return Line([Span("looks: ", .quiet), Span("\(seconds) s left this hour", .text)])
    case .kinds: return Line()
    case .view:
      let differences = state.setting.differences
      guard !differences.isEmpty else { return Line() }
      return Line([
        Span("view: ", .quiet), Span(differences.joined(separator: ", "), .text),
      ])
    }
  }

  private var stateWords: Line {
    let hasDraft = clip.history.hasDraft
    switch clip.history.state {
    case .due: return hasDraft ? Line("draft", .prediction) : Line("new", .text)
    case .secondOpinion:
      let isOthers = clip.history.objection(toLabelsBy: state.reviewer) != nil
      if isOthers { return Line(state.texts(OpinionPhrase.stateWaiting), .prediction) }
      return Line(
        state.texts(hasDraft ? OpinionPhrase.stateSecondDraft : .stateSecond),
        hasDraft ? .prediction : .text)
    case .disputed: return Line(state.texts(OpinionPhrase.stateDisputed), .prediction)
    case .done where clip.history.adjudication != nil:
      return Line(state.texts(OpinionPhrase.stateDecided), .set)
    case .done:
      return hasDraft ? Line("done, correction not committed", .prediction) : Line("done", .set)
    case .deferred: return Line(hasDraft ? "deferred, draft" : "deferred", .prediction)
    case .flagged: return Line("flagged", .flagged)
    case .skipped(let id):
      let reason =
        id == LabelChange.flaggedBefore
        ? "flagged before" : state.taxonomy.skipReasons.first { $0.id == id }?.name ?? id
      return Line("skipped: \(DisplayText.line(reason, limit: 30))", .prediction)
    }
  }
}
