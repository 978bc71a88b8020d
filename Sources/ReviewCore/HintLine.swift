// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The keys that matter now, as many as the width takes; the less needed ones go first.
struct HintLine {
  /// One or two keys and what they do.
  private struct Hint {
    var keys: String
    var words: String
    /// 0 is never left out before anything else.
    var rank: Int

    var line: Line { Line([Span(keys, .key), Span(" \(words)", .quiet)]) }
  }

  private let state: State

  init(_ state: State) { self.state = state }

  func draw(on grid: inout CellGrid, row: Int) {
    var hints = hints
    let room = grid.size.columns - 2
    while line(hints).width > room, let least = hints.map(\.rank).max(),
      let index = hints.lastIndex(where: { $0.rank == least })
    {
      hints.remove(at: index)
    }
    grid.put(line(hints), column: 1, row: row, limit: room)
  }

  private func line(_ hints: [Hint]) -> Line {
    Line.joined(hints.map(\.line), by: Span("   ", .text))
  }

  private var hints: [Hint] {
    if state.lock != nil {
      return Keymap.lockKeys.map { Hint(keys: $0.name, words: $0.hint, rank: 0) }
    }
    switch state.mode {
    case .prompt(let prompt):
      let keys = prompt.reasons(state.taxonomy, state.texts).map { String($0.key) }
      let range = [keys.first, keys.last].compactMap(\.self).joined(separator: "–")
      return [
        Hint(keys: range, words: "reason", rank: 0), Hint(keys: "esc", words: "back", rank: 0),
      ]
    case .help: return [Hint(keys: "any key", words: "back", rank: 0)]
    case .summary:
      return [hint(.leave, "leave", 0), Hint(keys: "any other", words: "back", rank: 0)]
    case .view: return viewMenu
    case .pan:
      return [
        Hint(keys: "← → ↑ ↓", words: "move", rank: 0), Hint(keys: "enter", words: "keep", rank: 0),
        Hint(keys: "esc", words: "back", rank: 1), hint(.flag, "sensitive", 2),
      ]
    case .region(let draft): return region(draft)
    case .contactSheet(let sheet):
      return [
        Hint(keys: "1–\(sheet.moments.count)", words: "go there", rank: 0),
        Hint(keys: "← → ↑ ↓", words: "choose", rank: 2),
        Hint(keys: "enter", words: "go", rank: 1), Hint(keys: "esc", words: "back", rank: 0),
        hint(.flag, "sensitive", 3),
      ]
    case .note:
      return [
        Hint(keys: "enter", words: state.texts(NotePhrase.keep), rank: 0),
        Hint(keys: "esc", words: state.texts(NotePhrase.back), rank: 0),
        Hint(keys: "^U", words: state.texts(NotePhrase.clear), rank: 1),
        Hint(keys: "^W", words: state.texts(NotePhrase.eraseWord), rank: 2),
      ]
    case .history: return list(.history)
    case .messages: return list(.messages)
    case .worklist(let screen): return worklist(screen)
    case .review: return review
    }
  }

  private func worklist(_ screen: WorklistScreen) -> [Hint] {
    func words(_ phrase: WorklistPhrase) -> String { state.texts(phrase) }
    if screen.line != nil {
      return [
        Hint(keys: "enter", words: words(.hintApply), rank: 0),
        Hint(keys: "esc", words: "back", rank: 0),
      ]
    }
    let back = [Hint(keys: "b", words: words(.hintBringBack), rank: 1)]
    return [
      Hint(keys: "tab", words: "next list", rank: 1), Hint(keys: "j k", words: "move", rank: 1),
      Hint(keys: "enter", words: "open", rank: 0),
    ] + (screen.filter.isPutOff ? back : []) + [
      Hint(keys: "/", words: words(.hintQuery), rank: 1),
      Hint(keys: ":", words: words(.hintJump), rank: 2), Hint(keys: "esc", words: "back", rank: 0),
    ]
  }

