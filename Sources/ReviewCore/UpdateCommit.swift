// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension State {
  /// How long a clip's first picture must have been on the screen before a verdict counts.
  private static let leastPictureMilliseconds: Int64 = 300

  /// `Enter`, `y`, and a level that commits by itself.
  mutating func commit(confirming: Bool, _ effects: inout [Effect]) {
    guard let open = clip else { return }
    let isOthers = open.history.objection(toLabelsBy: reviewer) != nil && !open.isFlagged
    if open.closure == nil, open.failure != nil || isOthers || open.isFlagged && !confirming {
      return goOn(from: open, &effects)
    }
    guard mayLabel() else { return }
    guard hasShownLongEnough(open) else {
      return sayTooSoon()
    }
    if open.history.isCommitted { return goOn(from: open, &effects) }
    let confirmed = confirming ? Proposals(clip: open, taxonomy: taxonomy).all : []
    var sheet = open.history.draft
    let changes = confirmed.map { LabelChange.set($0.id, isConfirmation: true) }
    for change in changes { sheet.apply(change, ordinal: 0, taxonomy: taxonomy) }
    let missing = missing(sheet)
    guard missing.isEmpty else {
      return remark(sentence(missing: missing))
    }
    append(changes + [.commit] + secondOpinion(on: sheet, open), &effects)
    goOn(from: open, &effects)
  }

  /// Goes on to the next due clip; after one that was flagged to a harmless one.
  mutating func goOn(from open: OpenClip, _ effects: inout [Effect]) {
    hasHeldKeyActed = true
    go(following(open), &effects)
  }

  /// What opens the next due clip.
  func following(_ open: OpenClip?) -> Effect {
    guard let open, open.isFlagged else { return .openNextDue(after: open?.id) }
    return .openNextCalm(after: open.id)
  }

  /// `*`: commits what is set where that was not done yet, and asks for another reviewer's verdict.
  mutating func askSecondOpinion(_ effects: inout [Effect]) {
    guard let open = clip, mayLabel() else { return }
    guard open.history.first == nil else { return say(.asked) }
    var changes: [LabelChange] = []
    if !open.history.isCommitted {
      guard hasShownLongEnough(open) else {
        return sayTooSoon()
      }
      let missing = missing(open.history.draft)
      guard missing.isEmpty else {
        return remark(sentence(missing: missing))
      }
      changes = [.commit]
    }
    append(changes + [.secondOpinion(.asked)], &effects)
    remark(texts(OpinionPhrase.asked))
    goOn(from: open, &effects)
  }

  /// What a commit adds where the policy wants a second opinion on that verdict.
  private func secondOpinion(on sheet: LabelSheet, _ open: OpenClip) -> [LabelChange] {
    guard open.history.first == nil,
      let cause = opinionRules.cause(for: sheet, of: open.id, taxonomy)
    else { return [] }
    return [.secondOpinion(cause)]
  }

  /// Answers a key that the rules of second opinions leave without effect.
  mutating func say(_ objection: RoundObjection) {
    let phrase: OpinionPhrase =
      switch objection {
      case .waitsForAnother: .waitsForAnother
      case .disputed, .ownOpinion: .disputed
      case .settled, .notDisputed: .settled
      case .asked, .noVerdict: .askedAlready
      case .earlierRound: .earlierRound
      }
    remark(texts(phrase))
  }

  private func hasShownLongEnough(_ open: OpenClip) -> Bool {
    guard let shown = open.firstPictureAtMilliseconds else { return false }
    return nowMilliseconds - shown >= Self.leastPictureMilliseconds
  }

  private mutating func sayTooSoon() {
    remark(isPlain ? texts(PlainPhrase.tooSoon) : texts(LabellingPhrase.tooSoon))
  }

  /// What a sheet lacks before it can be a verdict, in words.
  func missing(_ sheet: LabelSheet) -> [String] {
    var missing: [String] = []
    if sheet.cannotJudge == nil {
      if sheet.terms(.moved, taxonomy).isEmpty {
        missing.append(texts(LabellingPhrase.missingMoved, taxonomy.cannotJudgeKey))
      }
      if sheet.terms(.level, taxonomy).isEmpty {
        missing.append(texts(LabellingPhrase.missingLevel))
      }
    }
    if let open = sheet.segments.first(where: { $0.end == nil }) {
      let name = taxonomy.name(open.term)
      missing.append(texts(LabellingPhrase.missingEnd, name, key(.segment)))
    }
    return missing
  }

  private func sentence(missing parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else {
      return texts(LabellingPhrase.oneMissing, parts.joined())
    }
    return texts(LabellingPhrase.moreMissing, parts.dropLast().joined(separator: ", "), last)
  }

  // MARK: - Undo

  mutating func undo(_ effects: inout [Effect]) {
    if let open = clip, open.isWithdrawn { return undoFlag(open, &effects) }
    guard let open = clip, let ordinal = open.history.undoable.last else {
      hasHeldKeyActed = true
      return go(flaggedToGoBackTo.map(Effect.open) ?? .reopenLastCommitted, &effects)
    }
    if let region = othersRegion(open) {
      let name = DisplayText.line(region.reviewer.text, limit: 24)
      return remark(texts(LabellingPhrase.othersRegion, words(open, ordinal), name))
    }
    if let objection = open.history.objection(to: .undo(ordinal), by: reviewer) {
      return say(objection)
    }
    append([.undo(ordinal)], &effects)
    remark(texts(LabellingPhrase.takenBack, words(open, ordinal)))
  }

  mutating func redo(_ effects: inout [Effect]) {
    if let open = clip, open.isWithdrawn { return sayWhyShut(open) }
    guard let open = clip, let ordinal = open.history.redoable.last else {
      return remark(texts(LabellingPhrase.nothingToRedo))
    }
    // A clip is flagged anew, so that the time in which that can be taken back begins anew.
    if open.history.events.contains(where: { $0.ordinal == ordinal && $0.change == .flag }) {
      return flag(open, &effects)
    }
    if let objection = open.history.objection(to: .redo(ordinal), by: reviewer) {
      return say(objection)
    }
    append([.redo(ordinal)], &effects)
    remark(texts(LabellingPhrase.doneAgain, words(open, ordinal)))
  }

  func words(_ open: OpenClip, _ ordinal: Int) -> String {
    guard let change = open.history.events.first(where: { $0.ordinal == ordinal })?.change else {
      return texts(LabellingPhrase.change)
    }
    switch change {
    case .set(let id, _): return taxonomy.name(id)
    case .clear(let id): return texts(LabellingPhrase.noLabel, taxonomy.name(id))
    case .cannotJudge: return texts(LabellingPhrase.cannotJudge)
    case .clearCannotJudge: return texts(LabellingPhrase.canBeJudged)
    case .openSegment(let id, _): return texts(LabellingPhrase.beginOf, taxonomy.name(id))
    case .closeSegment: return texts(LabellingPhrase.endOfSegment)
    case .moveSegment: return texts(HistoryPhrase.segmentMoved)
    case .removeSegment: return texts(LabellingPhrase.removal)
    case .copy: return texts(HistoryPhrase.copied)
    case .note: return texts(HistoryPhrase.note)
    case .addRegion(let region): return texts(LabellingPhrase.region, region.kind.name(texts))
    case .skip: return texts(LabellingPhrase.skip)
    case .postpone: return texts(LabellingPhrase.postpone)
    case .flag, .flagReason: return texts(LabellingPhrase.sensitive)
    case .commit, .reopen, .secondOpinion, .adjudicate, .bringBack, .undo, .redo:
      return texts(LabellingPhrase.change)
    }
  }
}
