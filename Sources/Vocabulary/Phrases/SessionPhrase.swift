// SPDX-License-Identifier: Apache-2.0

/// The figures of a session.
package enum SessionPhrase: String, PhraseKey {
  package static let table = "session"

  /// Takes a number of clips.
  case pace
  /// Takes how many commits it is taken of.
  case perMinute = "per_minute"
  case keysPerClip = "keys_per_clip"
}

extension SessionPhrase {
  /// Tenths as a number with one decimal.
  package static func decimal(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }
}
