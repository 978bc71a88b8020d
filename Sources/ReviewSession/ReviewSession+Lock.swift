// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import Lockdown
internal import ReviewCore
internal import TerminalScreen
internal import Vocabulary

/// What a locked session needs for itself: the passphrase's field and who the reviewer is.
final class LockDesk {
  let line = SecretLine()
  var decoder = SecretKeyDecoder()
}

/// Locks the session and unlocks it: while it is locked there is no clip in it, no picture and no
/// key of a person or of the vault.
extension ReviewSession {
  /// Clears the screen and lets go of everything that shows or opens a clip.
  func lock(_ reason: LockReason) {
    wipe()
    screen?.hearMouse(false)
    pane = PicturePane(driver: makeDriver())
    palettes.forget()
    paneRect = nil
    openings += 1
    dropLookahead()
    if let clip = current, !clip.isShut {
      clip.decoder?.close()
      current = nil
    }
    lockDesk.line.clear()
    loader.close()
    settings.entry.identity = nil
    HeapMemory.giveBack()
    record(AuditDraft(.lock, ["why": .word(reason.rawValue)]))
  }

  /// Takes the keys of a locked session: what is typed goes into secret memory and nowhere else.
  func takeLockKeys() throws(SessionError) {
    var events: [LockEvent] = []
    let desk = lockDesk
    let isOpen = state.lock?.isChecking == false && state.secondsToNextTry == nil
    let keys: [KeyPress]
    do {
      keys = try terminal.readSecretKeys(
        with: &desk.decoder, nowMilliseconds: SessionClock.monotonicMilliseconds
      ) { key in
        // While a try runs or is waited for, nothing is taken, and nothing behind an Enter.
        if key == .end { events.append(.left) }
        guard isOpen, events.last != .entered else { return }
        Self.follow(key, desk.line, &events)
      }
    } catch { throw .terminal(error) }
    for key in keys where key == .resized { resized() }
    for event in events where state.lock != nil { send(.lock(event)) }
  }

  private static func follow(_ key: SecretKey, _ line: SecretLine, _ events: inout [LockEvent]) {
    switch key {
    case .byte(let byte): line.append(byte)
    case .erase: line.eraseLast()
    case .clear: line.clear()
    case .enter: return events.append(.entered)
    case .end, .frameAcknowledged: return
    }
    events.append(.typed(isAnything: !line.isEmpty))
  }

  /// Tries what was typed, on the store's thread: the screen and its clock go on meanwhile.
  func tryToUnlock(attempt: Int) {
    // Whoever has no passphrase may have typed something all the same.
    if !state.lockRules.hasPassphrase { lockDesk.line.clear() }
    let passphrase = lockDesk.line.take()
    let (session, entry) = (storeSession, settings.entry)
    worker.submit { store throws(StoreError) in
      let result = entry.signIn(session.reviewer, passphrase)
      // It is in the log before anything of a clip is on the screen again.
      let word = if case .success = result { "opened" } else { "refused" }
      try store.record(
        [
          AuditDraft(.unlock, ["result": .word(word), "attempt": .number(Int64(attempt))])
        ], by: session.actor, nowMilliseconds: SessionClock.wallMilliseconds)
      return result
    } completion: { [weak self] result in
      switch result {
      case .success(.success(let door)): self?.unlocked(door)
      case .success(.failure(let refusal)):
        self?.send(.lock(.refused(refusal.sentence, isWrong: refusal.isWrong)))
      case .failure(let error):
        guard let self else { return }
        self.send(.lock(.refused(error.spoken(self.state.texts), isWrong: false)))
      }
    }
  }

  private func unlocked(_ signedIn: SignedIn) {
    settings.entry = signedIn.entry
    loader.open(signedIn.door)
    // What was to be opened while there was no key is offered again.
    loader.forgetRefusals()
    closuresSeen = nil
    wipe()
    lookAtTerminal()
    screen?.hearMouse(true)
    send(.lock(.unlocked))
  }

  /// A terminal that is lost here is found to be so when it is next read from.
  private func wipe() { try? screen?.wipe() }

  /// Opens the clip again that was on the screen before the lock.
  func openAgain(_ clip: ClipID, at playhead: MediaTime) {
    let (loader, opening) = (self.loader, openings)
    worker.submit { store throws(StoreError) in
      try loader.clip(clip, in: store)
    } completion: { [weak self] result in
      guard let self else { return }
      if case .success(.kept(let error)) = result, self.openings == opening {
        self.send(
          .clipClosed(
            clip,
            Notice(
              self.state.texts(
                WalkPhrase.gone, error.spoken(self.state.texts).withoutStop, self.nextKey),
              kind: .error)))
      }
      self.arrive(result, playhead: playhead, opening: opening)
    }
  }

  private func record(_ draft: AuditDraft) {
    let session = storeSession
    let now = SessionClock.wallMilliseconds
    worker.submit { store throws(StoreError) in
      try store.record([draft], by: session.actor, nowMilliseconds: now)
    } completion: { [weak self] result in
      self?.report(result) {}
    }
  }
}

extension String {
  fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
