// SPDX-License-Identifier: Apache-2.0

/// What is said around a session at the terminal: why it does not begin, whom it asks, what it did.
package enum StartPhrase: String, PhraseKey {
  package static let table = "start"

  /// Takes the system's words.
  case noResources = "no_resources"
  /// Takes the system's words.
  case decoderNotStarted = "decoder_not_started"
  /// Takes the system's words.
  case decoderLacks = "decoder_lacks"
  /// Takes the system's words.
  case decoderLacksMemory = "decoder_lacks_memory"
  case decoderGone = "decoder_gone"
  case decoderEnded = "decoder_ended"
  /// Takes the program.
  case programMissing = "program_missing"
  /// Takes the program.
  case programNotStarted = "program_not_started"
  case noStateFolder = "no_state_folder"
  case rootFolder = "root_folder"
  /// Takes vault and state folder.
  case keysElsewhere = "keys_elsewhere"
  case otherLogKey = "other_log_key"
  case nobody
  case housekeepingFailed = "housekeeping_failed"
  /// Takes file, line, column, and what its reader says.
  case ownFile = "own_file"
  /// Takes the file, and what its reader says.
  case ownFileWhole = "own_file_whole"
  /// Takes the file.
  case ownFileUnreadable = "own_file_unreadable"
  /// Takes a name.
  case passphraseOf = "passphrase_of"
  case whoAreYou = "who_are_you"
  case nobodyCame = "nobody_came"
  case lastTry = "last_try"
  case noneSignedIn = "none_signed_in"
  case reviewNeedsTerminal = "review_needs_terminal"
  case tourNeedsTerminal = "tour_needs_terminal"
  case deskNeedsTerminal = "desk_needs_terminal"
  case commandIgnored = "command_ignored"
  case demoDrawing = "demo_drawing"
  case demoSealing = "demo_sealing"
  case tourSealing = "tour_sealing"
  /// Takes two numbers.
  case demoProgress = "demo_progress"
  /// Takes the folder.
  case demoNotWritten = "demo_not_written"
  /// Takes the folder.
  case demoNotEmptied = "demo_not_emptied"
  /// Takes the folder.
  case notADemo = "not_a_demo"
  /// Takes the folder.
  case demoNotMade = "demo_not_made"
  case demoNotDrawn = "demo_not_drawn"
  case demoCameras = "demo_cameras"
  /// Takes the folder.
  case demoPlace = "demo_place"
  /// Takes its place, and what is known of it.
  case demoClip = "demo_clip"
  /// Takes the labels.
  case demoLabelled = "demo_labelled"
}
