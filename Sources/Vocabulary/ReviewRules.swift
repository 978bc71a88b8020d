// SPDX-License-Identifier: Apache-2.0

/// Where a clip begins to play.
package enum OpeningPlace: String, CaseIterable, Sendable {
  /// With its first frame.
  case start
  /// A second before its first motion peak.
  case motion
}

/// How fast a clip begins to play; the raw value is the policy's word.
package enum OpeningSpeed: String, CaseIterable, Sendable {
  case normal = "1"
  case half = "1.5"
  case double = "2"
  /// As fast as the clip before.
  case kept

  /// Percent of real time; nil for the speed of the clip before.
  package var percent: Int? {
    switch self {
    case .normal: 100
    case .half: 150
    case .double: 200
    case .kept: nil
    }
  }
}

/// What a vault's policy says of labelling.
package struct ReviewRules: Hashable, Sendable {
  /// Whether a clip takes a note.
  package var allowsNotes = false
  /// How late a reviewer marks what they see, in milliseconds of their own time; 0 to 1,000.
  package var reactionMilliseconds: Int64 = 250
  package var openAt = OpeningPlace.start
  package var openSpeed = OpeningSpeed.kept

  /// The rules of a policy that says nothing of them.
  package init() {}
}
