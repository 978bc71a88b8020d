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

  /// Colours of the picture drawn last, where the driver wants others for them: made elsewhere by
  /// `ClipPalette(_:count:care:)`, `adopt` brings them. Nil where it wants none.
  mutating func takeSample() -> ColourSample?

  /// How many colours it can draw with; 0 where it chooses none.
  var paletteSize: Int { get }

  /// Draws in these colours from now on; the next picture is sent whole.
  mutating func adopt(_ palette: ClipPalette)
}

extension PictureDriver {
  /// Appends nothing: text written over the picture takes it away.
  package mutating func erase(into output: inout [UInt8]) {}

  /// Nil: no colours are chosen.
  package mutating func takeSample() -> ColourSample? { nil }

  /// None are chosen.
  package var paletteSize: Int { 0 }

  /// Does nothing: no colours are chosen.
  package mutating func adopt(_ palette: ClipPalette) {}
}
