// SPDX-License-Identifier: Apache-2.0
package import Veil
package import Vocabulary

/// Draws veiled frames into a rectangle of the terminal, as bytes.
///
/// A driver remembers what it drew and sends only the difference. Its bytes hold cursor moves (CUP,
/// CUF), SGR and text, and suppose default attributes, but no colour and no place of the cursor,
/// before them; whoever sends them puts pen and cursor back after.
package protocol PictureDriver: Sendable {
  /// Appends what turns the picture drawn last into this one; nothing where they look the same.
  ///
  /// The picture is fitted into `pane` at the clip's own aspect, the rest of the pane is black. A
  /// changed pane or aspect draws everything anew. The pane must lie on the screen.
  ///
  /// - Parameters:
  ///   - frame: The picture.
  ///   - pane: Where it goes, in cells of the screen; nothing is drawn in an empty one.
  ///   - cellAspect: A cell's width to its height, in pixels.
  ///   - displayAspect: The clip's width to its height as a person sees it.
  ///   - output: Where the bytes are appended.
  mutating func encode(
    _ frame: VeiledFrame, pane: CellRect, cellAspect: Ratio, displayAspect: Ratio,
    into output: inout [UInt8])

  /// Forgets what was drawn: the next frame is sent whole.
  mutating func invalidate()
}

/// What a driver drew into, so that a change of it is noticed.
struct PaneShape: Hashable, Sendable {
  let pane: CellRect
  let cellAspect: Ratio
  let displayAspect: Ratio
}
