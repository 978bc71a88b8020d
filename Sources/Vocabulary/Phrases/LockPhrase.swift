// SPDX-License-Identifier: Apache-2.0

/// The texts of a locked session's screen.
package enum LockPhrase: String, PhraseKey {
  package static let table = "lock"

  case locked
  /// Takes reviewer and seat.
  case reviewerAtSeat = "reviewer_at_seat"
  case lessThanAMinute = "less_than_a_minute"
  /// Takes minutes.
  case minutes
  /// Takes hours and minutes.
  case hours
  /// Takes one of the three above.
  case since
  /// As `since`, where nobody was at the keys.
  case sinceIdle = "since_idle"
  case checking
  /// Takes seconds.
  case anotherTry = "another_try"
  case noPassphrase = "no_passphrase"
  case passphrase
  /// Takes the reviewer.
  case wrongPassphrase = "wrong_passphrase"
  case sessionLocked = "session_locked"
}