  private func list(_ opener: Action) -> [Hint] {
    let texts = state.texts
    return [
      Hint(keys: "↑ ↓", words: texts(MessagesPhrase.move), rank: 0),
      Hint(keys: "pgup pgdn", words: texts(MessagesPhrase.page), rank: 2),
      Hint(keys: "home end", words: texts(MessagesPhrase.firstLast), rank: 3),
      hint(opener, texts(MessagesPhrase.back), 1),
      Hint(keys: "esc", words: texts(MessagesPhrase.back), rank: 0),
    ]
  }

  /// What moves the selected edge, which is named here.
  private func edge(_ clip: OpenClip) -> [Hint] {
    guard let segment = clip.chosenSegment else { return [] }
    let texts = state.texts
    let name = state.taxonomy.term(segment.term)?.name ?? segment.term.text
    let words = texts(
      clip.selectedEdge == .start ? SegmentPhrase.moveBegin : .moveEnd, name,
      clip.edgeMoment(segment).time.clock)
    return [
      hint(.frameBack, .frameForward, words, 0), hint(.back1, .forward1, "1 s", 1),
      hint(.back5, .forward5, "5 s", 3),
      hint(.cycleSegments, texts(SegmentPhrase.nextEdge), 0),
      hint(.removeSegment, texts(SegmentPhrase.remove), 2),
      Hint(keys: "enter", words: texts(SegmentPhrase.done), rank: 0),
      hint(.undo, texts(SegmentPhrase.undo), 4), hint(.flag, texts(SegmentPhrase.sensitive), 2),
    ]
  }

  private func region(_ draft: RegionDraft) -> [Hint] {
    let leaving = [Hint(keys: "esc", words: "leave it", rank: 0), hint(.flag, "sensitive", 4)]
    if draft.isAsking {
      let first = RegionDraft.kinds.first?.key ?? "1"
      let last = RegionDraft.kinds.last?.key ?? "4"
      return [Hint(keys: "\(first)–\(last)", words: "what the region is", rank: 0)] + leaving
    }
    return [
      Hint(keys: "← → ↑ ↓", words: "move region", rank: 0),
      Hint(keys: "h l j k", words: "size", rank: 2),
      Hint(keys: "enter", words: "place it", rank: 0),
      hint(.frameBack, .frameForward, "frame", 3),
    ] + leaving
  }

  private var viewMenu: [Hint] {
    let isZoomed = state.setting.adjustment.zoom != .whole
    return [
      Hint(keys: "↑ ↓", words: "choose", rank: 1), Hint(keys: "← →", words: "change", rank: 0),
    ] + (isZoomed ? [Hint(keys: "p", words: "pan", rank: 2)] : []) + [
      Hint(keys: "r", words: "as it is", rank: 3), hint(.pause, "pause", 4),
      Hint(keys: "enter", words: "keep", rank: 0), Hint(keys: "esc", words: "back", rank: 1),
      hint(.flag, "sensitive", 2),
    ]
  }

