// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import ReviewCore
internal import Veil
internal import Vocabulary

/// Clips that are withdrawn, held or erased by others while they are open here, and what the log
/// learns of those that are shown.
extension ReviewSession {
  /// Looks whether anybody shut a clip that is open here; costs one small read where nobody did.
  func lookForClosures() {
    let seen = closuresSeen
    let clips = shelf.map(\.id)
    worker.submit { store throws(StoreError) in
      let number = try store.dataVersion()
      guard number != seen else { return (number, [ClipID: ClipClosure]()) }
      return (number, try store.closures(among: clips))
    } completion: { [weak self] result in
      // A store that cannot be read now is asked again soon; labels report for themselves.
      guard let self, case .success((let number, let closures)) = result else { return }
      // Clips that were opened meanwhile were not asked for: the next look asks again.
      if Set(self.shelf.map(\.id)).isSubset(of: clips) { self.closuresSeen = number }
      for (clip, closure) in closures {
        self.shut(clip, closure.sentence(clip, nextKey: self.nextKey, self.state.texts))
      }
    }
  }

  /// Takes a clip off the screen and out of memory, and gives its lease back.
  func shut(_ clip: ClipID, _ sentence: String) {
    if ahead.clips.contains(where: { $0.id == clip }) { dropLookahead() }
    guard let open = current, open.id == clip, !open.isShut else { return }
    open.shut(sentence)
    pane.invalidate()
    send(.clipClosed(clip, Notice(sentence, kind: .error)))
    let session = storeSession
    worker.submit { store throws(StoreError) in
      try store.release(clip, session: session)
    } completion: { _ in
      // The lease of a clip that nobody can open holds nothing up.
    }
  }

  /// Logs that a clip's first picture was on the screen.
  func logFirstPicture(of clip: ClipOnShelf, at frost: Frost) {
    guard let name = clip.loaded.logName, !clip.isFirstPictureLogged else { return }
    clip.isFirstPictureLogged = true
    let session = storeSession
    let now = SessionClock.wallMilliseconds
    let draft = AuditDraft(.firstPicture, clip: name, ["frost": .word(frost.name)])
    worker.submit { store throws(StoreError) in
      try store.record([draft], by: session.actor, nowMilliseconds: now)
    } completion: { [weak self] result in
      self?.report(result) {}
    }
  }

  /// Tells the screen how old the last notices are, on an offline seat.
  func tellNoticesAge() {
    guard settings.vault.policy.offlineSeat else { return }
    worker.submit { store throws(StoreError) in
      try store.noticesAgeMilliseconds(at: try store.nowMilliseconds())
    } completion: { [weak self] result in
      self?.report(result) { age in
        self?.send(.noticesAge(minutes: age.map { Int($0 / 60_000) } ?? .max))
      }
    }
  }
}

extension ClipClosure {
  /// What a reviewer is told.
  fileprivate func sentence(_ clip: ClipID, nextKey: String, _ texts: Texts) -> String {
    switch self {
    case .withdrawn: texts(WalkPhrase.withdrawn, clip.short, nextKey)
    case .held: texts(WalkPhrase.held, clip.short, nextKey)
    case .erasing, .erased: texts(WalkPhrase.erased, clip.short, nextKey)
    }
  }
}
