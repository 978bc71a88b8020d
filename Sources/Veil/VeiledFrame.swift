// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// A picture that may be shown: the only thing that reaches the renderer.
///
/// It is made by `adopt`, from bytes that crossed the process border and were checked, or as a
/// solid pane. There is no way back from it to the frame.
package struct VeiledFrame: Hashable, Sendable {
  /// What is left to see.
  package enum Content: Hashable, Sendable {
    /// The frosted grid: `size.area` grey values, row by row, row 0 at the top.
    case grid(size: PixelSize, greys: [UInt8])
    /// The picture itself: `size.area` RGB triples, row by row, row 0 at the top.
    case colour(size: PixelSize, rgb: [UInt8])
    /// No picture: which eighths moved, bit `4 * row + column`, two rows of four.
    case solid(movedEighths: UInt8)
  }

  /// The frost it is under.
  package let frost: Frost
  /// The picture.
  package let content: Content

  init(frost: Frost, content: Content) {
    self.frost = frost
    self.content = content
  }

  /// The pane without any picture.
  package static func solid(movedEighths: UInt8) -> VeiledFrame {
    VeiledFrame(frost: .solid, content: .solid(movedEighths: movedEighths))
  }
}
