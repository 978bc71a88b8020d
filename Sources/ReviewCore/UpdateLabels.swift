// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension State {
  /// Whether labels of the clip on screen may change; says why where they may not.
  mutating func mayLabel() -> Bool {
    guard let clip else { return false }
    if clip.failure != nil || clip.isWithdrawn {
      sayWhyShut(clip)
      return false
    }
    guard let objection = clip.history.objection(toLabelsBy: reviewer) else { return true }
    say(objection)
    return false
  }

  mutating func pressLabel(_ key: Character, _ effects: inout [Effect]) {
    if key == taxonomy.cannotJudgeKey {
      if mayLabel() { pressCannotJudge(&effects) }
    } else if let term = taxonomy.term(key: key), mayLabel() {
      toggle(term, &effects)
    }
  }

  private mutating func pressCannotJudge(_ effects: inout [Effect]) {
    guard let sheet = clip?.history.draft else { return }
    if sheet.cannotJudge != nil { return append([.clearCannotJudge], &effects) }
    if let segment = sheet.segments.first { return refuseForSegment(segment.term) }
    ask(.cannotJudge)
  }

  private mutating func toggle(_ term: Term, _ effects: inout [Effect]) {
    guard let sheet = clip?.history.draft else { return }
    let isSet = sheet.terms[term.id] != nil
    if !isSet, term.axis == .happened, let nothing = exclusiveMoved(sheet) {
      return remark(texts(LabellingPhrase.nothingHappens, nothing.name, nothing.key))
    }
    let change = isSet ? LabelChange.clear(term.id) : .set(term.id, isConfirmation: false)
    var after = sheet
    after.apply(change, ordinal: 0, taxonomy: taxonomy)
    if let segment = sheet.segments.first(where: { after.terms[$0.term] == nil }) {
      return refuseForSegment(segment.term)
    }
    append([change], &effects)
    if !isSet, isQuickLevel(term) {
      commit(confirming: false, &effects)
    }
  }

  private func exclusiveMoved(_ sheet: LabelSheet) -> Term? {
    sheet.terms(.moved, taxonomy).first(where: \.isExclusive)
  }

  mutating func refuseForSegment(_ id: TermID) {
    let keys = "\(key(.cycleSegments)), \(key(.removeSegment))"
    remark(texts(LabellingPhrase.segmentSays, taxonomy.name(id), keys))
  }

  /// Whether policy lets this level commit by itself: the two lowest do, where what moved is set
  /// and neither question holds a prediction nobody confirmed.
  private func isQuickLevel(_ term: Term) -> Bool {
    guard allowsQuickLevels, let clip, taxonomy.terms(.level).prefix(2).contains(term) else {
      return false
    }
    let proposals = Proposals(clip: clip, taxonomy: taxonomy)
    return !clip.history.draft.terms(.moved, taxonomy).isEmpty
      && proposals.terms(.moved).isEmpty && proposals.terms(.happened).isEmpty
  }

  // MARK: - Prompts

  mutating func ask(_ prompt: Prompt) { enterOverlay(.prompt(prompt)) }

  mutating func answer(_ prompt: Prompt, _ key: KeyPress, _ effects: inout [Effect]) {
    if key == .escape { return leaveOverlay() }
    guard case .character(let character) = key,
      let reason = prompt.reasons(taxonomy, texts).first(where: { $0.key == character })
    else { return }
    hasHeldKeyActed = true
    switch prompt {
    case .cannotJudge:
      append([.cannotJudge(reason: reason.id)], &effects)
      leaveOverlay()
    case .skip:
      append([.skip(reason: reason.id)], &effects)
      mode = .review
      remark(texts(LabellingPhrase.skipped, reason.name))
      go(.openNextDue(after: clip?.id), &effects)
    case .postpone:
      mode = .review
      postpone(untilTomorrow: reason.id == Prompt.tomorrow, &effects)
    case .look:
      leaveOverlay()
      startLook(for: reason, &effects)
    }
  }

  // MARK: - Changes of the clip's state, and segments

  private static let hour: Int64 = 60 * 60 * 1000

  mutating func change(_ action: Action, _ effects: inout [Effect]) {
    guard let open = clip else { return }
    if open.closure != nil { return sayWhyShut(open) }
    if action == .cycleSegments { return cycleSegments(open) }
    if action == .skip || action == .postpone, open.failure != nil || open.isFlagged {
      return sayWhyShut(open)
    }
    if action == .skip || action == .postpone {
      if let objection = open.history.objection(toLabelsBy: reviewer) { return say(objection) }
      if open.history.state == .done {
        return remark(texts(LabellingPhrase.clipDone, key(.nextDue)))
      }
      if open.history.state == .disputed { return say(.disputed) }
    }
    switch action {
    case .skip: skip(open, &effects)
    case .postpone: postpone(open, &effects)
    case .flag: flag(open, &effects)
    case .segment: if mayLabel() { markSegment(open, &effects) }
    case .removeSegment: if mayLabel() { removeSegment(open, &effects) }
    default: break
    }
  }

  /// Asks why; not of a clip that was flagged before, which says enough.
  private mutating func skip(_ open: OpenClip, _ effects: inout [Effect]) {
    guard open.history.wasFlagged else { return ask(.skip) }
    append([.skip(reason: LabelChange.flaggedBefore)], &effects)
    remark(texts(LabellingPhrase.skippedFlagged))
    goOn(from: open, &effects)
  }

  /// Asks until when; where the reviewer was told when looks are left again, defers until then.
  private mutating func postpone(_ open: OpenClip, _ effects: inout [Effect]) {
    guard let back = open.looksReturnAtMilliseconds, back > nowMilliseconds else {
      return ask(.postpone)
    }
    let wait = back - nowMilliseconds
    remark(texts(LabellingPhrase.postponedLooks, self.wait(wait)))
    postpone(open, until: wallMilliseconds + wait, &effects)
  }

  /// Defers for four hours, or until eight in the morning of the seat's next day.
  private mutating func postpone(untilTomorrow: Bool, _ effects: inout [Effect]) {
    guard let open = clip else { return }
    remark(texts(untilTomorrow ? WorklistPhrase.postponedTomorrow : .postponedToday))
    let local = wallMilliseconds + zoneMilliseconds
    let midnight = local - local % (24 * Self.hour) + 24 * Self.hour - zoneMilliseconds
    postpone(
      open, until: untilTomorrow ? midnight + 8 * Self.hour : wallMilliseconds + 4 * Self.hour,
      &effects)
  }

  private mutating func postpone(
    _ open: OpenClip, until time: Int64, _ effects: inout [Effect]
  ) {
    append([.postpone(untilMilliseconds: time)], &effects)
    hasHeldKeyActed = true
    go(.openNextDue(after: open.id), &effects)
  }
}

extension Prompt {
  /// The id of the answer that defers to the next day.
  static let tomorrow = "tomorrow"

  /// The answers.
  func reasons(_ taxonomy: Taxonomy, _ texts: Texts) -> [Reason] {
    switch self {
    case .postpone:
      [
        Reason(id: "later_today", key: "1", name: texts(WorklistPhrase.laterToday)),
        Reason(id: Self.tomorrow, key: "2", name: texts(WorklistPhrase.tomorrow)),
      ]
    case .cannotJudge: taxonomy.cannotJudgeReasons
    case .skip: taxonomy.skipReasons
    case .look: LookReason.reasons(texts)
    }
  }
}

extension OpenClip {
  /// The label a new segment takes: the one pressed last of those set, what happened before what
  /// moved; nil where none is set.
  func segmentTerm(_ taxonomy: Taxonomy) -> Term? {
    for axis in [Axis.happened, .moved] {
      for event in history.events.reversed() {
        if case .set(let id, _) = event.change, history.draft.terms[id] != nil,
          let term = taxonomy.term(id), term.axis == axis, !term.isExclusive
        {
          return term
        }
      }
    }
    return nil
  }
}
