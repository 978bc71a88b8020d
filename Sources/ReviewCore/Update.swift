// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Follows one message: changes the state and returns what the session must do, in order.
///
/// Pure: the same state and message always give the same state and effects.
package func update(_ state: inout State, _ message: Message) -> [Effect] {
  guard state.tour?.step != nil, state.lock == nil else { return follow(&state, message) }
  if case .key(let key, _, _) = message, key == Tour.skipKey(state.keymap, state.taxonomy) {
    state.tour?.skip()
    return []
  }
  let before = state
  let effects = follow(&state, message)
  let act = TourAct(before: before, after: state, effects: effects, message: message)
  state.tour?.follow(act)
  return effects
}

private func follow(_ state: inout State, _ message: Message) -> [Effect] {
  var effects: [Effect] = []
  let covered = (clip: state.clip?.id, regions: state.clip?.history.draft.regions)
  switch message {
  case .key(let key, let now, let wall):
    if state.isAwake(now, wall, &effects) { state.press(key, &effects) }
  case .pointer(let target, let now, let wall):
    if state.isAwake(now, wall, &effects) { state.point(target, &effects) }
  case .tick(let now):
    state.tick(now)
    state.settleEdgeIfRested(&effects)
    state.lockIfIdle(&effects)
  case .clipOpened(let opened):
    state.open(opened, &effects)
  case .nothingDue(let counts):
    state.showNothingDue(counts)
  case .onlyFlaggedDue(let counts):
    state.showNothingDue(counts, isOnlyFlaggedDue: true)
  case .stays(let notice):
    state.isOpening = false
    state.show(notice)
  case .clipFailed(let id, let sentence):
    state.fail(id, sentence, isRefusal: false)
  case .clipRefused(let id, let sentence):
    state.fail(id, sentence, isRefusal: true)
  case .clipClosed(let id, let notice):
    state.close(id, notice, &effects)
  case .timeline(let id, let frame):
    state.extend(id, frame)
  case .timelineComplete(let id, let duration):
    state.complete(id, duration)
  case .firstPictureShown(let id, let now):
    state.tick(now)
    state.showFirstPicture(id, &effects)
  case .stored(let id, let ordinal):
    state.confirmStored(id, throughOrdinal: ordinal, &effects)
  case .storeFailed(let id, let sentence, let lostCount):
    state.dropLost(id, sentence, lostCount)
  case .counts, .noticesAge, .rows, .decodedAhead, .lastVerdict, .resized:
    state.learn(message)
  case .notice(let notice):
    state.show(notice)
  case .lock(let event):
    state.follow(event, &effects)
  case .look(let event):
    state.follow(event, &effects)
  }
  state.settleLook(&effects)
  if let clip = state.clip, clip.id == covered.clip, clip.history.draft.regions != covered.regions {
    state.holdForRegions(&effects)
  }
  return effects
}

extension State {
  /// Takes the time of what was typed or clicked; false where the session is locked, or is by then.
  fileprivate mutating func isAwake(_ now: Int64, _ wall: Int64, _ effects: inout [Effect]) -> Bool
  {
    wallMilliseconds = wall
    wallAheadMilliseconds = wall - now
    tick(now)
    lockIfIdle(&effects)
    return lock == nil
  }

  /// Takes what the session looked up.
  fileprivate mutating func learn(_ message: Message) {
    switch message {
    case .counts(let counts, let committedToday):
      self.counts = counts
      self.committedToday = committedToday
    case .noticesAge(let minutes): noticesAgeMinutes = minutes
    case .rows(let page): takeRows(page)
    case .decodedAhead(let clip): clipAhead = clip
    case .resized(let size): screenSize = size
    case .lastVerdict(let id, let sheet):
      labelled.noteEarlier(id, CopiedLabels(sheet, taxonomy: taxonomy))
    default: break
    }
  }

  mutating func tick(_ now: Int64) {
    nowMilliseconds = max(nowMilliseconds, now)
    guard let timeline = clip?.timeline else { return }
    clip?.player.advance(timeline, nowMilliseconds: nowMilliseconds)
  }

  /// Shows a notice and keeps it.
  ///
  /// What fails with them does not hide that labels were lost: until the next key it is only kept.
  mutating func show(_ notice: Notice, isLoss: Bool = false) {
    keep(notice)
    if isLossTold, !isLoss, notice.kind == .error { return }
    self.notice = notice
    isLossTold = isLoss
    noticeAtMilliseconds = nowMilliseconds
  }

