// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Where everything on the review screen stands at a size: all of its geometry.
struct Layout: Equatable {
  /// How the label palette is laid out.
  enum Palette: Equatable {
    /// A column right of the picture; with blank rows between the axes where there is room.
    case side(isAiry: Bool)
    /// A row an axis under the time line.
    case threeRows
    /// Keys alone, in one row.
    case oneRow
  }

  let size: CellSize
  let palette: Palette
  let paletteRect: CellRect
  /// Where the picture goes.
  let pane: CellRect
  let timelineRow: Int
  /// The time line's sparkline, and under it the segments.
  private(set) var sparkline: CellRect
  /// Where what is left of the clip's looks stands, behind the sparkline; nil where nothing does.
  private(set) var lookBar: CellRect?

  static let least = CellSize(columns: 60, rows: 20)
  private static let leastForSide = 100
  private static let leastForThreeRows = CellSize(columns: 80, rows: 24)
  /// Time line, segments, facts, notice, hints.
  private static let footRows = 5
  /// Columns of the state, the times and the speed in front of the sparkline.
  private static let timesWidth = 28

  var laneRow: Int { timelineRow + 1 }
  var infoRow: Int { size.rows - 3 }
  var noticeRow: Int { size.rows - 2 }
  var hintRow: Int { size.rows - 1 }

  /// Everything between the top line and the notice, for the screens that show no clip.
  var body: CellRect { CellRect(column: 0, row: 1, columns: size.columns, rows: size.rows - 3) }

  /// Lays out; nil below the least size.
  ///
  /// `coachRows` are those that the tour has below: it costs picture, not labels.
  init?(_ size: CellSize, _ taxonomy: Taxonomy, coachRows: Int = 0) {
    guard size.columns >= Self.least.columns, size.rows >= Self.least.rows else { return nil }
    self.size = size
    let air = size.rows >= 30 ? 1 : 0
    let roomRows = size.rows - 1 - air - Self.footRows
    let lines = taxonomy.terms.count + Axis.allCases.count + 1
    let foldedRows: Int
    if size.columns >= Self.leastForSide, roomRows >= lines {
      palette = .side(isAiry: roomRows >= lines + Axis.allCases.count)
      foldedRows = 0
      let width = Self.sideWidth(size.columns, taxonomy)
      pane = CellRect(column: 0, row: 1 + air, columns: size.columns - width - 2, rows: roomRows)
      paletteRect = CellRect(
        column: size.columns - width, row: 1 + air, columns: width, rows: roomRows)
    } else {
      let isTight =
        size.columns < Self.leastForThreeRows.columns
        || size.rows < Self.leastForThreeRows.rows - coachRows
      palette = isTight ? .oneRow : .threeRows
      foldedRows = isTight ? 1 : 3
      pane = CellRect(column: 0, row: 1 + air, columns: size.columns, rows: roomRows - foldedRows)
      paletteRect = CellRect(
        column: 1, row: size.rows - 3 - foldedRows, columns: size.columns - 2, rows: foldedRows)
    }
    timelineRow = pane.row + pane.size.rows
    sparkline = CellRect(
      column: Self.timesWidth, row: timelineRow, columns: size.columns - Self.timesWidth - 1,
      rows: 1)
  }

  // As wide as the longest name asks for, but the picture keeps three quarters.
  private static func sideWidth(_ columns: Int, _ taxonomy: Taxonomy) -> Int {
    let longest = taxonomy.terms.map(\.name.cellCount).max() ?? 0
    return max(28, min(longest + PaletteView.nameColumn + 6, columns / 4 - 2))
  }

  /// The same with room for what is left of the clip's looks, where the screen is wide enough.
  func withLookBar() -> Layout {
    guard size.columns >= Self.leastForThreeRows.columns else { return self }
    var layout = self
    let width = LookBar.width + 2
    layout.sparkline.size.columns -= width
    layout.lookBar = CellRect(
      column: size.columns - 1 - LookBar.width, row: timelineRow, columns: LookBar.width, rows: 1)
    return layout
  }

  /// The column of a time on the sparkline.
  func column(of time: MediaTime, duration: MediaTime) -> Int {
    let width = sparkline.size.columns
    guard duration > .zero, width > 0 else { return sparkline.column }
    let share = Double(time.microseconds) / Double(duration.microseconds)
    return sparkline.column + min(width - 1, max(0, Int(share * Double(width))))
  }
}
