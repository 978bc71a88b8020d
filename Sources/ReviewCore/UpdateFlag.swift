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
    if let clip { remark(flaggedSentence(clip)) }
  }

  /// The flag this reviewer can still take back, as of the last key; nil where only a lead can.
  ///
  /// A clock that was set back in between counts as too late.
  func flagToTakeBack(_ open: OpenClip) -> Int? {
    guard open.isFlagged, open.closure == nil,
      let event = open.history.events.last(where: { $0.ordinal == open.history.undoable.last }),
      event.change == .flag, event.reviewer == reviewer,
      (0...Self.flagUndoMilliseconds).contains(wallMilliseconds - event.atMilliseconds)
    else { return nil }
    return event.ordinal
  }

  /// What stands on the screen while the clip is flagged.
  func flaggedSentence(_ open: OpenClip) -> String {
    flagToTakeBack(open) == nil
      ? "Withdrawn as sensitive: a lead can restore it, g goes on"
      : "Withdrawn as sensitive: u takes it back (60 s), g goes on"
  }

  /// Answers a key that does nothing on this clip: it was closed, has no picture, or is flagged.
  mutating func sayWhyShut(_ open: OpenClip) {
    if let closure = open.closure { return show(closure) }
    if open.failure != nil {
      return remark("This clip \(open.isRefused ? "does not open" : "cannot be played"): g goes on")
    }
    remark(flaggedSentence(open))
  }

  /// `u` on a clip that is shut.
  mutating func undoFlag(_ open: OpenClip, _ effects: inout [Effect]) {
    if open.closure != nil { return sayWhyShut(open) }
    guard let ordinal = flagToTakeBack(open) else {
      return remark("Only a lead can restore it; erased \(flaggedHours) h after the flag")
    }
    append([.undo(ordinal)], &effects)
    remark("Taken back: \(words(open, ordinal))")
  }
}
