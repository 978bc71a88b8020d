// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The clip in plain lines: what is known of it, what is set on it, and what a commit still needs.
struct PlainClip {
  private let state: State
  private let clip: OpenClip
  private var texts: Texts { state.texts }
  private var taxonomy: Taxonomy { state.taxonomy }

  init(_ state: State, _ clip: OpenClip) { (self.state, self.clip) = (state, clip) }

  private var description: ClipDescription {
    ClipDescription(clip.record, clip.timeline, taxonomy)
  }

  /// What is known before the clip is decoded.
  var opening: [String] {
    var facts = InfoLine(state, clip).spoken
    let room = DisplayText.line(clip.room, limit: 24)
    if !room.isEmpty { facts.insert(texts(PlainPhrase.room, room), at: min(1, facts.count)) }
    facts.append(clip.record.source.name(texts))
    let list = facts.joined(separator: ", ")
    let total = max(clip.position, state.counts[.all])
    let head =
      clip.position > 0
      ? texts(PlainPhrase.clip, clip.position, total, list)
      : texts(PlainPhrase.clipElsewhere, list)
    return [head, frost] + description.opening(texts)
  }

  /// What decoding tells: length and motion.
  var motion: String { description.motion(texts) }

  /// Its frost, and why.
  var frost: String {
    let (name, reason) = (state.finestFrost.name(texts), clip.frostReason(texts))
    return reason.isEmpty
      ? texts(PlainPhrase.frost, name) : texts(PlainPhrase.frostBecause, name, reason)
  }

  // MARK: labels

  /// What is set; nothing where nothing is.
  var standing: [String] {
    let sheet = clip.history.draft
    let set =
      Axis.allCases.flatMap { sheet.terms($0, taxonomy) }.map(name)
      + (sheet.cannotJudge.map { [cannotJudge($0)] } ?? []) + sheet.segments.map(words)
    let lines = set.isEmpty ? [] : [texts(PlainPhrase.standing, set.joined(separator: ", "))]
    return lines + (sheet.note.isEmpty ? [] : [texts(PlainPhrase.note, sheet.note.text)])
  }

  /// What a commit still needs, or that it needs nothing; nil where there is nothing to commit.
  var need: String? {
    guard !clip.isWithdrawn, clip.failure == nil, !clip.history.isCommitted,
      clip.history.objection(toLabelsBy: state.reviewer) == nil
    else { return nil }
    let missing = state.missing(clip.history.draft)
    guard !missing.isEmpty else { return texts(PlainPhrase.commits, state.key(.commit)) }
    return texts(PlainPhrase.missing, state.key(.commit), missing.joined(separator: ", "))
  }

  /// What one key confirms and commits; nil where predictions alone make no verdict.
  var confirmation: String? {
    let proposed = Proposals(clip: clip, taxonomy: taxonomy).all
    var sheet = clip.history.draft
    for term in proposed {
      sheet.apply(.set(term.id, isConfirmation: true), ordinal: 0, taxonomy: taxonomy)
    }
    guard need != nil, !proposed.isEmpty, state.missing(sheet).isEmpty else { return nil }
    let names = proposed.map(name).joined(separator: ", ")
    return texts(PlainPhrase.confirms, state.key(.confirm), names)
  }

  /// What was set and taken away since another sheet of this clip.
  func changes(from old: LabelSheet, to new: LabelSheet) -> [String] {
    let terms = Axis.allCases.flatMap { taxonomy.terms($0) }
    let gone = terms.filter { term in
      // A level that another took the place of goes without saying.
      old.terms[term.id] != nil && new.terms[term.id] == nil
        && (term.axis != .level || new.terms(.level, taxonomy).isEmpty)
    }.map(name)
    let come = terms.filter { old.terms[$0.id] == nil && new.terms[$0.id] != nil }.map(name)
    var set = come
    var taken = gone
    if old.cannotJudge != new.cannotJudge {
      if let reason = new.cannotJudge {
        set.append(cannotJudge(reason))
      } else if let reason = old.cannotJudge, come.isEmpty {
        taken.append(cannotJudge(reason))
      }
    }
    set += new.segments.filter { !old.segments.contains($0) }.map(words)
    taken += old.segments.filter { segment in
      !new.segments.contains { $0.id == segment.id }
    }.map(words)
    let note =
      new.note.isEmpty ? texts(PlainPhrase.noNote) : texts(PlainPhrase.note, new.note.text)
    return taken.map { texts(PlainPhrase.taken, $0) } + set.map { texts(PlainPhrase.set, $0) }
      + (old.note == new.note ? [] : [note])
  }

  private func name(_ term: Term) -> String {
    term.axis == .level ? "\(term.key) \(term.name)" : term.name
  }

  private func cannotJudge(_ id: String) -> String {
    let reason = taxonomy.cannotJudgeReasons.first { $0.id == id }?.name ?? id
    return texts(PalettePhrase.cannotJudgeBecause, reason)
  }

  private func words(_ segment: Segment) -> String {
    let name = taxonomy.name(segment.term)
    guard let end = segment.end else {
      return texts(PlainPhrase.openSegment, name, segment.start.time.clock)
    }
    return texts(PlainPhrase.segment, name, segment.start.time.clock, end.time.clock)
  }

  // MARK: place

  /// Where the playhead stands, or the edge of the segment that the keys move.
  var place: String {
    if let segment = clip.chosenSegment {
      let name = taxonomy.name(segment.term)
      return texts(
        clip.selectedEdge == .start ? SegmentPhrase.moveBegin : .moveEnd, name,
        clip.edgeMoment(segment).time.clock)
    }
    let here = clip.playhead
    let frames = clip.timeline.frames
    let moves =
      frames.indices.contains(here.frame)
      && frames[here.frame].motion > clip.motion.threshold
    return texts(
      moves ? PlainPhrase.hereMoves : .here, here.time.clock, clip.timeline.duration.clock)
  }

  /// Whether the playhead, or the edge that the keys move, stands elsewhere than in that clip.
  func isElsewhere(than old: OpenClip) -> Bool {
    clip.playhead != old.playhead || clip.selectedSegment != old.selectedSegment
      || clip.selectedEdge != old.selectedEdge || clip.edgeMove?.moment != old.edgeMove?.moment
  }
}
