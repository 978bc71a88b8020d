// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import LabelStore
internal import ReviewCore
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// Looks: logged by the store's thread first, then shown; and the frost that a reviewer raises.
extension ReviewSession {
  /// Asks the store for a look.
  ///
  /// Nothing is shown before its receipt is there, which stands for a transaction that is on disk.
  func startLook(_ ask: LookAsk) {
    let session = storeSession
    let rules = state.lookRules
    worker.submit { store throws(StoreError) in
      try store.startLook(ask, rules: rules, session: session, clock: .now)
    } completion: { [weak self] result in
      let now = SessionClock.monotonicMilliseconds
      switch result {
      case .success(.granted(let receipt, let standing)):
        self?.send(.look(.granted(receipt, standing, nowMilliseconds: now)))
      case .success(.spent(let standing)):
        self?.send(.look(.spent(standing, nowMilliseconds: now)))
      case .failure(let error):
        guard let self else { return }
        self.send(.look(.refused(sentence: error.spoken(self.state.texts))))
      }
    }
  }

  /// Gives the decoder of the clip on the screen the look's grant.
  func showLook(_ receipt: LookReceipt, beganAtMilliseconds began: Int64) {
    let now = SessionClock.monotonicMilliseconds
    guard let clip = current, clip.id == receipt.clip else { return }
    // The clear picture is drawn by a driver of its own: no colour of it is kept.
    if !clip.isLookedAt { renewDriver() }
    clip.beginLook(
      .look(receipt, beganAtMilliseconds: min(began, now), lens: state.lens), nowMilliseconds: now)
  }

  /// Takes the clear picture away: from the decoder, from memory, from what waits to be sent, and
  /// from the screen, before or with the next frame, which is whole.
  func hideLook() {
    current?.endLook()
    screen?.dropQueuedPicture()
    renewDriver()
    pane.invalidate()
    mustCover = true
  }

  /// Blanks the pane at once where the dark or frosted picture would have to wait for the terminal, or
  /// for a slow line: text takes pictures away too.
  func coverIfSlow(_ now: Int64) throws(SessionError) {
    guard mustCover, let screen else { return }
    mustCover = false
    let isSoon = screen.mayDraw(nowMilliseconds: now) && screen.quality == .full
    guard let rect = paneRect, !isSoon else { return }
    renewDriver()
    pane.invalidate()
    pictureBytes += PicturePane.blank(rect)
    try sendPicture()
  }

  func recordLook(_ shown: LookShown) {
    let session = storeSession
    let clip = state.clip?.id
    worker.submit { store throws(StoreError) in
      try store.stopLook(shown, session: session, nowMilliseconds: SessionClock.wallMilliseconds)
      return try clip.map { clip throws(StoreError) in
        try store.lookStanding(of: clip, session: session, clock: .now)
      }
    } completion: { [weak self] result in
      // An end that is not logged counts in full; the next opening of the store logs that.
      self?.report(result) { self?.tell($0, of: clip) }
    }
  }

  /// Tells what is left of the hour, and of the clip on the screen.
  func tellLookStanding() {
    guard state.lookRules.allowsLooks, let clip = state.clip?.id else { return }
    let session = storeSession
    worker.submit { store throws(StoreError) in
      try store.lookStanding(of: clip, session: session, clock: .now)
    } completion: { [weak self] result in
      self?.report(result) { self?.tell($0, of: clip) }
    }
  }

  private func tell(_ standing: LookStanding?, of clip: ClipID?) {
    guard let standing, let clip else { return }
    let now = SessionClock.monotonicMilliseconds
    send(.look(.standing(clip, standing, nowMilliseconds: now)))
  }

  /// Ends a look for what the terminal tells.
  func endLook(_ end: LookEnd) {
    if state.hasLook { send(.look(.ended(end))) }
  }

  /// Shows a clip with more frost, and keeps that.
  func raiseFrost(of clip: ClipID, to frost: Frost) {
    if let current, current.id == clip { current.raise(to: frost) }
    let session = storeSession
    let now = SessionClock.wallMilliseconds
    worker.submit { store throws(StoreError) in
      try store.raiseFrost(of: clip, to: frost, session: session, nowMilliseconds: now)
    } completion: { [weak self] result in
      self?.report(result) {}
    }
  }
}

extension LookClock {
  /// Both clocks now.
  static var now: LookClock {
    LookClock(
      wallMilliseconds: SessionClock.wallMilliseconds,
      monotonicMilliseconds: SessionClock.monotonicMilliseconds)
  }
}
