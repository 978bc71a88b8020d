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

  /// The keys and what they do, one after the other, for those who hear them.
  var spoken: String { hints.map { "\($0.keys) \($0.words)" }.joined(separator: ", ") }

  private func line(_ hints: [Hint]) -> Line {
    Line.joined(hints.map(\.line), by: Span("   ", .text))
  }

  private var hints: [Hint] {
    if state.lock != nil {
      return Keymap.lockKeys.map { Hint(keys: $0.name, words: words($0.hint), rank: 0) }
    }
    switch state.mode {
    case .prompt(let prompt):
      let keys = prompt.reasons(state.taxonomy, state.texts).map { String($0.key) }
      let range = [keys.first, keys.last].compactMap(\.self).joined(separator: "–")
      return [
        Hint(keys: range, words: words(prompt == .postpone ? .choose : .reason), rank: 0),
        Hint(keys: "esc", words: words(.back), rank: 0),
      ]
    case .help(let page):
      let isLast = page + 1 >= HelpView.pageCount(state)
      let any = Hint(keys: words(.anyKey), words: words(isLast ? .back : .nextPage), rank: 0)
      return isLast ? [any] : [any, Hint(keys: "esc", words: words(.back), rank: 1)]
    case .summary:
      return [
        hint(.leave, words(.leave), 0), Hint(keys: words(.anyOther), words: words(.back), rank: 0),
      ]
    case .view: return viewMenu
    case .pan:
      return [
        Hint(keys: "← → ↑ ↓", words: words(.move), rank: 0),
        Hint(keys: "enter", words: words(.keep), rank: 0),
        Hint(keys: "esc", words: words(.back), rank: 1), hint(.flag, words(.sensitive), 2),
      ]
    case .region(let draft): return region(draft)
    case .contactSheet(let sheet):
      return [
        Hint(keys: "1–\(sheet.moments.count)", words: words(.goThere), rank: 0),
        Hint(keys: "← → ↑ ↓", words: words(.choose), rank: 2),
        Hint(keys: "enter", words: words(.go), rank: 1),
        Hint(keys: "esc", words: words(.back), rank: 0),
        hint(.flag, words(.sensitive), 3),
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
    func list(_ phrase: WorklistPhrase) -> String { state.texts(phrase) }
    if screen.line != nil {
      return [
        Hint(keys: "enter", words: list(.hintApply), rank: 0),
        Hint(keys: "esc", words: words(.back), rank: 0),
      ]
    }
    let back = [Hint(keys: "b", words: list(.hintBringBack), rank: 1)]
    return [
      Hint(keys: "tab", words: words(.nextList), rank: 1),
      // How to move everybody guesses.
      Hint(keys: "j k", words: words(.move), rank: 3),
      Hint(keys: "enter", words: words(.open), rank: 0),
    ] + (screen.filter.isPutOff ? back : []) + [
      Hint(keys: "/", words: list(.hintQuery), rank: 1),
      Hint(keys: ":", words: list(.hintJump), rank: 2),
      Hint(keys: "s S", words: list(.hintSort), rank: 2),
      Hint(keys: "esc", words: words(.back), rank: 0),
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
    let name = state.taxonomy.name(segment.term)
    let moving = texts(
      clip.selectedEdge == .start ? SegmentPhrase.moveBegin : .moveEnd, name,
      clip.edgeMoment(segment).time.clock)
    return [
      hint(.frameBack, .frameForward, moving, 0), hint(.back1, .forward1, words(.second), 1),
      hint(.back5, .forward5, words(.fiveSeconds), 3),
      hint(.cycleSegments, texts(SegmentPhrase.nextEdge), 0),
      hint(.removeSegment, texts(SegmentPhrase.remove), 2),
      Hint(keys: "enter", words: texts(SegmentPhrase.done), rank: 0),
      hint(.undo, texts(SegmentPhrase.undo), 4), hint(.flag, texts(SegmentPhrase.sensitive), 2),
    ]
  }

  private func region(_ draft: RegionDraft) -> [Hint] {
    let leaving = [
      Hint(keys: "esc", words: words(.leaveIt), rank: 0), hint(.flag, words(.sensitive), 4),
    ]
    if draft.isAsking {
      let first = RegionDraft.kinds.first?.key ?? "1"
      let last = RegionDraft.kinds.last?.key ?? "4"
      return [Hint(keys: "\(first)–\(last)", words: words(.whatRegion), rank: 0)] + leaving
    }
    return [
      Hint(keys: "← → ↑ ↓", words: words(.moveRegion), rank: 0),
      Hint(keys: "h l j k", words: words(.size), rank: 2),
      Hint(keys: "enter", words: words(.placeIt), rank: 0),
      hint(.frameBack, .frameForward, words(.frame), 3),
    ] + leaving
  }

  private var viewMenu: [Hint] {
    let isZoomed = state.setting.adjustment.zoom != .whole
    return [
      Hint(keys: "↑ ↓", words: words(.choose), rank: 1),
      Hint(keys: "← →", words: words(.change), rank: 0),
    ] + (isZoomed ? [Hint(keys: "p", words: words(.pan), rank: 2)] : []) + [
      Hint(keys: "r", words: words(.asItIs), rank: 3), hint(.pause, words(.pause), 4),
      Hint(keys: "enter", words: words(.keep), rank: 0),
      Hint(keys: "esc", words: words(.back), rank: 1),
      hint(.flag, words(.sensitive), 2),
    ]
  }

  private var review: [Hint] {
    guard let clip = state.clip else { return nothingDue }
    if state.isBlanked {
      return [
        Hint(keys: "space", words: words(.returns), rank: 0), hint(.lock, words(.lock), 2),
        hint(.leave, words(.leave), 1),
      ]
    }
    let walk = [
      hint(.nextDue, words(.nextDue), 0), hint(.previousClip, words(.previous), 2),
      hint(.worklist, words(.worklist), 2), hint(.help, words(.allKeys), 1),
    ]
    if clip.closure != nil { return walk }
    if clip.isFlagged {
      let why =
        state.takesFlagReason(clip) ? [Hint(keys: "1–5", words: words(.sayWhy), rank: 1)] : []
      let back = state.flagToTakeBack(clip) == nil ? [] : [hint(.undo, words(.takeItBack), 0)]
      return back + why + walk
    }
    if clip.failure != nil { return walk }
    if state.look?.scope == .lens { return lens }
    if clip.chosenSegment != nil { return edge(clip) }
    let look = state.hasLooks(clip) ? [hint(.look, words(.look), 7)] : []
    return playing(clip) + labelling(clip) + [
      hint(.undo, words(.undo), 6), hint(.skip, words(.skip), 8),
    ] + look + [
      hint(.flag, words(.sensitive), 2), hint(.blank, words(.blank), 3),
      hint(.worklist, words(.worklist), 12),
      hint(.postpone, words(.postpone), 13), hint(.region, words(.region), 15),
      hint(.copyPrevious, state.texts(NotePhrase.copy), 16),
    ] + (state.reviewRules.allowsNotes ? [hint(.note, state.texts(NotePhrase.note), 16)] : []) + [
      hint(.history, state.texts(HistoryPhrase.history), 17),
      hint(.messages, state.texts(MessagesPhrase.messages), 18), hint(.help, words(.allKeys), 0),
    ]
  }

  private var lens: [Hint] {
    [
      Hint(keys: words(.lensKeys), words: words(.move), rank: 0), hint(.look, words(.goOn), 1),
      Hint(keys: "enter esc", words: words(.end), rank: 0), hint(.pause, words(.pause), 4),
      hint(.frameBack, .frameForward, words(.frame), 3), hint(.flag, words(.sensitive), 2),
    ]
  }

  private var nothingDue: [Hint] {
    [
      hint(.nextDue, words(.lookAgain), 1), hint(.worklist, words(.worklist), 0),
      hint(.undo, words(.reopenLast), 2), hint(.previousClip, words(.lastClip), 3),
      hint(.help, words(.allKeys), 1), hint(.leave, words(.leave), 0),
    ]
  }

  private func playing(_ clip: OpenClip) -> [Hint] {
    let pause =
      clip.player.isPlaying ? HintPhrase.pause : clip.player.isEnded ? .again : .play
    return [
      hint(.pause, words(pause), 1), hint(.frameBack, .frameForward, words(.frame), 7),
      hint(.back5, .forward5, words(.fiveSeconds), 9), hint(.nextMotion, words(.nextMotion), 10),
      hint(.slower, .faster, words(.speed), 14),
    ]
  }

  private func labelling(_ clip: OpenClip) -> [Hint] {
    let sheet = clip.history.draft
    let missing = state.missing(sheet)
    if clip.history.state == .done, !clip.history.hasDraft {
      return [hint(.commit, words(.next), 1)]
    }
    if let open = sheet.segments.first(where: { $0.end == nil }) {
      return [hint(.segment, endWords(open), 1)]
    }
    var hints: [Hint] = missing.isEmpty ? [hint(.commit, words(.commit), 1)] : []
    let proposals = Proposals(clip: clip, taxonomy: state.taxonomy)
    let open = [Axis.moved, .level].filter { axis in
      sheet.cannotJudge == nil && sheet.terms(axis, state.taxonomy).isEmpty
        && proposals.terms(axis).isEmpty
    }
    for axis in open {
      let keys = state.taxonomy.terms(axis).map { String($0.key) }.joined(separator: " ")
      hints.append(Hint(keys: keys, words: axis.hint(state.texts), rank: 4))
    }
    if open.isEmpty, !proposals.all.isEmpty { hints.append(hint(.confirm, words(.confirm), 1)) }
    if clip.segmentTerm(state.taxonomy) != nil { hints.append(hint(.segment, words(.segment), 5)) }
    if !sheet.segments.isEmpty { hints.append(hint(.cycleSegments, words(.segments), 11)) }
    return hints
  }

  private func endWords(_ segment: Segment) -> String {
    state.texts(
      HintPhrase.endOf, state.taxonomy.term(segment.term)?.name ?? words(.segment))
  }

  private func words(_ phrase: HintPhrase) -> String { state.texts(phrase) }

  private func hint(_ action: Action, _ words: String, _ rank: Int) -> Hint {
    Hint(keys: state.key(action), words: words, rank: rank)
  }

  private func hint(_ action: Action, _ other: Action, _ words: String, _ rank: Int) -> Hint {
    let keys = [action, other].map(state.key).joined(separator: " ")
    return Hint(keys: keys, words: words, rank: rank)
  }
}
