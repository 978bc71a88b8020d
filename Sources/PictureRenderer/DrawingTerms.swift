// SPDX-License-Identifier: Apache-2.0
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
}
