// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a key does on the review screen; labels are not here, their keys come from the taxonomy.
///
/// The raw value is its name in keymap files.
package enum Action: String, Hashable, Sendable, CaseIterable {
  case pause
  case frameBack = "frame_back"
  case frameForward = "frame_forward"
  case back5 = "back_5s"
  case forward5 = "forward_5s"
  case back1 = "back_1s"
  case forward1 = "forward_1s"
  case faster, slower
  case normalSpeed = "normal_speed"
  case loop
  case nextMotion = "next_motion"
  case previousMotion = "previous_motion"
  case commit, confirm
  case nextClip = "next_clip"
  case previousClip = "previous_clip"
  case nextDue = "next_due"
  case worklist, skip
  case postpone = "defer"
  case undo, redo
  case copyPrevious = "copy_previous"
  case note
  case secondOpinion = "second_opinion"
  case segment
  case cycleSegments = "next_segment"
  case removeSegment = "remove_segment"
  case region, history
  case moreFrost = "more_frost"
  case look
  case flag = "sensitive"
  case blank, help, view
  case contactSheet = "contact_sheet"
  case messages, lock, leave

  /// Whether it changes how a picture is shown or played, so that it does nothing without one.
  package var needsPicture: Bool {
    switch self {
    case .faster, .slower, .normalSpeed, .loop, .region, .look, .view, .contactSheet: true
    default: false
    }
  }
}

/// One line of the keymap.
package struct KeyBinding: Hashable, Sendable {
  /// Which part of the key list it stands in.
  package enum Group: Int, CaseIterable, Sendable {
    case play, walk, label, glass, screen

    /// The heading in the key list.
    package var title: KeyListPhrase {
      switch self {
      case .play: .groupPlay
      case .walk: .groupWalk
      case .label: .groupLabel
      case .glass: .groupGlass
      case .screen: .groupScreen
      }
    }
  }

  /// Its keys, at least one; the first is the one that the screen names.
  package let keys: [KeyPress]
  package let action: Action
  /// What it does, in a word or three.
  package let hint: KeyListPhrase
  /// What it and the binding after it do, where the key list gives both one line; nil elsewhere.
  package let jointHint: KeyListPhrase?
  package let group: Group

  /// The first key as the screen names it.
  package var name: String { keys.first?.label ?? "" }
  /// The other keys as the screen names them.
  package var aliases: [String] { keys.dropFirst().map(\.label) }
}
