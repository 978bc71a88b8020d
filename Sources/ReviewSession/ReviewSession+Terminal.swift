// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import Lockdown
internal import ReviewCore
internal import TerminalScreen
internal import Vocabulary

/// Who is known to see a session's terminal, and what waits for a look at it.
struct TerminalSight {
  /// The number of the look that was asked for last, and of the one that was answered last.
  var asked: UInt32 = 0
  var answered: UInt32?
  /// What the policy says to what was found last; nil before the first look.
  var verdict: TerminalVerdict?
  /// Whether the reviewer was told what is amiss: once a session, and again where it gets worse.
  var told: TerminalVerdict.Outcome = .allowed
  var nextLookAtMilliseconds: Int64 = 0
  /// What was asked for while an answer was out, and is asked next; nil where nothing was.
  var isNextThorough: Bool?

  /// How often to look while nothing else asks for it.
  static let intervalMilliseconds: Int64 = 30_000
}

/// Looks who records the terminal: before the first clip, before each clip's first picture, when the
/// session goes on after a stop or a lock, and every 30 s.
extension ReviewSession {
  /// Sees to what happened to the terminal: a look ends where nobody may be before it any more.
  func noteTerminal() {
    if screen?.takeFocusLost() == true { endLook(.unfocused) }
    guard terminal.takeResumed() else { return }
    endLook(.suspended)
    sayAgain()
    // It may have been carried to another terminal while it was stopped.
    if sight.verdict != nil { lookAtTerminal() }
  }

  /// Asks who holds the terminal; no picture is drawn before the answer is there.
  ///
  /// A look that is not thorough passes over processes that the last one found harmless.
  func lookAtTerminal(isThorough: Bool = true) {
    let now = SessionClock.monotonicMilliseconds
    if isThorough { sight.nextLookAtMilliseconds = now + TerminalSight.intervalMilliseconds }
    guard sight.answered == sight.asked else {
      // One at a time: a reviewer who walks fast would ask faster than the watch can look.
      sight.isNextThorough = isThorough || sight.isNextThorough == true
      return
    }
    sight.asked = host.look(.here(isThorough: isThorough), nowMilliseconds: now)
  }

  /// Whether every look that was asked for has been answered.
  var isTerminalSeen: Bool { sight.answered == sight.asked && sight.isNextThorough == nil }

  func lookWhenDue(_ now: Int64) {
    guard now >= sight.nextLookAtMilliseconds else { return }
    // The picture stays meanwhile: this look was asked for by the clock alone.
    let wasSeen = isTerminalSeen
    lookAtTerminal()
    if wasSeen { sight.answered = sight.asked }
  }

  /// Takes what looks have found; opens the first clip after the first of them.
  func takeLooks() {
    let events = host.receiveLooks(nowMilliseconds: SessionClock.monotonicMilliseconds)
    for event in events {
      guard case .terminal(let number, let finding) = event else { continue }
      let isFirst = sight.verdict == nil
      sight.answered = max(sight.answered ?? 0, number)
      settings.entry.terminal.note(finding)
      judge(settings.entry.terminal.verdict(settings.vault.policy.terminalRules))
      if isFirst, state.lock == nil { resume() }
      if sight.answered == sight.asked, let isThorough = sight.isNextThorough {
        sight.isNextThorough = nil
        lookAtTerminal(isThorough: isThorough)
      }
    }
  }

  private func judge(_ verdict: TerminalVerdict) {
    defer { shutRefused(verdict) }
    guard verdict != sight.verdict else { return }
    let before = sight.verdict
    sight.verdict = verdict
    log(verdict)
    if before?.outcome == .refused, verdict.outcome != .refused { loader.forgetRefusals() }
    guard verdict.outcome > sight.told else { return }
    sight.told = verdict.outcome
    send(.notice(Notice(verdict.sentence(state.texts))))
  }

  /// Takes customers' clips off the screen that may not be shown at this terminal any more.
  private func shutRefused(_ verdict: TerminalVerdict) {
    guard verdict.outcome == .refused else { return }
    for clip in shelf where clip.record.source == .customerFeedback && clip.failure == nil {
      shut(clip.id, verdict.sentence(state.texts))
    }
  }

  private func log(_ verdict: TerminalVerdict) {
    let session = storeSession
    let now = SessionClock.wallMilliseconds
    worker.submit { store throws(StoreError) in
      try store.record([verdict.draft], by: session.actor, nowMilliseconds: now)
    } completion: { [weak self] result in
      self?.report(result) {}
    }
  }
}

extension TerminalLook {
  /// A look at this process's own terminal.
  static func here(isThorough: Bool) -> TerminalLook {
    let surroundings = TerminalSurroundings.current
    return TerminalLook(
      device: surroundings.device, process: surroundings.process,
      isInTmux: surroundings.isInTmux, isInScreen: surroundings.isInScreen,
      isThorough: isThorough)
  }
}
