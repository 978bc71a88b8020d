// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Looks: asked for by a key, granted by the log, ended by everything but looking.
extension State {
  /// After a lens's time its keys rest for so long: a reviewer who still steers must not commit.
  private static let lensRestMilliseconds: Int64 = 700

  // MARK: asking

  mutating func pressLook(_ effects: inout [Effect]) {
    guard lookAsk == nil, let open = clip else { return }
    if let look {
      if look.rest(at: nowMilliseconds) == 0 { endLook(.elapsed, &effects) }
      // A key that is held down comes 30 times a second; it goes on all the same.
      if look.shown(at: nowMilliseconds) < look.grantedMilliseconds / 4 { return }
    }
    if let sentence = whyNoLook(open) { return remark(sentence) }
    guard open.failure == nil, open.closure == nil else { return sayWhyShut(open) }
    guard open.firstPictureAtMilliseconds != nil, isWithinBudgets(open) else { return }
    if finestFrost == .strict, open.lookReason == nil { return ask(.look) }
    startLook(open, &effects)
  }

  mutating func startLook(for reason: Reason, _ effects: inout [Effect]) {
    clip?.lookReason = LookReason(rawValue: reason.id)
    if let clip { startLook(clip, &effects) }
  }

  private mutating func startLook(_ open: OpenClip, _ effects: inout [Effect]) {
    let renewed = look.map {
      LookShown(number: $0.number, milliseconds: $0.shown(at: nowMilliseconds), end: .renewed)
    }
    lookAsk = PendingLook(
      clip: open.id, askedAtMilliseconds: nowMilliseconds, renewed: renewed)
    effects.append(
      .startLook(
        LookAsk(
          clip: open.id, frost: finestFrost, scope: lookRules.scope, reason: open.lookReason,
          renewed: renewed)))
  }

  /// Why no look opens this clip, whoever asks and whatever is left; nil where one may.
  private func whyNoLook(_ open: OpenClip) -> String? {
    if open.isFlagged, open.closure == nil { return texts(LookPhrase.withdrawn) }
    guard open.failure == nil, open.closure == nil else { return nil }
    if open.frostFloor > .clear { return texts(LookPhrase.flaggedBefore) }
    switch finestFrost {
    case .clear: return texts(LookPhrase.clearAlready)
    case .solid: return texts(LookPhrase.solid)
    case .soft, .frosted, .strict:
      return lookRules.allowsLooks ? nil : texts(LookPhrase.forbidden)
    }
  }

  private mutating func isWithinBudgets(_ open: OpenClip) -> Bool {
    guard clipLookRest(open) >= lookRules.leastMilliseconds else {
      let seconds = lookRules.clipMilliseconds / 1000
      remark(texts(LookPhrase.clipSpent, seconds, finestFrost.name(texts)))
      return false
    }
    guard hourLookRest >= lookRules.leastMilliseconds else {
      sayWhenLooksAreLeft()
      return false
    }
    return true
  }

  private mutating func sayWhenLooksAreLeft() {
    let refill = lookHour.refill(lookRules, at: nowMilliseconds)
    clip?.looksReturnAtMilliseconds = refill
    remark(texts(LookPhrase.hourSpent, key(.postpone), wait(refill - nowMilliseconds)))
  }

  func wait(_ milliseconds: Int64) -> String {
    let seconds = max(1, (milliseconds + 999) / 1000)
    return seconds < 60
      ? texts(NamePhrase.seconds, seconds) : texts(NamePhrase.minutes, (seconds + 59) / 60)
  }

  // MARK: what is left

  /// What is left of the clip's looks, as a running one uses it up; zero where there are none.
  func clipLookRest(_ open: OpenClip) -> Int64 {
    let running = look?.clip == open.id ? look?.rest(at: nowMilliseconds) ?? 0 : 0
    return max(0, lookRules.clipMilliseconds - open.lookSpentMilliseconds + running)
  }

  /// What is left of the reviewer's hour, as a running look uses it up.
  var hourLookRest: Int64 {
    lookHour.rest(lookRules, at: nowMilliseconds) + (look?.rest(at: nowMilliseconds) ?? 0)
  }

  /// Whether this clip has looks at all, now or at another hour.
  func hasLooks(_ open: OpenClip) -> Bool {
    lookRules.allowsLooks && open.failure == nil && !open.isWithdrawn && open.frostFloor == .clear
      && Frost.grids.contains(max(open.frost, open.ownFrost))
  }

  private mutating func take(_ standing: LookStanding, of id: ClipID, at now: Int64) {
    lookHour = standing.hour.shifted(by: now)
    if clip?.id == id { clip?.lookSpentMilliseconds = standing.clipSpentMilliseconds }
  }

  // MARK: answers

  mutating func follow(_ event: LookEvent, _ effects: inout [Effect]) {
    switch event {
    case .granted(let receipt, let standing, let now):
      tick(now)
      take(standing, of: receipt.clip, at: now)
      begin(receipt, &effects)
    case .spent(let standing, let now):
      tick(now)
      guard let ask = lookAsk else { return }
      take(standing, of: ask.clip, at: now)
      giveUp(ask, &effects)
      if let clip, clip.id == ask.clip { _ = isWithinBudgets(clip) }
    case .refused(let sentence):
      guard let ask = lookAsk else { return }
      giveUp(ask, &effects)
      show(Notice(texts(LookPhrase.refused, sentence), kind: .error))
    case .standing(let id, let standing, let now):
      // An answer that is on its way knows better.
      guard look == nil, lookAsk == nil else { return }
      tick(now)
      take(standing, of: id, at: now)
    case .ended(let end): endLook(end, &effects)
    }
  }

