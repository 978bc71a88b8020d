// SPDX-License-Identifier: Apache-2.0

/// What a session says in plain lines.
package enum PlainPhrase: String, PhraseKey {
  package static let table = "plain"

  /// Takes seat and reviewer.
  case start
  /// Takes the keys that say the clip again, and all keys.
  case keys
  /// Takes the clip's place, how many there are, and its facts.
  case clip
  /// Takes the facts of a clip whose place nobody knows.
  case clipElsewhere = "clip_elsewhere"
  /// Takes a room.
  case room
  /// Takes the frost's name, and why it is that where that is known.
  case frost
  case frostBecause = "frost_because"
  /// Takes what is set.
  case standing
  /// Takes a label, a reason, a segment.
  case set
  case taken
  /// Takes a segment's label, its begin and its end.
  case segment
  case openSegment = "open_segment"
  /// Takes a note's text.
  case note
  case noNote = "no_note"
  /// Takes the key and what is missing.
  case missing
  /// Takes a key; a key and labels.
  case commits
  case confirms
  /// Takes how many were committed.
  case committed
  /// Takes a time, and the clip's length.
  case here
  case hereMoves = "here_moves"
  /// Takes the key that does nothing, and the one that says the clip.
  case noPicture = "no_picture"
  case tooSoon = "too_soon"
  case back
  /// Takes the clip's place.
  case backTo = "back_to"
  /// What the key that pauses elsewhere does.
  case again
  /// Takes a key or its number, and what it does or is.
  case item
  /// Takes a row, how many there are, and what stands in it.
  case row
  /// Takes a list's name and how many clips it has.
  case list
  /// Takes a clip's place in the worklist.
  case clipRow = "clip_row"
  /// Takes who, and where.
  case locked
  case passphrase
  case unlocked
}
