// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// One step of the tour: what it asks for, why, and what has to happen.
struct TourStep: Sendable {
  let ask: TourPhrase
  let why: TourPhrase
  /// What the summary calls it.
  let name: TourPhrase
  /// What the sentence names.
  let named: @Sendable (State) -> [String]
  /// Whether an act did what is asked for.
  let isDone: @Sendable (TourAct) -> Bool

  private init(
    _ ask: TourPhrase, _ why: TourPhrase, _ name: TourPhrase, keys actions: [Action] = [],
    _ isDone: @escaping @Sendable (TourAct) -> Bool
  ) {
    self.init(ask, why, name, named: { state in actions.map { state.key($0) } }, isDone)
  }

  private init(
    _ ask: TourPhrase, _ why: TourPhrase, _ name: TourPhrase,
    named: @escaping @Sendable (State) -> [String],
    _ isDone: @escaping @Sendable (TourAct) -> Bool
  ) {
    self.ask = ask
    self.why = why
    self.name = name
    self.named = named
    self.isDone = isDone
  }

  /// What the sentence of what is asked for says, with the live keys.
  func sentence(_ state: State) -> String {
    let names = named(state)
    return state.texts(ask, names.first ?? "", names.count > 1 ? names[1] : "")
  }

  /// Every step, in order.
  static let all: [TourStep] = playing + labelling + glass + screens

  private static let playing: [TourStep] = [
    TourStep(.pauseAsk, .pauseWhy, .pauseName, keys: [.pause]) { act in
      act.isOnClip && act.before.clip?.player.isPlaying != act.after.clip?.player.isPlaying
    },
    TourStep(.stepAsk, .stepWhy, .stepName, keys: [.frameForward, .frameBack]) { act in
      guard act.isOnClip, let before = act.before.clip, let after = act.after.clip else {
        return false
      }
      return !after.player.isPlaying
        && abs(after.playhead.frame - before.playhead.frame) == 1
    },
    TourStep(.motionAsk, .motionWhy, .motionName, keys: [.nextMotion, .previousMotion]) { act in
      guard act.isOnClip, let before = act.before.clip, let after = act.after.clip else {
        return false
      }
      return before.time != after.time
        && after.motion.peaks(after.timeline.frames).contains(after.time)
    },
  ]

  private static let labelling: [TourStep] = [
    TourStep(
      .movedAsk, .movedWhy, .movedName,
      named: { state in
        let terms = state.taxonomy.terms(.moved).map { "\($0.key) \($0.name)" }
        return [terms.joined(separator: ", ")]
      }, { $0.hasSet(.moved) }),
    TourStep(
      .levelAsk, .levelWhy, .levelName,
      named: { state in
        let terms = state.taxonomy.terms(.level).map { "\($0.key) \($0.name)" }
        return [terms.first, terms.last].compactMap(\.self)
      }, { $0.hasSet(.level) }),
    TourStep(.commitAsk, .commitWhy, .commitName, keys: [.commit]) { $0.changes.contains(.commit) },
    TourStep(.confirmAsk, .confirmWhy, .confirmName, keys: [.confirm]) { act in
      // A clip where the labels' own keys left nothing to confirm counts as well.
      guard act.changes.contains(.commit) else { return false }
      if case .key(let key, _, _) = act.message, act.before.keymap.action(key) == .confirm {
        return true
      }
      return act.changes.contains {
        if case .set(_, isConfirmation: true) = $0 { true } else { false }
      }
    },
    TourStep(.undoAsk, .undoWhy, .undoName, keys: [.undo]) { act in
      act.effects.contains(.reopenLastCommitted)
        || act.changes.contains { if case .undo = $0 { true } else { false } }
    },
  ]

  private static let glass: [TourStep] = [
    TourStep(.blankAsk, .blankWhy, .blankName, keys: [.blank]) {
      !$0.before.isBlanked && $0.after.isBlanked
    },
    TourStep(.unblankAsk, .unblankWhy, .unblankName) {
      $0.before.isBlanked && !$0.after.isBlanked && $0.after.clip != nil
    },
    TourStep(.lookAsk, .lookWhy, .lookName, keys: [.look]) {
      $0.before.look == nil && $0.after.look != nil
    },
    TourStep(.flagAsk, .flagWhy, .flagName, keys: [.flag]) { $0.changes.contains(.flag) },
    TourStep(.unflagAsk, .unflagWhy, .unflagName, keys: [.undo]) { act in
      act.isReviewers && act.before.clip?.id == act.after.clip?.id
        && act.before.clip?.isFlagged == true && act.after.clip?.isFlagged == false
    },
  ]

  private static let screens: [TourStep] = [
    TourStep(.worklistAsk, .worklistWhy, .worklistName, keys: [.worklist]) { act in
      guard case .worklist = act.before.mode else { return false }
      return act.after.mode == .review
    },
    TourStep(.helpAsk, .helpWhy, .helpName, keys: [.help]) {
      $0.before.mode.isHelp && $0.after.mode == .review
    },
    TourStep(.leaveAsk, .leaveWhy, .leaveName, keys: [.leave]) { $0.effects.contains(.quit) },
  ]
}
