// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The contact sheet: three by three pictures, each with its number, its time and its motion.
struct ContactSheetView {
  private let clip: OpenClip
  private let sheet: ContactSheet
  private let texts: Texts
  private static let gap = 2

  init(_ clip: OpenClip, _ sheet: ContactSheet, _ texts: Texts) {
    self.clip = clip
    self.sheet = sheet
    self.texts = texts
  }

  func draw(on view: inout ScreenView, _ layout: Layout) {
    let body = layout.body
    for index in sheet.moments.indices {
      let place = place(index, in: body)
      let picture = CellRect(
        column: place.column, row: place.row, columns: place.size.columns,
        rows: place.size.rows - 1)
      view.grid.fill(picture, with: Cell(" ", .pane))
      view.thumbnails.append(
        Thumbnail(clip: clip.id, moment: sheet.moments[index], rect: picture))
      caption(index, &view.grid, row: place.row + place.size.rows - 1, place)
    }
  }

  private func place(_ index: Int, in body: CellRect) -> CellRect {
    let (column, row) = (index % ContactSheet.columns, index / ContactSheet.columns)
    let rows = (ContactSheet.most + ContactSheet.columns - 1) / ContactSheet.columns
    let width =
      (body.size.columns - 2 - (ContactSheet.columns - 1) * Self.gap)
      / ContactSheet.columns
    let height = body.size.rows / rows
    return CellRect(
      column: body.column + 1 + column * (width + Self.gap), row: body.row + row * height,
      columns: width, rows: height)
  }

  private func caption(_ index: Int, _ grid: inout CellGrid, row: Int, _ place: CellRect) {
    let moment = sheet.moments[index]
    let isSelected = index == sheet.selection
    let frames = clip.timeline.frames
    let motion = moment.frame < frames.count ? clip.motion.level(frames[moment.frame].motion) : 0
    if isSelected {
      grid.fill(
        CellRect(column: place.column, row: row, columns: place.size.columns, rows: 1),
        with: Cell(" ", .selected))
    }
    grid.put(
      Line([
        Span("\(isSelected ? "›" : " ")", isSelected ? .selected : .text),
        Span("\(index + 1)", isSelected ? .selected : .key),
        Span("  \(moment.time.clock)", isSelected ? .selected : .text),
        Span(motion > 0 ? "  " + texts(ViewPhrase.moves) : "", isSelected ? .selected : .quiet),
      ]), column: place.column, row: row, limit: place.size.columns)
  }
}
