// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Locking, and what happens until a session is unlocked.
extension State {
  /// How long before it locks by itself a session says so.
  private static let idleNoticeMilliseconds: Int64 = 10_000
  /// The wait after the first failed try; each doubles it, up to the longest.
  private static let firstWaitMilliseconds: Int64 = 1000
  private static let longestWaitMilliseconds: Int64 = 60_000

  /// Whole seconds until the session locks by itself, once few are left; nil before.
  package var secondsToLock: Int? {
    guard lock == nil, let left = millisecondsToLock, left <= Self.idleNoticeMilliseconds else {
      return nil
    }
    return Int((max(0, left) + 999) / 1000)
  }

  /// Whole seconds until another try is taken; nil where one is taken now.
  package var secondsToNextTry: Int? {
    guard let lock, lock.waitsUntilMilliseconds > nowMilliseconds else { return nil }
    return Int((lock.waitsUntilMilliseconds - nowMilliseconds + 999) / 1000)
  }

  private var millisecondsToLock: Int64? {
    guard let seconds = lockRules.idleSeconds else { return nil }
    let lastSign = max(lastKeyAtMilliseconds, stats.startedMilliseconds)
    return lastSign + Int64(seconds) * 1000 - nowMilliseconds
  }

  mutating func lockIfIdle(_ effects: inout [Effect]) {
    guard let left = millisecondsToLock, left <= 0 else { return }
    lock(.idle, &effects)
  }

  /// Locks; a session that is locked stays so, for its first reason.
  mutating func lock(_ reason: LockReason, _ effects: inout [Effect]) {
    guard lock == nil else { return }
    settleEdge(&effects)
    lock = SessionLock(reason, nowMilliseconds: nowMilliseconds, wasOpening: isOpening)
    clip?.player.pause()
    mode = .review
    notice = nil
    resumesOnReturn = false
    isOpening = false
    effects.append(.lock(reason))
  }

  mutating func follow(_ event: LockEvent, _ effects: inout [Effect]) {
    switch event {
    case .typed(let isAnything):
      lock?.hasTyped = isAnything
      if isAnything { lock?.sentence = nil }
    case .entered: tryToUnlock(&effects)
    case .refused(let sentence, let isWrong): refuseUnlock(sentence, isWrong: isWrong)
    case .unlocked: unlock(&effects)
    case .left:
      if lock != nil { effects.append(.quit) }
    }
  }

  private mutating func tryToUnlock(_ effects: inout [Effect]) {
    guard let lock, !lock.isChecking, secondsToNextTry == nil,
      lock.hasTyped || !lockRules.hasPassphrase
    else { return }
    self.lock?.isChecking = true
    self.lock?.hasTyped = false
    self.lock?.sentence = nil
    effects.append(.tryToUnlock(attempt: lock.failures + 1))
  }

  private mutating func refuseUnlock(_ sentence: String, isWrong: Bool) {
    guard let lock, lock.isChecking else { return }
    self.lock?.isChecking = false
    self.lock?.sentence = sentence
    guard isWrong else { return }
    let doublings = min(lock.failures, 16)
    let wait = min(Self.firstWaitMilliseconds << Int64(doublings), Self.longestWaitMilliseconds)
    self.lock?.failures += 1
    self.lock?.waitsUntilMilliseconds = nowMilliseconds + wait
  }

  /// Goes back to the clip, at the same place and paused; to the next one where that was on its way.
  private mutating func unlock(_ effects: inout [Effect]) {
    guard let lock, lock.isChecking else { return }
    self.lock = nil
    lastKeyAtMilliseconds = nowMilliseconds
    hasHeldKeyActed = false
    effects.append(.refreshCounts)
    guard let open = clip else {
      if !isNothingDue || lock.wasOpening { go(.openNextDue(after: nil), &effects) }
      return
    }
    if lock.wasOpening { return go(following(open), &effects) }
    if open.closure == nil { go(.openAgain(open.id, at: open.playhead.time), &effects) }
  }
}
