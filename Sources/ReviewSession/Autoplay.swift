// SPDX-License-Identifier: Apache-2.0

internal import ReviewCore
internal import Vocabulary

/// Plays a session by itself: watches each clip, marks its motion, commits, and leaves in time.
///
/// It presses the keys a reviewer would press and has no other way in.
struct Autoplay {
  /// When it leaves, by the monotonic clock.
  private let endMilliseconds: Int64
  private var clip: ClipID?
  /// The keys still to press on this clip, each with its time after the first picture.
  private var script: [(atMilliseconds: Int64, key: KeyPress)] = []
  private var isLeaving = false

  init(seconds: Int, nowMilliseconds: Int64) {
    endMilliseconds = nowMilliseconds + Int64(seconds) * 1000
  }

  /// The keys to press now; call it at least every 100 ms.
  mutating func keys(_ state: State, nowMilliseconds now: Int64) -> [KeyPress] {
    if isLeaving { return [] }
    if now >= endMilliseconds || state.isNothingDue {
      isLeaving = true
      return [.character("q"), .character("q")]
    }
    guard let open = state.clip, !state.isOpening else { return [] }
    if open.failure != nil { return [.character("g")] }
    if case .contactSheet = state.mode { return [.escape] }
    guard let shownAt = open.firstPictureAtMilliseconds else { return [] }
    if clip != open.id {
      clip = open.id
      script = Self.script
    }
    let due = script.prefix { shownAt + $0.atMilliseconds <= now }.map(\.key)
    script.removeFirst(due.count)
    return due
  }

  /// Look, go to the motion, mark it, confirm; where the predictions do not suffice, say that the
  /// clip cannot be judged.
  private static let script: [(atMilliseconds: Int64, key: KeyPress)] = [
    (900, .character("w")), (2200, .character("y")),
    (2800, .character("c")), (3000, .character("5")), (3400, .enter),
  ]
}
