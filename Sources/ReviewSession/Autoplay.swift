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
      return Self.keys([.leave, .leave], state)
    }
    guard let open = state.clip, !state.isOpening else { return [] }
    if open.failure != nil { return Self.keys([.nextDue], state) }
    if case .contactSheet = state.mode { return [.escape] }
    guard let shownAt = open.firstPictureAtMilliseconds else { return [] }
    if clip != open.id {
      clip = open.id
      script = Self.script(state)
    }
    let due = script.prefix { shownAt + $0.atMilliseconds <= now }.map(\.key)
    script.removeFirst(due.count)
    return due
  }

  /// Look, go to the motion, mark it, confirm; where the predictions do not suffice, say that the
  /// clip cannot be judged.
  private static func script(_ state: State) -> [(atMilliseconds: Int64, key: KeyPress)] {
    zip([900, 2200], keys([.nextMotion, .confirm], state)).map { ($0, $1) }
      + [(2800, .character("c")), (3000, .character("5"))]
      + keys([.commit], state).map { (3400, $0) }
  }

  /// The keys that the keymap has for actions.
  private static func keys(_ actions: [Action], _ state: State) -> [KeyPress] {
    actions.compactMap { state.keymap.keys($0).first }
  }
}