  /// Keeps a notice for those who could not read it.
  mutating func keep(_ notice: Notice) {
    messages.add(
      notice, clip: clip?.id, atMilliseconds: nowMilliseconds + wallAheadMilliseconds)
  }

  mutating func remark(_ text: String) { show(Notice(text)) }

  mutating func open(_ opened: OpenedClip, _ effects: inout [Effect]) {
    let isAfterFlag = clip?.isFlagged == true && clip?.id != opened.record.id
    if opened.playhead == nil, let percent = reviewRules.openSpeed.percent {
      speed = Speed(nearest: percent)
    }
    if clip?.id != opened.record.id { keysOnClip = 0 }
    clip = OpenClip(opened, taxonomy: taxonomy, speed: speed, openAt: reviewRules.openAt)
    isOpening = false
    isNothingDue = false
    resumesOnReturn = false
    lens = .centre
    leaveClipMode()
    setting.adjustment.zoom = .whole
    setting.adjustment.pan(right: 0, down: 0)
    if let clip, clip.isFlagged, notice == nil { remark(flaggedSentence(clip)) }
    if isAfterFlag { holdAfterFlag() }
    takeBack(&effects)
  }

  mutating func showNothingDue(_ counts: WorklistCounts, isOnlyFlaggedDue: Bool = false) {
    self.counts = counts
    clip = nil
    isOpening = false
    isNothingDue = true
    self.isOnlyFlaggedDue = isOnlyFlaggedDue
    isBlanked = false
    leaveClipMode()
  }

  mutating func fail(_ id: ClipID, _ sentence: String, isRefusal: Bool) {
    guard let open = clip, open.id == id, open.failure == nil, open.closure == nil else { return }
    clip?.failure = sentence
    keep(Notice(sentence, kind: .error))
    clip?.isRefused = isRefusal
    clip?.player.pause()
    resumesOnReturn = false
    leaveClipMode()
  }

  /// Leaves whatever is about the clip on the screen: a question, a menu, its contact sheet.
  mutating func leaveClipMode() {
    switch mode {
    case .prompt, .view, .pan, .region, .contactSheet, .note, .history: mode = .review
    case .review, .messages, .worklist, .help, .summary: break
    }
  }

  /// Shuts the clip on the screen; any other is the session's own to drop.
  mutating func close(_ id: ClipID, _ notice: Notice, _ effects: inout [Effect]) {
    effects.append(.refreshCounts)
    guard clip?.id == id else { return }
    clip?.closure = notice
    clip?.player.pause()
    resumesOnReturn = false
    leaveClipMode()
    // It says more than that a label of the clip was not stored.
    show(notice, isLoss: isLossTold)
  }

  mutating func extend(_ id: ClipID, _ frame: TimelineFrame) {
    guard clip?.id == id, clip?.timeline.append(frame) == true, let frames = clip?.timeline.frames
    else { return }
    if frames.count % 16 == 0 { clip?.motion = MotionProfile(frames: frames) }
    beginWhereDue()
  }

  mutating func complete(_ id: ClipID, _ duration: MediaTime) {
    guard clip?.id == id, let frames = clip?.timeline.frames else { return }
    clip?.timeline.duration = max(duration, frames.last?.time ?? .zero)
    clip?.timeline.isComplete = true
    clip?.motion = MotionProfile(frames: frames)
    beginWhereDue()
    showSheetFirst()
  }

  /// Goes to where the policy has the clip begin, once that is decoded and the first picture, which
  /// never waits for it, has been seen.
  private mutating func beginWhereDue() {
    guard let open = clip, let begin = open.beginsAt, open.firstPictureAtMilliseconds != nil,
      open.timeline.reaches(begin)
    else { return }
    clip?.beginsAt = nil
    clip?.player.seek(to: begin, open.timeline)
  }

