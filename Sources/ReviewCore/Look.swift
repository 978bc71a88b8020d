// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A look that goes on: the clip on the screen may be seen clear.
package struct Look: Hashable, Sendable {
  package let clip: ClipID
  /// The number of its event in the log.
  package let number: Int64
  /// Whether a window alone is clear.
  package let scope: LookScope
  /// When its time began and when it is over, by the monotonic clock.
  package let beganAtMilliseconds: Int64
  package let endsAtMilliseconds: Int64

  /// What was granted.
  var grantedMilliseconds: Int64 { endsAtMilliseconds - beganAtMilliseconds }

  /// What it has shown by a time, which may lie after its end.
  func shown(at now: Int64) -> Int64 {
    min(max(0, now - beganAtMilliseconds), grantedMilliseconds)
  }

  /// What is left of it at a time; zero after its end.
  package func rest(at now: Int64) -> Int64 { grantedMilliseconds - shown(at: now) }
}

/// A look that was asked for and is not answered yet.
struct PendingLook: Hashable, Sendable {
  let clip: ClipID
  let askedAtMilliseconds: Int64
  /// The running look that it goes on from, as it was then.
  let renewed: LookShown?
  /// Why nothing may be shown when it is granted; nil while it may.
  var cancelled: LookEnd?
  /// When the renewed look ended meanwhile, and how: to be told only if this one is refused, since
  /// the grant settles it.
  var ended: (atMilliseconds: Int64, shown: LookShown)? {
    get { endedShown.map { (endedAtMilliseconds, $0) } }
    set {
      endedShown = newValue?.shown
      endedAtMilliseconds = newValue?.atMilliseconds ?? 0
    }
  }
  private var endedShown: LookShown?
  private var endedAtMilliseconds: Int64 = 0

  init(clip: ClipID, askedAtMilliseconds: Int64, renewed: LookShown?) {
    self.clip = clip
    self.askedAtMilliseconds = askedAtMilliseconds
    self.renewed = renewed
  }
}

/// What happens to looks outside of the core.
package enum LookEvent: Hashable, Sendable {
  /// Answers `.startLook`: it is durable in the log. The standing counts it in full, its hour on a
  /// clock that shows 0 now.
  case granted(LookReceipt, LookStanding, nowMilliseconds: Int64)
  /// Answers `.startLook`: too little is left.
  case spent(LookStanding, nowMilliseconds: Int64)
  /// Answers `.startLook`: it could not be logged; the sentence says why.
  case refused(sentence: String)
  /// What is left, of that clip and of the hour.
  case standing(ClipID, LookStanding, nowMilliseconds: Int64)
  /// A running look must end: the window lost the focus, has another size, and the like.
  case ended(LookEnd)
}
