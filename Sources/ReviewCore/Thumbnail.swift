// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A small picture of a clip, and where it goes on the screen.
package struct Thumbnail: Hashable, Sendable {
  package let clip: ClipID
  /// The moment of the clip that it shows; nil leaves it to what is decoded.
  package let moment: Moment?
  package let rect: CellRect
}
