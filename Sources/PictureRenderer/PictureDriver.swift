// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws veiled frames into a rectangle of the terminal, as bytes.
///
/// A driver remembers what it drew and sends only the difference. Its bytes hold cursor moves, SGR
/// and text or pictures, and suppose default attributes, but no colour and no place of the cursor,
/// before them; whoever sends them puts pen and cursor back after.
package protocol PictureDriver: Sendable {
  /// The samples that a cell is drawn from, across and down: what a clear picture is scaled for.
  ///
  /// - Parameter cell: A cell's width and height in pixels.
  /// - Returns: Their number across and down; both positive.
  func samples(in cell: PixelSize) -> PixelSize

  /// Appends what turns the picture drawn last into this one; nothing where they look the same.
  ///
  /// The picture is fitted into the pane at the clip's own aspect; the rest of the pane has the
  /// surround's colour. A changed pane draws everything anew, and so does `terms.isSettling` where
  /// terminals lose parts of pictures.
  ///
  /// - Parameters:
  ///   - picture: The frame, its aspect and what the reviewer changes about its looks.
  ///   - pane: Where it goes; nothing is drawn in an empty one.
  ///   - terms: What it may cost.
  ///   - output: Where the bytes are appended.
  mutating func encode(
    _ picture: ShownPicture, in pane: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8])

  /// Forgets what was drawn: the next frame is sent whole.
  mutating func invalidate()

  /// Appends what takes the picture off the screen where writing text over it does not; nothing for
  /// most drivers.
  mutating func erase(into output: inout [UInt8])
}

extension PictureDriver {
  /// Appends nothing: text written over the picture takes it away.
  package mutating func erase(into output: inout [UInt8]) {}
}