  /// Starts the clip, and takes back the verdict of one that was reopened: not earlier, so that
  /// the verdict stays where the clip cannot be shown any more.
  mutating func showFirstPicture(_ id: ClipID, _ effects: inout [Effect]) {
    guard let open = clip, open.id == id, open.firstPictureAtMilliseconds == nil,
      open.failure == nil, open.closure == nil
    else { return }
    clip?.firstPictureAtMilliseconds = nowMilliseconds
    beginWhereDue()
    if open.isReopening, open.history.isReopenable(by: reviewer) {
      append([.reopen], &effects)
      remark(texts(LabellingPhrase.reopened, key(.commit)))
    }
    showSheetFirst()
    guard open.startsPlaying, !open.isFlagged, !isBlanked, lock == nil, !isPlain else { return }
    if picture == .frames {
      clip?.player.play(open.timeline, nowMilliseconds: nowMilliseconds)
    } else {
      resumesOnReturn = true
    }
  }

  mutating func confirmStored(
    _ id: ClipID, throughOrdinal ordinal: Int, _ effects: inout [Effect]
  ) {
    if let commit = pendingCommits[id], commit.ordinal <= ordinal {
      pendingCommits[id] = nil
      stats.committed += 1
      stats.pace.add(keys: commit.keys, nowMilliseconds: nowMilliseconds)
    }
    guard let open = clip, open.id == id else { return effects.append(.refreshCounts) }
    let count = min(ordinal + 1, open.history.events.count)
    guard count > open.storedCount else { return }
    let stored = open.history.events[open.storedCount..<count]
    if stored.contains(where: \.change.movesClip) { effects.append(.refreshCounts) }
    clip?.storedCount = count
    clip?.durableSheet =
      count == open.history.events.count
      ? open.history.draft
      : LabelHistory(Array(open.history.events.prefix(count)), taxonomy: taxonomy).draft
  }

  /// Takes labels that never reached the disk off the screen again, and says so.
  ///
  /// A lost flag leaves the glass blank: a sensitive picture must not come back by itself.
  mutating func dropLost(_ id: ClipID, _ sentence: String, _ lostCount: Int) {
    pendingCommits[id] = nil
    guard let open = clip, open.id == id else {
      show(
        Notice(texts(LabellingPhrase.notStoredClip, id.short, sentence), kind: .error),
        isLoss: true)
      return
    }
    let lost = open.history.events.suffix(max(0, lostCount))
    clip?.history.dropLast(max(0, lostCount))
    if open.isFlagged, clip?.isFlagged == false || lost.contains(where: { $0.change == .flag }) {
      isBlanked = true
      clip?.player.pause()
      leaveClipMode()
    }
    if let draft = clip?.history.draft, let count = clip?.history.events.count {
      clip?.durableSheet = draft
      clip?.storedCount = count
    }
    noteLabelled()
    dropSelectionOfNothing()
    show(Notice(texts(LabellingPhrase.notStored, sentence), kind: .error), isLoss: true)
  }

  /// Appends changes to the clip's history and asks for them to be stored together.
  mutating func append(_ changes: [LabelChange], _ effects: inout [Effect]) {
    guard let open = clip, !changes.isEmpty else { return }
    let first = open.history.nextOrdinal
    let events = changes.enumerated().map { offset, change in
      LabelEvent(
        clip: open.id, ordinal: first + offset, reviewer: reviewer,
        atMilliseconds: wallMilliseconds, taxonomyVersion: taxonomy.version, change: change)
    }
    for event in events { clip?.history.append(event) }
    if let commit = events.last(where: { $0.change == .commit }) {
      pendingCommits[open.id] = PendingCommit(ordinal: commit.ordinal, keys: keysOnClip)
    }
    noteLabelled()
    dropSelectionOfNothing()
    effects.append(.append(events))
  }

  private mutating func noteLabelled() {
    guard let open = clip else { return }
    labelled.note(open.id, CopiedLabels(open.history.draft, taxonomy: taxonomy))
  }

  private mutating func dropSelectionOfNothing() {
    guard let open = clip, open.selectedSegment != nil else { return }
    guard let segment = open.chosenSegment else {
      clip?.selectedSegment = nil
      clip?.edgeMove = nil
      return
    }
    if segment.end == nil { clip?.selectedEdge = .start }
  }
}

extension LabelChange {
  /// Whether it may change where the clip stands in the worklist.
  fileprivate var movesClip: Bool {
    switch self {
    case .commit, .reopen, .skip, .postpone, .flag, .secondOpinion, .adjudicate, .bringBack, .undo,
      .redo:
      true
    case .set, .clear, .cannotJudge, .clearCannotJudge, .openSegment, .closeSegment,
      .moveSegment, .removeSegment, .addRegion, .copy, .note, .flagReason:
      false
    }
  }
}
