// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The view menu and panning; the clip goes on playing under both.
extension State {
  mutating func openViewMenu() {
    guard mayShowMore() else { return }
    mode = .view(ViewMenu(row: .picture, before: setting))
  }

  /// Whether there is a picture to change or to look through; says why where there is none.
  mutating func mayShowMore() -> Bool {
    guard let open = clip else { return false }
    guard open.failure == nil, !open.isWithdrawn else {
      sayWhyShut(open)
      return false
    }
    return open.firstPictureAtMilliseconds != nil
  }

  /// `Enter` keeps what was changed, `Esc` takes it back.
  mutating func pressInView(_ old: ViewMenu, _ key: KeyPress, _ effects: inout [Effect]) {
    var menu = old
    switch key {
    case .enter: return leaveViewMenu()
    case .escape:
      use(old.before, &effects)
      return leaveViewMenu()
    case .down, .character("j"), .tab: menu.move(by: 1)
    case .up, .character("k"): menu.move(by: -1)
    case .right, .character("l"): change(menu.row, by: 1, &effects)
    case .left, .character("h"): change(menu.row, by: -1, &effects)
    case .character("r"):
      var plain = setting
      plain.adjustment = .none
      use(plain, &effects)
    case .character("p") where setting.adjustment.zoom != .whole:
      return mode = .pan(PanMode(menu: menu, before: setting.adjustment))
    default:
      if [.view, .leave].contains(keymap.action(key)) { return leaveViewMenu() }
      return pressUnderMenu(key, &effects)
    }
    mode = .view(menu)
  }

  // A key that is held down must not go on to commit the clip.
  private mutating func leaveViewMenu() {
    mode = .review
    hasHeldKeyActed = true
  }

  /// The arrows move what is seen by an eighth of the pane.
  mutating func pressInPan(_ pan: PanMode, _ key: KeyPress, _ effects: inout [Effect]) {
    let step = PictureAdjustment.side / 8
    switch key {
    case .enter, .character("p"): mode = .view(pan.menu)
    case .escape:
      setting.adjustment = pan.before
      mode = .view(pan.menu)
    case .left, .character("h"): setting.adjustment.pan(right: -step, down: 0)
    case .right, .character("l"): setting.adjustment.pan(right: step, down: 0)
    case .up, .character("k"): setting.adjustment.pan(right: 0, down: -step)
    case .down, .character("j"): setting.adjustment.pan(right: 0, down: step)
    case _ where keymap.action(key) == .leave: mode = .view(pan.menu)
    default: pressUnderMenu(key, &effects)
    }
  }

  // What must work whatever lies over the review screen, and what helps to see a change.
  private mutating func pressUnderMenu(_ key: KeyPress, _ effects: inout [Effect]) {
    switch keymap.action(key) {
    case .flag: flagFromMenu(&effects)
    case .pause: play(.pause)
    case .frameBack: play(.frameBack)
    case .frameForward: play(.frameForward)
    default: break
    }
  }

  /// `X` over a menu leaves it first, so that nothing of the clip stays on the screen.
  mutating func flagFromMenu(_ effects: inout [Effect]) {
    leaveClipMode()
    guard let open = clip, mayLabel() else { return }
    flag(open, &effects)
  }

  private mutating func change(_ row: ViewMenu.Row, by step: Int, _ effects: inout [Effect]) {
    var wanted = setting
    wanted.change(row, by: step, kinds: pictureKinds, themes: themes.count)
    use(wanted, &effects)
  }

  private mutating func use(_ wanted: PictureSetting, _ effects: inout [Effect]) {
    let old = setting
    setting = wanted
    if wanted.kind != old.kind { effects.append(.usePicture(wanted.kind)) }
    if wanted.theme != old.theme { effects.append(.useTheme(wanted.theme)) }
  }
}
