// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Clips that are shut: flagged by a reviewer, or closed under one.
extension State {
  /// How long a reviewer can take a flag of their own back.
  private static let flagUndoMilliseconds: Int64 = 60_000

  mutating func flag(_ open: OpenClip, _ effects: inout [Effect]) {
    guard !open.isFlagged else { return sayWhyShut(open) }
    clip?.player.pause()
    append([.flag], &effects)
    flaggedLast = LastFlag(clip: open.id, atMilliseconds: wallMilliseconds)
    if let clip { remark(flaggedSentence(clip)) }
  }

  private func isUndoable(flaggedAt atMilliseconds: Int64) -> Bool {
    (0...Self.flagUndoMilliseconds).contains(wallMilliseconds - atMilliseconds)
  }

  /// The flag this reviewer can still take back, as of the last key; nil where only a lead can.
  ///
  /// A clock that was set back in between counts as too late.
  func flagToTakeBack(_ open: OpenClip) -> Int? {
    guard open.isFlagged, open.closure == nil,
      let event = open.history.events.last(where: { $0.ordinal == open.history.undoable.last }),
      event.change == .flag, event.reviewer == reviewer, isUndoable(flaggedAt: event.atMilliseconds)
    else { return nil }
    return event.ordinal
  }

  /// Whether this reviewer may say why the clip is flagged: they flagged it, and did not say so yet.
  func takesFlagReason(_ open: OpenClip) -> Bool {
    guard open.isFlagged, open.closure == nil, open.history.flagReason == nil else { return false }
    return open.history.events.last { $0.change == .flag }?.reviewer == reviewer
  }

  /// Takes a digit for why the clip was flagged, and goes on; false where the key is none.
  mutating func giveFlagReason(_ key: KeyPress, _ effects: inout [Effect]) -> Bool {
    guard let open = clip, takesFlagReason(open), case .character(let character) = key,
      let chosen = FlagReason.reasons(texts).first(where: { $0.key == character }),
      let reason = FlagReason(rawValue: chosen.id)
    else { return false }
    append([.flagReason(reason)], &effects)
    goOn(from: open, &effects)
    return true
  }

  /// The clip that comes after a flagged one stands still until it is asked to play.
  mutating func holdAfterFlag() {
    clip?.startsPlaying = false
    guard notice?.kind != .error, !isPlain else { return }
    let back = flaggedToGoBackTo == nil ? "" : texts(ShutPhrase.undoGoesBack, key(.undo))
    remark(texts(ShutPhrase.paused) + back)
  }

  /// The clip flagged last, where its flag can still be taken back; nil where none can.
  var flaggedToGoBackTo: ClipID? {
    guard let last = flaggedLast, last.clip != clip?.id, isUndoable(flaggedAt: last.atMilliseconds)
    else { return nil }
    return last.clip
  }

  /// What stands on the screen while the clip is flagged.
  func flaggedSentence(_ open: OpenClip) -> String {
    let why = takesFlagReason(open) ? texts(ShutPhrase.sayWhy) : ""
    let back =
      flagToTakeBack(open) == nil
      ? texts(ShutPhrase.leadRestores) : texts(ShutPhrase.undoRestores, key(.undo))
    return texts(ShutPhrase.flagged, why, back, key(.nextDue))
  }

  /// Answers a key that does nothing on this clip: it was closed, has no picture, or is flagged.
  mutating func sayWhyShut(_ open: OpenClip) {
    if let closure = open.closure { return show(closure) }
    if open.failure != nil {
      return remark(
        texts(open.isRefused ? ShutPhrase.doesNotOpen : .cannotBePlayed, key(.nextDue)))
    }
    remark(flaggedSentence(open))
  }

  /// `u` on a clip that is shut.
  mutating func undoFlag(_ open: OpenClip, _ effects: inout [Effect]) {
    if open.closure != nil { return sayWhyShut(open) }
    guard let ordinal = flagToTakeBack(open) else {
      return remark(texts(ShutPhrase.onlyLead, flaggedHours))
    }
    append([.undo(ordinal)], &effects)
    flaggedLast = nil
    remark(texts(LabellingPhrase.takenBack, words(open, ordinal)))
  }
}
