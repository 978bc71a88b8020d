// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension State {
  /// Follows one key.
  mutating func press(_ key: KeyPress, _ effects: inout [Effect]) {
    switch key {
    case .resized, .unknown, .pointer: return
    default: break
    }
    stats.keys += 1
    keysOnClip += 1
    noteWork()
    if !isHeld(key) { hasHeldKeyActed = false }
    lastKey = key
    lastKeyAtMilliseconds = nowMilliseconds
    // What is held down and does nothing leaves what it said the first time.
    if !hasHeldKeyActed { dropOldNotice() }
    if !isTyping, keymap.action(key) == .lock { return lock(.key, &effects) }
    switch mode {
    case .review: pressInReview(key, &effects)
    case .prompt(let prompt): answer(prompt, key, &effects)
    case .view(let menu): pressInView(menu, key, &effects)
    case .region(let draft): pressInRegion(draft, key, &effects)
    case .pan(let pan): pressInPan(pan, key, &effects)
    case .contactSheet(let sheet): pressInContactSheet(sheet, key, &effects)
    case .note(let line): pressInNote(line, key, &effects)
    case .history(let cursor): pressInHistory(cursor, key)
    case .messages(let cursor): pressInMessages(cursor, key)
    case .worklist(let screen): pressInWorklist(screen, key, &effects)
    case .help(let page): pressInHelp(page, key)
    case .summary:
      if keymap.action(key) == .leave { effects.append(.quit) } else { leaveOverlay() }
    }
  }

  // A held key sends its second press after up to 660 ms (the default of X), the others faster.
  // A press of the same key within 700 ms, nothing else pressed between, may thus be a held key:
  // once it has done with a clip, the presses that follow do nothing, whatever clip they reach.
  private static let longestRepeatMilliseconds: Int64 = 700

  private func isHeld(_ key: KeyPress) -> Bool {
    key == lastKey && nowMilliseconds - lastKeyAtMilliseconds < Self.longestRepeatMilliseconds
  }

  private mutating func dropOldNotice() {
    // What a later key brings is told, also within that second.
    isLossTold = false
    guard let notice else { return }
    if notice.kind == .error, nowMilliseconds - noticeAtMilliseconds < 1000 { return }
    self.notice = nil
  }

  private mutating func pressInReview(_ key: KeyPress, _ effects: inout [Effect]) {
    let action = keymap.action(key)
    if action == .leave {
      settleEdge(&effects)
      return enterOverlay(.summary)
    }
    if isBlanked { return leaveBlank(key) }
    guard !isOpening else {
      // The old picture may still be on the screen: the two keys that hide it must work.
      if action == .blank || action == .flag { blank() }
      return
    }
    if hasHeldKeyActed || pressInLens(key, &effects) { return }
    // A contact sheet that came now would take keys that were not meant for it.
    clip?.awaitsSheet = false
    clip?.beginsAt = nil
    if giveFlagReason(key, &effects) || pressOnSegment(key, action, &effects) { return }
    if let action {
      perform(action, &effects)
    } else if case .character(let character) = key {
      if isCapitalOfLabel(character) { return noteCapital() }
      pressLabel(character, &effects)
    }
    capitalsInARow = 0
  }

  /// Whether a small letter was meant that sets a label: a capital sets none.
  private func isCapitalOfLabel(_ character: Character) -> Bool {
    guard character.isUppercase, let small = character.lowercased().first else { return false }
    return small == taxonomy.cannotJudgeKey || taxonomy.term(key: small) != nil
  }

  // One may be a slip; two in a row are Caps Lock.
  private mutating func noteCapital() {
    capitalsInARow += 1
    if capitalsInARow >= 2 { remark(texts(KeysPhrase.capsLock)) }
  }

  private mutating func leaveBlank(_ key: KeyPress) {
    if key == .character(" ") { isBlanked = false }
  }

  private mutating func blank() {
    guard clip != nil else { return }
    isBlanked = true
    clip?.player.pause()
  }

  private mutating func perform(_ action: Action, _ effects: inout [Effect]) {
    if isPlain, action.needsPicture {
      return remark(texts(PlainPhrase.noPicture, key(action), key(.pause)))
    }
    switch action {
    // What a plain session says of its keys lies over nothing.
    case .help: if !isPlain { enterOverlay(.help(page: 0)) }
    case .leave: enterOverlay(.summary)
    case .lock: lock(.key, &effects)
    case .worklist: openWorklist(&effects)
    case .view: openViewMenu()
    case .contactSheet: openContactSheet()
    case .region: openRegion()
    case .note: openNote()
    case .history: openHistory()
    case .messages: openMessages()
    case .copyPrevious: copyPrevious(&effects)
    case .blank: blank()
    case .look: pressLook(&effects)
    case .moreFrost: raiseFrost(&effects)
    case .nextDue: go(following(clip), &effects)
    case .nextClip: go(.openNext(of: clip?.id), &effects)
    case .previousClip: go(.openPrevious(of: clip?.id), &effects)
    case .secondOpinion: askSecondOpinion(&effects)
    case .undo: undo(&effects)
    case .redo: redo(&effects)
    case .faster, .slower, .normalSpeed: changeSpeed(action, &effects)
    case .commit, .confirm: commit(confirming: action == .confirm, &effects)
    case .skip, .postpone, .flag, .segment, .cycleSegments, .removeSegment:
      change(action, &effects)
    case .pause, .frameBack, .frameForward, .back5, .forward5, .back1, .forward1, .loop,
      .nextMotion, .previousMotion:
      play(action)
    }
  }

  /// Asks for another clip; keys wait for the answer.
  mutating func go(_ effect: Effect, _ effects: inout [Effect]) {
    isOpening = true
    effects.append(effect)
  }

  // MARK: - Screens over the clip

  mutating func enterOverlay(_ overlay: Mode) {
    if mode == .review {
      resumesOnReturn = clip?.player.isPlaying == true
      clip?.player.pause()
    }
    mode = overlay
  }

  /// Any key turns the page, and leaves the last one; Esc leaves each.
  private mutating func pressInHelp(_ page: Int, _ key: KeyPress) {
    let isLast = page + 1 >= HelpView.pageCount(self)
    if isLast || key == .escape { leaveOverlay() } else { mode = .help(page: page + 1) }
  }

  mutating func leaveOverlay() {
    mode = .review
    let resumes = resumesOnReturn
    resumesOnReturn = false
    guard resumes, !isBlanked, let open = clip, !open.isWithdrawn, open.failure == nil else {
      return
    }
    clip?.player.play(open.timeline, nowMilliseconds: nowMilliseconds)
  }

  // MARK: - Playing

  private mutating func changeSpeed(_ action: Action, _ effects: inout [Effect]) {
    let wanted =
      switch action {
      case .faster: speed.faster
      case .slower: speed.slower
      default: Speed.normal
      }
    guard wanted != speed else { return }
    speed = wanted
    clip?.player.speed = wanted
    effects.append(.saveSpeed(wanted))
  }

  mutating func play(_ action: Action) {
    guard let open = clip, open.failure == nil else { return }
    if open.isWithdrawn { return sayWhyShut(open) }
    guard open.firstPictureAtMilliseconds != nil else { return }
    let timeline = open.timeline
    switch action {
    // Nothing plays without a picture: the key has the clip said again.
    case .pause where isPlain: break
    case .pause:
      if open.player.isPlaying {
        clip?.player.pause()
      } else {
        clip?.player.play(timeline, nowMilliseconds: nowMilliseconds)
      }
    case .frameBack: clip?.player.step(by: -1, timeline)
    case .frameForward: clip?.player.step(by: 1, timeline)
    case .back5: clip?.player.seek(by: MediaTime(milliseconds: -5000), timeline)
    case .forward5: clip?.player.seek(by: MediaTime(milliseconds: 5000), timeline)
    case .back1: clip?.player.seek(by: MediaTime(milliseconds: -1000), timeline)
    case .forward1: clip?.player.seek(by: MediaTime(milliseconds: 1000), timeline)
    case .loop: clip?.player.isLooping.toggle()
    case .nextMotion, .previousMotion: seekToMotion(isNext: action == .nextMotion, open)
    default: break
    }
  }

  private mutating func seekToMotion(isNext: Bool, _ open: OpenClip) {
    let peaks = open.motion.peaks(open.timeline.frames)
    let here = open.playhead.time
    guard let peak = isNext ? peaks.first(where: { $0 > here }) : peaks.last(where: { $0 < here })
    else { return remark(texts(isNext ? LabellingPhrase.noMotionAfter : .noMotionBefore)) }
    clip?.player.seek(to: peak, open.timeline)
  }
}
