// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a key does on the review screen; labels are not here, their keys come from the taxonomy.
package enum Action: Hashable, Sendable, CaseIterable {
  case pause, frameBack, frameForward, back5, forward5, back1, forward1
  case faster, slower, normalSpeed, loop, nextMotion, previousMotion
  case commit, confirm, nextClip, previousClip, nextDue, worklist, skip, postpone
  case secondOpinion
  case undo, redo, segment, cycleSegments, removeSegment, region
  case moreFrost, look, flag, blank
  case help, view, contactSheet, lock, leave
}

/// One line of the keymap.
package struct KeyBinding: Hashable, Sendable {
  /// Which part of the key list it stands in.
  package enum Group: Int, CaseIterable, Sendable {
    case play, walk, label, glass, screen

    /// The heading in the key list.
    package var title: String {
      switch self {
      case .play: "Play"
      case .walk: "Walk"
      case .label: "Label"
      case .glass: "Glass"
      case .screen: "Screen"
      }
    }
  }

  package let key: KeyPress
  /// The key as the screen names it.
  package let name: String
  package let action: Action
  /// What it does, in a word or three.
  package let hint: String
  /// What it and the binding after it do, where the key list gives both one line; nil elsewhere.
  package let jointHint: String?
  package let group: Group
}
