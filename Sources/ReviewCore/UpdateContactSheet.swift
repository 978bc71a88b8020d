// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The contact sheet lies over the clip, which stands still meanwhile.
extension State {
  mutating func openContactSheet() {
    guard mayShowMore(), let open = clip,
      let sheet = ContactSheet(open.timeline, open.motion, at: open.time)
    else { return }
    enterOverlay(.contactSheet(sheet))
  }

  /// Shows the contact sheet of a strict clip before it plays, once all of it is decoded.
  mutating func showSheetFirst() {
    guard let open = clip, open.awaitsSheet, open.timeline.isComplete, mode == .review,
      lock == nil, finestFrost == .strict, open.firstPictureAtMilliseconds != nil, !isPlain
    else { return }
    clip?.awaitsSheet = false
    openContactSheet()
  }

  mutating func pressInContactSheet(
    _ old: ContactSheet, _ key: KeyPress, _ effects: inout [Effect]
  ) {
    var sheet = old
    switch key {
    case .escape: return leaveOverlay()
    case .enter, .character(" "): return jump(to: sheet.selection, sheet)
    case .left, .character("h"): sheet.move(by: -1)
    case .right, .character("l"), .tab: sheet.move(by: 1)
    case .up, .character("k"): sheet.move(by: -ContactSheet.columns)
    case .down, .character("j"): sheet.move(by: ContactSheet.columns)
    default: return pressUnderSheet(key, sheet, &effects)
    }
    mode = .contactSheet(sheet)
  }

  private mutating func pressUnderSheet(
    _ key: KeyPress, _ sheet: ContactSheet, _ effects: inout [Effect]
  ) {
    if case .character(let character) = key, let digit = character.wholeNumberValue,
      sheet.moments.indices.contains(digit - 1)
    {
      return jump(to: digit - 1, sheet)
    }
    switch keymap.action(key) {
    case .flag: flagFromMenu(&effects)
    case .contactSheet, .leave: leaveOverlay()
    default: break
    }
  }

  private mutating func jump(to index: Int, _ sheet: ContactSheet) {
    if let open = clip { clip?.player.seek(to: sheet.moments[index].time, open.timeline) }
    hasHeldKeyActed = true
    leaveOverlay()
  }
}
