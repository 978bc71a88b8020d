// SPDX-License-Identifier: Apache-2.0

/// The facts of the clip on the screen.
package enum ClipPhrase: String, PhraseKey {
  package static let table = "clip"

  case alert
  case clip
  /// Takes its place and how many there are.
  case position
  case frost
  case looks
  /// Takes seconds.
  case looksLeft = "looks_left"
  case view
  case draft
  case new
  case done
  case doneDraft = "done_draft"
  case deferred
  case deferredDraft = "deferred_draft"
  case flagged
  case flaggedBefore = "flagged_before"
  /// Takes the reason.
  case skipped
  case raisedByYou = "raised_by_you"
  /// Takes a number.
  case regions
  /// Has five cells with its blank.
  case lookBar = "look_bar"
}