  private var review: [Hint] {
    guard let clip = state.clip else { return nothingDue }
    if state.isBlanked {
      return [
        Hint(keys: "space", words: "returns", rank: 0), hint(.lock, "lock", 2),
        hint(.leave, "leave", 1),
      ]
    }
    let walk = [
      hint(.nextDue, "next due", 0), hint(.previousClip, "previous", 2),
      hint(.worklist, "worklist", 2), hint(.help, "all keys", 1),
    ]
    if clip.closure != nil { return walk }
    if clip.isFlagged {
      let why = state.takesFlagReason(clip) ? [Hint(keys: "1–5", words: "say why", rank: 1)] : []
      let back = state.flagToTakeBack(clip) == nil ? [] : [hint(.undo, "take it back", 0)]
      return back + why + walk
    }
    if clip.failure != nil { return walk }
    if state.look?.scope == .lens { return lens }
    if clip.chosenSegment != nil { return edge(clip) }
    let look = state.hasLooks(clip) ? [hint(.look, "look", 7)] : []
    return playing(clip) + labelling(clip) + [
      hint(.undo, "undo", 6), hint(.skip, "skip", 8),
    ] + look + [
      hint(.flag, "sensitive", 2), hint(.blank, "blank", 3), hint(.worklist, "worklist", 12),
      hint(.postpone, "defer", 13), hint(.region, "region", 15),
      hint(.copyPrevious, state.texts(NotePhrase.copy), 16),
    ] + (state.reviewRules.allowsNotes ? [hint(.note, state.texts(NotePhrase.note), 16)] : []) + [
      hint(.history, state.texts(HistoryPhrase.history), 17),
      hint(.messages, state.texts(MessagesPhrase.messages), 18), hint(.help, "all keys", 0),
    ]
  }

  private var lens: [Hint] {
    [
      Hint(keys: "lens: ← → ↑ ↓", words: "move", rank: 0), hint(.look, "go on", 1),
      Hint(keys: "enter esc", words: "end", rank: 0), hint(.pause, "pause", 4),
      hint(.frameBack, .frameForward, "frame", 3), hint(.flag, "sensitive", 2),
    ]
  }

  private var nothingDue: [Hint] {
    [
      hint(.nextDue, "look again", 1), hint(.worklist, "worklist", 0),
      hint(.undo, "reopen the last", 2), hint(.previousClip, "last clip", 3),
      hint(.help, "all keys", 1), hint(.leave, "leave", 0),
    ]
  }

  private func playing(_ clip: OpenClip) -> [Hint] {
    let pause =
      clip.player.isPlaying ? "pause" : clip.player.isEnded ? "again" : "play"
    return [
      hint(.pause, pause, 1), hint(.frameBack, .frameForward, "frame", 7),
      hint(.back5, .forward5, "5 s", 9), hint(.nextMotion, "next motion", 10),
      hint(.slower, .faster, "speed", 14),
    ]
  }

  private func labelling(_ clip: OpenClip) -> [Hint] {
    let sheet = clip.history.draft
    let missing = state.missing(sheet)
    if clip.history.state == .done, !clip.history.hasDraft { return [hint(.commit, "next", 1)] }
    if let open = sheet.segments.first(where: { $0.end == nil }) {
      return [hint(.segment, "end of \(state.taxonomy.term(open.term)?.name ?? "segment")", 1)]
    }
    var hints: [Hint] = missing.isEmpty ? [hint(.commit, "commit", 1)] : []
    let proposals = Proposals(clip: clip, taxonomy: state.taxonomy)
    let open = [Axis.moved, .level].filter { axis in
      sheet.cannotJudge == nil && sheet.terms(axis, state.taxonomy).isEmpty
        && proposals.terms(axis).isEmpty
    }
    for axis in open {
      let keys = state.taxonomy.terms(axis).map { String($0.key) }.joined(separator: " ")
      hints.append(Hint(keys: keys, words: axis.title.lowercased(), rank: 4))
    }
    if open.isEmpty, !proposals.all.isEmpty { hints.append(hint(.confirm, "confirm", 1)) }
    if clip.segmentTerm(state.taxonomy) != nil { hints.append(hint(.segment, "segment", 5)) }
    if !sheet.segments.isEmpty { hints.append(hint(.cycleSegments, "segments", 11)) }
    return hints
  }

  private func hint(_ action: Action, _ words: String, _ rank: Int) -> Hint {
    Hint(keys: state.key(action), words: words, rank: rank)
  }

  private func hint(_ action: Action, _ other: Action, _ words: String, _ rank: Int) -> Hint {
    let keys = [action, other].map(state.key).joined(separator: " ")
    return Hint(keys: keys, words: words, rank: rank)
  }
}
