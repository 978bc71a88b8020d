// SPDX-License-Identifier: Apache-2.0
package import Veil
package import Vocabulary

/// A veiled frame and how it is to look.
package struct ShownPicture: Hashable, Sendable {
  package var frame: VeiledFrame
  /// The clip's width to its height as a person sees it.
  package var displayAspect: Ratio
  package var adjustment: PictureAdjustment

  /// Makes one, without any adjustment where none is given.
  package init(
    _ frame: VeiledFrame, displayAspect: Ratio, adjustment: PictureAdjustment = .none
  ) {
    self.frame = frame
    self.displayAspect = displayAspect
    self.adjustment = adjustment
  }
}
