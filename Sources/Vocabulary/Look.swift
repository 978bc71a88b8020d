// SPDX-License-Identifier: Apache-2.0

/// What a reviewer asks the log for, before a clip may be seen clear.
package struct LookAsk: Hashable, Sendable {
  package let clip: ClipID
  /// The frost that the clip has.
  package let frost: Frost
  package let scope: LookScope
  /// Needed for a strict clip.
  package let reason: LookReason?
  /// The running look that this one goes on from: it is settled in the same transaction.
  package let renewed: LookShown?

  /// Makes a request.
  package init(
    clip: ClipID, frost: Frost, scope: LookScope, reason: LookReason? = nil,
    renewed: LookShown? = nil
  ) {
    self.clip = clip
    self.frost = frost
    self.scope = scope
    self.reason = reason
    self.renewed = renewed
  }
}

/// How long a look showed the clip, and why it ended.
package struct LookShown: Hashable, Sendable {
  /// The look's number: that of its event in the log.
  package let number: Int64
  /// For how long clear pictures could be seen, in milliseconds.
  package let milliseconds: Int64
  package let end: LookEnd

  /// Makes an account of a look.
  package init(number: Int64, milliseconds: Int64, end: LookEnd) {
    self.number = number
    self.milliseconds = milliseconds
    self.end = end
  }
}

/// The proof that a look stands durably in the audit log: without one nothing is shown clear.
///
/// A tidy test holds that only the label store makes one, after its transaction returned.
package struct LookReceipt: Hashable, Sendable {
  package let clip: ClipID
  /// The number of its event in the log.
  package let number: Int64
  /// How long it may show the clip, in milliseconds.
  package let milliseconds: Int64
  package let scope: LookScope

  /// For the label store alone.
  package init(clip: ClipID, number: Int64, milliseconds: Int64, scope: LookScope) {
    self.clip = clip
    self.number = number
    self.milliseconds = milliseconds
    self.scope = scope
  }
}

/// What a reviewer's looks of the last hour cost, each until a time on one clock of the holder's
/// choice, in milliseconds.
package struct LookHour: Hashable, Sendable {
  /// One look's cost.
  package struct Charge: Hashable, Sendable {
    package var milliseconds: Int64
    /// From when on it counts no more.
    package var untilMilliseconds: Int64

    /// Makes a charge.
    package init(milliseconds: Int64, untilMilliseconds: Int64) {
      self.milliseconds = milliseconds
      self.untilMilliseconds = untilMilliseconds
    }
  }

  /// The length of the sliding hour.
  package static let milliseconds: Int64 = 3_600_000

  /// The charges, those that end first at the front.
  package private(set) var charges: [Charge]

  /// Takes charges in any order.
  package init(_ charges: [Charge] = []) {
    self.charges = charges.filter { $0.milliseconds > 0 }
      .sorted { $0.untilMilliseconds < $1.untilMilliseconds }
  }

  /// What is left of the hour at that time; at least zero.
  package func rest(_ rules: LookRules, at now: Int64) -> Int64 {
    let spent = charges.reduce(0) { $1.untilMilliseconds > now ? $0 + $1.milliseconds : $0 }
    return max(0, rules.hourMilliseconds - spent)
  }

  /// The first time, not before `now`, at which a whole look is left.
  package func refill(_ rules: LookRules, at now: Int64) -> Int64 {
    let wanted = min(rules.pressMilliseconds, rules.hourMilliseconds)
    if rest(rules, at: now) >= wanted { return now }
    let ends = charges.map(\.untilMilliseconds).filter { $0 > now }
    return ends.first { rest(rules, at: $0) >= wanted } ?? now
  }

  /// The same on a clock that shows `difference` more.
  package func shifted(by difference: Int64) -> LookHour {
    LookHour(
      charges.map {
        Charge(
          milliseconds: $0.milliseconds, untilMilliseconds: $0.untilMilliseconds + difference)
      })
  }

  /// Gives back what the newest look did not use.
  package mutating func giveBack(_ milliseconds: Int64) {
    guard let last = charges.indices.last else { return }
    charges[last].milliseconds = max(0, charges[last].milliseconds - milliseconds)
  }
}

/// What was spent on looks: of a clip, and by a reviewer within the hour.
package struct LookStanding: Hashable, Sendable {
  /// What the clip was seen clear by everybody, in milliseconds; a running look counts in full.
  package var clipSpentMilliseconds: Int64
  /// The reviewer's hour, on a clock that shows 0 now.
  package var hour: LookHour

  /// Makes a standing.
  package init(clipSpentMilliseconds: Int64, hour: LookHour) {
    self.clipSpentMilliseconds = clipSpentMilliseconds
    self.hour = hour
  }
}

/// What the label store says to a request.
package enum LookAnswer: Hashable, Sendable {
  /// Granted and durably logged; the standing counts it in full.
  case granted(LookReceipt, LookStanding)
  /// Nothing was written: too little is left.
  case spent(LookStanding)
}
