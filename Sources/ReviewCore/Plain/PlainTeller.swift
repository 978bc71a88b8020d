// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The view of a session in plain lines: says after each message what a listener must know of it, once,
/// and nothing where nothing changed.
///
/// Nothing is said twice or taken back: a label is said once it is on disk, a clip once the one before
/// it is committed.
package struct PlainTeller: Sendable {
  /// The state when something was said last.
  private var told: State
  /// The clip that was said last; nil where none was.
  private var clip: OpenClip?
  private var need: String?
  /// Whether a clip has come that was not said yet, its motion, and that there is none.
  private var owesClip = false
  private var owesMotion = false
  private var owesNothingDue = false

  /// Starts with a session that has said nothing.
  package init(_ state: State) { told = state }

  /// What a session says first: what it is, who is there, the keys that help, what must be known of the
  /// vault; ends with a line feed.
  package static func greeting(_ state: State) -> String {
    let texts = state.texts
    let lines = [
      texts(PlainPhrase.start, state.seat, state.reviewer.text),
      texts(PlainPhrase.keys, state.key(.pause), state.key(.help)), state.vaultNote,
    ]
    return text(lines.filter { !$0.isEmpty })
  }

  /// Whether all that is known of a clip has been said.
  package func hasTold(_ id: ClipID) -> Bool {
    !owesClip && !owesMotion && clip?.id == id
  }

  /// What is said after a message: whole lines, each ended by a line feed, and what was typed.
  ///
  /// It holds nothing but characters that take one cell, backspaces and line feeds. Nothing of a clip is
  /// said while `mayTellClip` is false.
  package mutating func tell(
    _ state: State, after message: Message, mayTellClip: Bool = true
  ) -> String {
    note(message)
    var lines = lockLines(state)
    if state.lock == nil {
      lines += notices(state) + committed(state)
      if mayTellClip, state.pendingCommits.isEmpty { lines += clips(state) }
      lines += labels(state) + standing(state) + screens(state, message)
      if lines.isEmpty { lines += places(state, message) }
      lines += asked(state, message)
    }
    defer { told = state }
    return Self.text(lines, from: PlainField(told), to: PlainField(state))
  }

  /// Says again what the keys are about: after the program was stopped, or another had the terminal.
  package func again(_ state: State) -> String {
    let lines: [String]
    if let lock = state.lock {
      lines = self.lock(state, lock)
    } else {
      let screen = PlainScreens(state).whole
      lines = screen.isEmpty ? whole(state) : screen
    }
    return Self.text(lines, from: nil, to: PlainField(state))
  }

  private mutating func note(_ message: Message) {
    switch message {
    case .clipOpened: (owesClip, owesMotion, owesNothingDue) = (true, true, false)
    case .nothingDue, .onlyFlaggedDue: (owesClip, owesMotion, owesNothingDue) = (false, false, true)
    default: break
    }
  }

  private static func text(
    _ lines: [String], from old: PlainField? = nil, to new: PlainField? = nil
  ) -> String {
    let said = lines.map { DisplayText.line($0, limit: .max) + "\n" }.joined()
    switch (old, new) {
    case (nil, nil): return said
    case (nil, let new?): return said + new.whole
    case (_?, nil): return "\n" + said
    case (let old?, let new?):
      if said.isEmpty, old.prompt == new.prompt { return new.echo(after: old) }
      return "\n" + said + new.whole
    }
  }
}

// MARK: - What is said

extension PlainTeller {
  /// Every notice that came, also those that another took the place of.
  private func notices(_ state: State) -> [String] {
    let (old, new) = (told.messages.entries, state.messages.entries)
    guard new.last != old.last else { return [] }
    // One that came again is the last entry, its count raised.
    let isRepeated =
      new.count == old.count && new.last?.notice == old.last?.notice
      && (new.last?.count ?? 0) > (old.last?.count ?? 0)
    let fresh = isRepeated ? 1 : max(1, new.count - old.count)
    return new.suffix(fresh).map(\.notice.text)
  }

  private func committed(_ state: State) -> [String] {
    let count = state.stats.committed
    return count > told.stats.committed ? [state.texts(PlainPhrase.committed, count)] : []
  }

  /// A clip that has come, what decoding told of it, or that none is due.
  private mutating func clips(_ state: State) -> [String] {
    if owesNothingDue {
      (owesNothingDue, clip) = (false, nil)
      return EmptyView(state).facts.spoken(state.texts)
    }
    guard let open = state.clip else { return [] }
    var lines: [String] = []
    let words = PlainClip(state, open)
    if owesClip {
      owesClip = false
      (clip, need) = (open, nil)
      lines += words.opening + words.standing
      if open.timeline.isComplete || open.failure != nil { lines += rest(state, open) }
    } else if owesMotion, open.timeline.isComplete || open.failure != nil || open.isWithdrawn {
      lines += rest(state, open)
    }
    return lines
  }

  /// What is said of a clip once it is decoded, or cannot be.
  private mutating func rest(_ state: State, _ open: OpenClip) -> [String] {
    owesMotion = false
    let words = PlainClip(state, open)
    need = words.need
    let motion = open.timeline.isComplete ? [words.motion] : []
    return motion + [words.confirmation, need].compactMap(\.self)
  }

