// SPDX-License-Identifier: Apache-2.0

/// The words behind the keys in the line of hints.
package enum HintPhrase: String, PhraseKey {
  package static let table = "hints"

  case reason
  case back
  /// Stands where the keys stand.
  case anyKey = "any_key"
  /// Stands where the keys stand.
  case anyOther = "any_other"
  case nextPage = "next_page"
  case leave
  case move
  case keep
  case sensitive
  case goThere = "go_there"
  case choose
  case go
  case nextList = "next_list"
  case open
  case leaveIt = "leave_it"
  case whatRegion = "what_region"
  case moveRegion = "move_region"
  case size
  case placeIt = "place_it"
  case frame
  case change
  case pan
  case asItIs = "as_it_is"
  case pause
  case again
  case play
  case second
  case fiveSeconds = "five_seconds"
  case returns
  case lock
  case nextDue = "next_due"
  case previous
  case worklist
  case allKeys = "all_keys"
  case sayWhy = "say_why"
  case takeItBack = "take_it_back"
  case look
  case undo
  case skip
  case blank
  case postpone = "defer"
  case region
  /// Stands where the keys stand.
  case lensKeys = "lens_keys"
  case goOn = "go_on"
  case end
  case lookAgain = "look_again"
  case reopenLast = "reopen_last"
  case lastClip = "last_clip"
  case nextMotion = "next_motion"
  case speed
  case next
  /// Takes the label.
  case endOf = "end_of"
  case segment
  case commit
  case whatMoved = "what_moved"
  case whatHappened = "what_happened"
  case alarmLevel = "alarm_level"
  case confirm
  case segments
  case unlock
  case clearLine = "clear_line"
  case endSession = "end_session"
}
