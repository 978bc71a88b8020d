// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Small pictures beside the worklist's rows, under them where the screen is narrow: of the clips in
/// the list that are open or decoded ahead, so that none is decoded for its sake.
struct WorklistPictures {
  /// What is left for the rows.
  let rows: CellRect
  private let places: [Place]

  private struct Place {
    let row: WorklistRow
    /// The row's number in the list.
    let number: Int
    let isSelected: Bool
    let rect: CellRect
  }

  private static let size = CellSize(columns: 24, rows: 7)
  private static let lowSize = CellSize(columns: 16, rows: 5)
  private static let leastForSide = 140
  private static let leastRowsForLow = 16

  init(_ state: State, _ screen: WorklistScreen, in room: CellRect) {
    let decoded = Self.decoded(state, screen)
    let isSide = room.size.columns >= Self.leastForSide
    guard !decoded.isEmpty, isSide || room.size.rows >= Self.leastRowsForLow else {
      (rows, places) = (room, [])
      return
    }
    let size = isSide ? Self.size : Self.lowSize
    let most = isSide ? room.size.rows / (size.rows + 1) : room.size.columns / (size.columns + 2)
    rows = CellRect(
      column: room.column, row: room.row,
      columns: room.size.columns - (isSide ? size.columns + 2 : 0),
      rows: room.size.rows - (isSide ? 0 : size.rows + 2))
    places = decoded.prefix(most).enumerated().map { index, entry in
      let rect = CellRect(
        column: room.column
          + (isSide ? room.size.columns - size.columns : index * (size.columns + 2)),
        row: room.row + (isSide ? index * (size.rows + 1) : room.size.rows - size.rows - 1),
        columns: size.columns, rows: size.rows)
      return Place(
        row: entry.row, number: entry.index + 1, isSelected: entry.index == screen.selection,
        rect: rect)
    }
  }

  private static func decoded(
    _ state: State, _ screen: WorklistScreen
  ) -> [(index: Int, row: WorklistRow)] {
    guard let page = screen.page else { return [] }
    let here = state.hasPicture ? state.clip?.id : nil
    let clips = [here, state.clipAhead].compactMap(\.self)
    return page.rows.enumerated().compactMap { offset, row in
      clips.contains(row.clip) ? (page.offset + offset, row) : nil
    }
  }

  func draw(on view: inout ScreenView) {
    for place in places {
      let rect = place.rect
      view.grid.fill(rect, with: Cell(" ", .pane))
      view.thumbnails.append(Thumbnail(clip: place.row.clip, moment: nil, rect: rect))
      view.grid.put(
        DisplayText.line(
          "\(place.number) \(place.row.camera.text)", limit: rect.size.columns),
        column: rect.column, row: rect.row + rect.size.rows,
        role: place.isSelected ? .selected : .quiet)
    }
  }
}
