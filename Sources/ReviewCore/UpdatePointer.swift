// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The mouse does nothing that a key does not do, and only on the clip itself.
extension State {
  mutating func point(_ target: PointerTarget, _ effects: inout [Effect]) {
    guard mode == .review, !isBlanked, !isOpening else { return noteWork() }
    if case .label(let key) = target { return press(.character(key), &effects) }
    noteWork()
    guard let open = clip, open.failure == nil, !open.isWithdrawn,
      open.firstPictureAtMilliseconds != nil
    else { return }
    switch target {
    case .label: break
    case .time(let time): clip?.player.seek(to: time, open.timeline)
    case .seconds(let seconds): play(seconds < 0 ? .back1 : .forward1)
    }
  }
}