  /// Begins what was granted, unless it may not be shown any more: then it ends with what was seen.
  private mutating func begin(_ receipt: LookReceipt, _ effects: inout [Effect]) {
    guard let ask = lookAsk, ask.clip == receipt.clip else {
      return record(LookShown(number: receipt.number, milliseconds: 0, end: .walk), &effects)
    }
    lookAsk = nil
    stats.clearMilliseconds += ask.renewed?.milliseconds ?? 0
    // One that goes on counts from its key: until now the one before was seen.
    let began = ask.renewed == nil ? nowMilliseconds : ask.askedAtMilliseconds
    let granted = Look(
      clip: receipt.clip, number: receipt.number, scope: receipt.scope, beganAtMilliseconds: began,
      endsAtMilliseconds: began + receipt.milliseconds)
    look = granted
    if let end = ask.cancelled ?? obstacle(to: ask.clip) {
      let seenUntil = ask.ended?.atMilliseconds ?? (ask.renewed == nil ? began : nowMilliseconds)
      return finish(granted, shown: granted.shown(at: seenUntil), end, &effects)
    }
    if granted.rest(at: nowMilliseconds) > 0 {
      effects.append(.showLook(receipt, beganAtMilliseconds: began))
    }
  }

  private mutating func giveUp(_ ask: PendingLook, _ effects: inout [Effect]) {
    lookAsk = nil
    if let shown = ask.ended?.shown { record(shown, &effects) }
  }

  // MARK: ending

  /// Ends a look whose time is over, or that something stands in the way of; called after every
  /// message, so that no path can forget it.
  mutating func settleLook(_ effects: inout [Effect]) {
    if let ask = lookAsk, let end = obstacle(to: ask.clip) { cancel(ask, end) }
    guard let look else { return }
    if nowMilliseconds >= look.endsAtMilliseconds {
      endLook(.elapsed, &effects)
    } else if let end = obstacle(to: look.clip) {
      endLook(end, &effects)
    }
  }

  /// What a clip may not be seen clear under, though its look goes on.
  private func obstacle(to id: ClipID) -> LookEnd? {
    if lock != nil { return .lock }
    guard let open = clip, open.id == id else { return .walk }
    if open.closure != nil { return .closed }
    if open.isFlagged { return .flag }
    if open.failure != nil { return .failed }
    if isBlanked { return .blank }
    switch mode {
    case .review: break
    case .prompt, .note: return .prompt
    case .summary: return .leave
    case .view, .pan, .region, .contactSheet, .history, .messages, .worklist, .help:
      return .screen
    }
    if isOpening { return .walk }
    return finestFrost == .solid ? .key : nil
  }

  private mutating func cancel(_ ask: PendingLook, _ end: LookEnd) {
    lookAsk?.cancelled = ask.cancelled ?? end
  }

  mutating func endLook(_ end: LookEnd, _ effects: inout [Effect]) {
    if let ask = lookAsk, end != .elapsed { cancel(ask, end) }
    guard let look else { return }
    finish(look, shown: look.shown(at: nowMilliseconds), end, &effects)
  }

  private mutating func finish(
    _ ended: Look, shown: Int64, _ end: LookEnd, _ effects: inout [Effect]
  ) {
    look = nil
    if end == .elapsed, ended.scope == .lens {
      lensRestsUntilMilliseconds = nowMilliseconds + Self.lensRestMilliseconds
    }
    let account = LookShown(number: ended.number, milliseconds: shown, end: end)
    // What takes the picture away goes before all else.
    if lookAsk?.renewed?.number == ended.number {
      lookAsk?.ended = (nowMilliseconds, account)
    } else {
      let unused = ended.grantedMilliseconds - shown
      lookHour.giveBack(unused)
      if clip?.id == ended.clip { clip?.lookSpentMilliseconds -= unused }
      record(account, &effects)
    }
    effects.insert(.hideLook, at: 0)
  }

  private mutating func record(_ shown: LookShown, _ effects: inout [Effect]) {
    stats.clearMilliseconds += shown.milliseconds
    effects.insert(.recordLook(shown), at: 0)
  }

  // MARK: the lens

  /// Takes the keys of a lens; false for those that mean what they always do.
  mutating func pressInLens(_ key: KeyPress, _ effects: inout [Effect]) -> Bool {
    guard let look, look.scope == .lens else { return isLensResting(key) }
    switch key {
    case .left: lens.move(right: -1, down: 0)
    case .right: lens.move(right: 1, down: 0)
    case .up: lens.move(right: 0, down: -1)
    case .down: lens.move(right: 0, down: 1)
    case .enter, .escape:
      hasHeldKeyActed = true
      endLook(.key, &effects)
    default: return false
    }
    return true
  }

  private func isLensResting(_ key: KeyPress) -> Bool {
    guard nowMilliseconds < lensRestsUntilMilliseconds else { return false }
    return [.left, .right, .up, .down, .enter].contains(key)
  }

  // MARK: more frost

  /// One step more frost on this clip for this reviewer: it takes effect at once.
  mutating func raiseFrost(_ effects: inout [Effect]) {
    guard let open = clip else { return }
    guard open.failure == nil, !open.isWithdrawn else { return sayWhyShut(open) }
    let wanted: Frost
    switch finestFrost {
    case .clear, .soft: wanted = .frosted
    case .frosted: wanted = .strict
    case .strict: wanted = .solid
    case .solid: return remark(texts(LookPhrase.solidAlready))
    }
    endLook(.key, &effects)
    clip?.ownFrost = wanted
    effects.append(.raiseFrost(open.id, wanted))
    remark(texts(LookPhrase.moreFrost, wanted.name(texts)))
  }
}
