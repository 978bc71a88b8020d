// SPDX-License-Identifier: Apache-2.0

/// How much of the picture a look clears.
package enum LookScope: String, CaseIterable, Sendable {
  /// All of it.
  case whole
  /// A window of a third across and down, which the reviewer moves.
  case lens
}

/// What the policy allows of looks: clear views of a frosted or strict clip.
package struct LookRules: Hashable, Sendable {
  /// How long one press clears at most, in milliseconds.
  package var pressMilliseconds: Int64
  /// How long one clip may be clear in all its life, whoever looks, in milliseconds.
  package var clipMilliseconds: Int64
  /// How long a reviewer may see clips clear within any hour, in milliseconds.
  package var hourMilliseconds: Int64
  package var scope: LookScope

  /// Makes rules; a number of zero or less forbids looks.
  package init(
    pressMilliseconds: Int64, clipMilliseconds: Int64, hourMilliseconds: Int64, scope: LookScope
  ) {
    self.pressMilliseconds = pressMilliseconds
    self.clipMilliseconds = clipMilliseconds
    self.hourMilliseconds = hourMilliseconds
    self.scope = scope
  }

  /// No looks at all.
  package static let forbidden = LookRules(
    pressMilliseconds: 0, clipMilliseconds: 0, hourMilliseconds: 0, scope: .whole)

  /// Whether any look can ever be granted.
  package var allowsLooks: Bool {
    pressMilliseconds > 0 && clipMilliseconds > 0 && hourMilliseconds > 0
  }

  /// What must be left for a look to be granted: a shorter one shows nothing.
  package var leastMilliseconds: Int64 { min(100, pressMilliseconds) }

  /// The milliseconds that a look gets where so much is left; nil where that is too little.
  package func grant(clipRest: Int64, hourRest: Int64) -> Int64? {
    let allowed = min(pressMilliseconds, clipRest, hourRest)
    return allowsLooks && allowed >= leastMilliseconds ? allowed : nil
  }
}

/// Why a reviewer looks at a strict clip; the raw values are the log's words.
package enum LookReason: String, CaseIterable, Sendable {
  case person, carried, danger, prediction, other
}

/// Why a look ended; the raw values are the log's words.
package enum LookEnd: String, CaseIterable, Sendable {
  /// Its time was over.
  case elapsed
  /// A further press went on with a look of its own.
  case renewed
  /// The reviewer ended it.
  case key
  /// A question, or a screen over the clip.
  case prompt, screen
  case blank, flag, lock, leave
  /// Another clip was asked for.
  case walk
  /// The clip was withdrawn, held or erased meanwhile.
  case closed
  /// Its decoder failed.
  case failed
  case resized, suspended, unfocused
  /// The session died: nobody knows when it ended, so it counts in full.
  case interrupted
}
