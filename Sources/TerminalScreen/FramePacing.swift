// SPDX-License-Identifier: Apache-2.0

/// Lets at most one picture frame be on its way to the terminal.
///
/// Each frame ends with `CSI 5 n`, which a terminal answers once it has read that far. One that has
/// ever answered is waited for: its line is slow. One that never did counts as mute after a short
/// while: frames then go out as fast as it reads them, until an answer comes.
///
/// Answers come in the order of their questions, so a frame has been read when as many came as were
/// asked up to it. Where fewer came, and then none for the whole of the patience, the missing ones
/// are lost.
package struct FramePacing: Sendable {
  /// How long a terminal that has answered may be silent.
  package static let patienceMilliseconds: Int64 = 5000
  /// How long the first answer may take of a terminal that answered what was asked before the
  /// screen.
  package static let firstAnswerMilliseconds: Int64 = 2000
  /// How long the first answer of all may take before the terminal counts as mute.
  package static let firstSignMilliseconds: Int64 = 500

  /// Whether the terminal has gone without answering, so that frames are sent unacknowledged.
  package private(set) var isMute = false
  /// Whether the terminal has ever answered a frame.
  package private(set) var hasAnswered = false
  private let hasSpoken: Bool
  private var asked = 0
  private var answered = 0
  /// The number of the question that must be answered before the next frame; nil for none.
  private var awaited: Int?
  private var isOut = true
  private var isAnsweredSince = false
  private var since: Int64 = 0

  /// Starts with nothing sent; `hasSpoken` says whether the terminal answered anything before.
  package init(hasSpoken: Bool = false) { self.hasSpoken = hasSpoken }

  /// Answers still owed, all in all: what must be drained before leaving.
  package var unanswered: Int { asked - answered }

  /// Whether a frame may be sent now.
  package var mayDraw: Bool { awaited == nil }

  /// Notes that a frame is to go out, with its question behind it.
  package mutating func frameBegun() {
    asked += 1
    awaited = asked
    (isOut, isAnsweredSince) = (false, false)
  }

  /// Notes that the question left; the time for its answer runs from here.
  package mutating func frameOut(nowMilliseconds now: Int64) {
    guard !isOut else { return }
    (isOut, since) = (true, now)
    if isMute { awaited = nil }
  }

  /// Notes that the terminal answered one question; whether it is the one that was waited for.
  package mutating func acknowledged(nowMilliseconds now: Int64) -> Bool {
    hasAnswered = true
    guard answered < asked else { return false }
    answered += 1
    (isAnsweredSince, since) = (true, now)
    if isMute {
      // It is slow and not mute: what it has not read yet is waited for.
      isMute = false
      awaited = asked
    }
    guard let awaited, answered >= awaited else { return false }
    self.awaited = nil
    return true
  }

  /// Takes questions back that will never leave; `isOut` says that all others left.
  package mutating func withdraw(_ count: Int, isOut: Bool) {
    guard count > 0 else { return }
    asked = max(answered, asked - count)
    self.isOut = isOut
    awaited = asked == answered || isOut && isMute ? nil : asked
  }

  /// Ends what has waited too long.
  package mutating func expire(nowMilliseconds now: Int64) {
    guard let deadline = deadlineMilliseconds, now >= deadline else { return }
    if isAnsweredSince { answered = asked } else { isMute = true }
    awaited = nil
  }

  /// Forgets what was asked, since somebody else got the answers.
  package mutating func restart() {
    answered = asked
    (isOut, awaited) = (true, nil)
  }

  /// When `expire` will have something to do; nil for never.
  package var deadlineMilliseconds: Int64? {
    guard awaited != nil, isOut else { return nil }
    let patience =
      hasAnswered
      ? Self.patienceMilliseconds
      : hasSpoken ? Self.firstAnswerMilliseconds : Self.firstSignMilliseconds
    return since + patience
  }
}
