// SPDX-License-Identifier: Apache-2.0
import Veil
package import Vocabulary

/// What a picture may cost, and how exact it must be.
package struct DrawingTerms: Hashable, Sendable {
  /// What the line leaves of the picture.
  package var quality: PictureQuality
  /// Whether the picture must end up exactly as it is meant, with nothing left out that the eye
  /// would not see, and sent whole where a terminal may have lost parts of it: while it stands
  /// still, and now and then while it moves.
  package var isSettling: Bool

  /// Makes terms; all that the driver can draw where nothing is given.
  package init(quality: PictureQuality = .full, isSettling: Bool = false) {
    self.quality = quality
    self.isSettling = isSettling
  }

  /// How far a picture's colours may be off before they are sent, as `VisibleDifference` counts it,
  /// with a driver that allows `base` at full quality; 0 is exact.
  ///
  /// Grids are always exact: they have few greys, each of which means something, and in a dark clip
  /// they lie close together.
  func tolerance(_ base: Int, for picture: ShownPicture) -> Int {
    guard !isSettling, case .colour = picture.frame.content else { return 0 }
    return quality == .full ? base : max(base, 12)
  }
}
