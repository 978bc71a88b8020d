// SPDX-License-Identifier: Apache-2.0
package import Veil
package import Vocabulary

/// A veiled frame, whose mark it carries, and how it is to look.
///
/// There is none without a mark, and no way to draw but from one: the mark is laid over the picture
/// after all that an adjustment does to it. A solid frame, which shows nothing of a clip, is drawn
/// without.
package struct ShownPicture: Hashable, Sendable {
  package var frame: VeiledFrame
  /// Who sees it, where and when.
  package let mark: ReviewerMark
  /// The clip's width to its height as a person sees it.
  package var displayAspect: Ratio
  package var adjustment: PictureAdjustment

  /// Makes one, without any adjustment where none is given.
  package init(
    _ frame: VeiledFrame, mark: ReviewerMark, displayAspect: Ratio,
    adjustment: PictureAdjustment = .none
  ) {
    self.frame = frame
    self.mark = mark
    self.displayAspect = displayAspect
    self.adjustment = adjustment
  }
}
