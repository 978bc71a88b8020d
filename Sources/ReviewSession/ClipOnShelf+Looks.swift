// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import ReviewCore
internal import Veil
internal import Vocabulary

/// What a look shows of a clip: all of it, or the part in a lens over the frosted picture.
struct LookedAt {
  let grant: ClearGrant
  /// The clear parts at hand, by their frames.
  var windows: [Int: ClearWindow] = [:]
  /// The part that was asked for last.
  var requested: (frame: Int, lens: LensWindow)?
  /// The picture that was laid out last, which is asked for again at every turn of the loop.
  var laid: ClipOnShelf.Picture?
}

extension ClipOnShelf {
  /// Whether a look goes on.
  var isLookedAt: Bool { look != nil }

  /// Lets clear pictures come, until the grant's time is over or `endLook`.
  func beginLook(_ grant: ClearGrant, nowMilliseconds now: Int64) {
    forgetClearFrames()
    look = LookedAt(grant: grant)
    decoder?.beginLook(grant, nowMilliseconds: now)
  }

  /// Ends the look and forgets every clear picture of it.
  func endLook() {
    guard look != nil else { return }
    look = nil
    decoder?.endLook()
    forgetClearFrames()
  }

  /// The picture of a moment under the look; nil while it has not come, and without a look.
  func lookPicture(
    _ look: Look, lens: LensWindow, under frost: Frost, at moment: Moment
  ) -> Picture? {
    guard look.scope == .lens else {
      request(frame: moment.frame)
      defer { request(frame: moment.frame + 1) }
      return picture(.clear, at: moment)
    }
    request(frame: moment.frame, through: lens)
    guard let frosted = picture(frost, at: moment),
      let window = self.look?.windows[moment.frame]
    else { return nil }
    let name = PictureName.lens(id, moment.frame, window.window, frosted.name.hold)
    if let laid = self.look?.laid, laid.name == name { return laid }
    guard let frame = window.over(frosted.frame) else { return nil }
    self.look?.laid = (name, frame)
    return (name, frame)
  }

  /// Takes the clear part of a frame in; it replaces that of the frame before.
  func keep(_ window: ClearWindow, at index: Int) {
    if let requested = look?.requested, requested.frame == index, requested.lens == window.window {
      look?.requested = nil
    }
    look?.windows = [index: window]
  }

  private func request(frame index: Int, through lens: LensWindow) {
    guard let look, index < timeline.frames.count else { return }
    if let window = look.windows[index], window.window == lens { return }
    if let requested = look.requested, requested == (index, lens) { return }
    self.look?.requested = (index, lens)
    decoder?.requestFrame(
      index: index, lens: lens, nowMilliseconds: SessionClock.monotonicMilliseconds)
  }
}

extension PictureName {
  /// Which part of it a lens shows clear; nil of any other.
  var lens: LensWindow? {
    if case .lens(_, _, let window, _) = self { window } else { nil }
  }

  /// The hold of a frosted picture; 0 of any other.
  fileprivate var hold: Int {
    if case .grid(_, _, let hold) = self { hold } else { 0 }
  }
}
