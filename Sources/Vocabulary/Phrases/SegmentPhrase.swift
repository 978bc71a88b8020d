// SPDX-License-Identifier: Apache-2.0

/// The texts of a segment whose edges are moved.
package enum SegmentPhrase: String, PhraseKey {
  package static let table = "segment"

  /// Takes the label and the time.
  case moveBegin = "move_begin"
  /// Takes the label and the time.
  case moveEnd = "move_end"
  case nextEdge = "next_edge"
  case remove
  case done
  case undo
  case sensitive
}
