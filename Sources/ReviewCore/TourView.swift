// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The tour's two rows under everything else: what is asked for now, and why.
struct TourView {
  /// How many rows it takes from the screen.
  static let rows = 2

  private let state: State
  private let tour: Tour

  init(_ state: State, _ tour: Tour) {
    self.state = state
    self.tour = tour
  }

  func draw(on grid: inout CellGrid) {
    let room = grid.size.columns - 2
    let top = grid.size.rows - Self.rows
    guard let step = tour.step else {
      let leave = state.key(.leave)
      grid.put(
        Line(state.texts(TourPhrase.over, leave), .heading), column: 1, row: top, limit: room)
      return grid.put(
        Line(state.texts(TourPhrase.overWhy), .quiet), column: 1, row: top + 1, limit: room)
    }
    let place = state.texts(TourPhrase.place, tour.outcomes.count + 1, Tour.stepCount) + "  "
    let ask = step.sentence(state).shortened(room - place.cellCount)
    grid.put(
      Line([Span(place, .quiet), Span(ask, .heading)]), column: 1, row: top, limit: room)
    let skip = Tour.skipKey(state.keymap, state.taxonomy).map {
      state.texts(TourPhrase.skip, $0.label)
    }
    let width = skip.map { $0.cellCount + 2 } ?? 0
    let why = state.texts(step.why).shortened(room - width)
    grid.put(Line(why, .quiet), column: 1, row: top + 1, limit: room)
    if let skip {
      grid.put(
        Line(skip, .quiet), column: grid.size.columns - 1 - skip.cellCount, row: top + 1)
    }
  }
}

extension CellGrid {
  /// The same with so many blank rows below.
  func grown(by rows: Int) -> CellGrid {
    var grid = CellGrid(size: CellSize(columns: size.columns, rows: size.rows + rows))
    for row in 0..<max(0, size.rows) {
      for column in 0..<max(0, size.columns) { grid[column, row] = self[column, row] }
    }
    return grid
  }
}
