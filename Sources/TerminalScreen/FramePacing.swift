// SPDX-License-Identifier: Apache-2.0

/// Lets at most one picture frame be on its way to the terminal.
///
/// Each frame ends with `CSI 5 n`, which a terminal answers once it has read that far. One that
/// stays silent for `timeoutMilliseconds` is taken for mute: frames then go out by the frame clock
/// alone until an answer comes.
package struct FramePacing: Sendable {
  /// How long an answer may take before the terminal counts as mute.
  package static let timeoutMilliseconds: Int64 = 250

  /// Whether the terminal has gone without answering, so that frames are sent unacknowledged.
  package private(set) var isMute = false
  /// Answers still owed, all in all: what must be drained before leaving.
  package private(set) var unanswered = 0
  private var outstanding = 0
  private var lastSent: Int64 = 0

  /// Starts with nothing sent.
  package init() {}

  /// Whether a frame may be sent now.
  package mutating func mayDraw(nowMilliseconds now: Int64) -> Bool {
    if outstanding == 0 || isMute { return true }
    guard now - lastSent >= Self.timeoutMilliseconds else { return false }
    isMute = true
    outstanding = 0
    return true
  }

  /// Notes that a frame was written.
  package mutating func frameSent(nowMilliseconds now: Int64) {
    lastSent = now
    outstanding += 1
    unanswered += 1
  }

  /// Notes that the terminal answered one frame.
  package mutating func acknowledged() {
    outstanding = max(0, outstanding - 1)
    unanswered = max(0, unanswered - 1)
    if isMute { outstanding = 0 }
    isMute = false
  }

  /// When the next frame may go out if no answer comes; nil where one may go out at once.
  package var deadlineMilliseconds: Int64? {
    outstanding == 0 || isMute ? nil : lastSent + Self.timeoutMilliseconds
  }
}