  /// All of the clip, or that none is due.
  private func whole(_ state: State) -> [String] {
    guard let open = state.clip else {
      return state.isNothingDue ? EmptyView(state).facts.spoken(state.texts) : []
    }
    let words = PlainClip(state, open)
    let motion = open.timeline.isComplete ? [words.motion] : []
    let shut =
      open.closure.map { [$0.text] } ?? open.failure.map { [$0] }
      ?? (open.isFlagged ? [state.flaggedSentence(open)] : [])
    return words.opening + motion + words.standing + shut
      + [words.confirmation, words.need].compactMap(\.self) + [words.place]
  }

  /// What has come on the disk of the clip's labels, and what a commit needs since.
  private mutating func labels(_ state: State) -> [String] {
    guard !owesClip, let open = state.clip, let old = clip, old.id == open.id else { return [] }
    let words = PlainClip(state, open)
    var lines: [String] = []
    if old.durableSheet != open.durableSheet {
      lines = words.changes(from: old.durableSheet, to: open.durableSheet)
    }
    let isStored = open.storedCount == open.history.events.count
    if isStored, !owesMotion, !state.isOpening, words.need != need {
      need = words.need
      lines += [need].compactMap(\.self)
    }
    if state.finestFrost != told.finestFrost, told.clip?.id == open.id, !state.isBlanked,
      !told.isBlanked, !open.isWithdrawn, told.lock == nil
    {
      lines.append(words.frost)
    }
    clip = open
    return lines
  }

  /// What stands on a screen until something changes: said when it begins.
  private func standing(_ state: State) -> [String] {
    var lines: [String] = []
    if state.isBlanked, !told.isBlanked { lines.append(state.texts(ShutPhrase.blanked)) }
    if let seconds = state.secondsToLock, told.secondsToLock == nil {
      lines.append(state.texts(ShutPhrase.idle, seconds))
    }
    if let reminder = state.breakReminder, told.breakReminder == nil { lines.append(reminder) }
    if state.noticesStage != told.noticesStage {
      lines.append(TopLine(state).spokenNotices)
    }
    return lines.filter { !$0.isEmpty }
  }

  /// What lies over the clip, when it comes, when its rows move, and when it goes.
  private func screens(_ state: State, _ message: Message) -> [String] {
    let screens = PlainScreens(state)
    if case .key(.enter, _, _) = message, told.mode == state.mode { return screens.complaint }
    guard state.mode != told.mode else { return [] }
    if !state.mode.isSame(as: told.mode), state.mode != .review { return screens.whole }
    return screens.moved(from: told.mode)
  }

  /// Where a key brought the playhead, or that it brought back the clip.
  private func places(_ state: State, _ message: Message) -> [String] {
    guard case .key = message, !state.isOpening, let open = state.clip, let old = told.clip,
      open.id == old.id
    else { return [] }
    let isBack =
      state.mode == .review && told.mode != .review || told.isBlanked && !state.isBlanked
    if isBack { return [back(state, open)] }
    let words = PlainClip(state, open)
    return words.isElsewhere(than: old) ? [words.place] : []
  }

  private func back(_ state: State, _ open: OpenClip) -> String {
    open.position > 0
      ? state.texts(PlainPhrase.backTo, open.position) : state.texts(PlainPhrase.back)
  }

  /// What a key asked to hear.
  private func asked(_ state: State, _ message: Message) -> [String] {
    guard case .key(let key, _, _) = message, PlainField(state) == nil, !told.isBlanked,
      !state.isBlanked, state.mode == told.mode, told.lock == nil
    else { return [] }
    switch state.keymap.action(key) {
    case .pause:
      let screen = PlainScreens(state).whole
      return screen.isEmpty ? whole(state) : screen
    case .help where state.mode == .review: return PlainScreens(state).allKeys
    default: return []
    }
  }
}

// MARK: - The lock

extension PlainTeller {
  private func lockLines(_ state: State) -> [String] {
    let texts = state.texts
    guard let lock = state.lock else {
      return told.lock == nil ? [] : [texts(PlainPhrase.unlocked)]
    }
    guard let old = told.lock else { return self.lock(state, lock) }
    var lines: [String] = []
    if lock.isChecking, !old.isChecking { lines.append(texts(LockPhrase.checking)) }
    if let sentence = lock.sentence, sentence != old.sentence { lines.append(sentence) }
    if let seconds = state.secondsToNextTry, told.secondsToNextTry == nil {
      lines.append(texts(LockPhrase.anotherTry, seconds))
    }
    if state.secondsToNextTry == nil, told.secondsToNextTry != nil { lines.append(opener(state)) }
    return lines
  }

  private func lock(_ state: State, _ lock: SessionLock) -> [String] {
    [
      state.texts(PlainPhrase.locked, state.reviewer.text, state.seat), lock.sentence ?? "",
      opener(state), HintLine(state).spoken, state.vaultNote,
    ].filter { !$0.isEmpty }
  }

  private func opener(_ state: State) -> String {
    state.lockRules.hasPassphrase
      ? state.texts(PlainPhrase.passphrase) : state.texts(LockPhrase.noPassphrase)
  }
}

extension Mode {
  /// Whether it is the same screen as another, whatever stands in it.
  fileprivate func isSame(as other: Mode) -> Bool {
    switch (self, other) {
    case (.note, .note), (.history, .history), (.messages, .messages), (.worklist, .worklist): true
    default: self == other
    }
  }
}

extension State {
  /// Changes where the age of the notices means something else.
  fileprivate var noticesStage: Int {
    switch noticesAgeMinutes {
    case nil: 0
    case .max?: 1
    case let minutes?: minutes > maxOfflineHours * 60 ? 3 : 2
    }
  }
}
