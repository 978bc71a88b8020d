// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What the picture pane shows.
package enum Picture: Hashable, Sendable {
  /// The clip's frames at `State.shownFrost`; nothing, until the first one is there.
  case frames
  /// No picture, only which eighths moved.
  case solid
  /// There is no pane.
  case none
}

/// The whole screen: its cells, and where the picture goes.
package struct ScreenView: Hashable, Sendable {
  package var grid: CellGrid
  /// The pane, whose cells in the grid have the role `pane`; nil exactly where `picture` is `none`.
  package var pane: CellRect?
  package var picture: Picture
  /// The small pictures, whose cells in the grid have the role `pane`; none where there is a pane.
  package var thumbnails: [Thumbnail] = []
  /// What can be clicked on.
  var targets: [ClickTarget] = []
}
