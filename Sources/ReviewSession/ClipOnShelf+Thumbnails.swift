// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import ReviewCore
internal import Veil
internal import Vocabulary

/// The small pictures of a clip, made of what is decoded for the large one.
extension ClipOnShelf {
  /// The picture of a contact sheet's moment; nil while it is not there.
  func sheetPicture(_ frost: Frost, at moment: Moment) -> Picture? {
    guard frost == .clear else { return picture(frost, at: moment) }
    return sheetFrame(moment.frame).map { (.frame(id, moment.frame), $0) }
  }

  /// The one picture that stands for the clip: where most moves, of a clear clip what is at hand.
  func thumbnail(_ frost: Frost) -> Picture? {
    switch frost {
    case .solid: return nil
    case .clear:
      return clearFrames.min { $0.key < $1.key }.map { (.frame(id, $0.key), $0.value) }
    case .soft, .frosted, .strict:
      let peak = timeline.frames.dropFirst().max { $0.motion < $1.motion }
      return picture(frost, at: timeline.moment(at: peak?.time ?? .zero))
    }
  }

  /// Whether a picture can stand for it in the worklist; asked at every turn of the loop.
  var hasThumbnail: Bool {
    guard !isShut, failure == nil else { return false }
    let frost = finestFrost
    return frost == .clear ? !clearFrames.isEmpty : grids[frost]?.isEmpty == false
  }
}
