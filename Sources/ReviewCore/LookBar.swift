// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// What is left of the clip's looks, and of the one that goes on: `look ▮▮▮▮▯`.
struct LookBar {
  private let state: State
  private let clip: OpenClip

  private static let cells = 5
  /// In cells: five of words, five of bar.
  static let width = 10

  init(_ state: State, _ clip: OpenClip) {
    self.state = state
    self.clip = clip
  }

  func draw(on grid: inout CellGrid, _ rect: CellRect) {
    grid.put(line, column: rect.column, row: rect.row)
  }

  private var line: Line {
    let limit = max(1, state.lookRules.clipMilliseconds)
    let rest = state.clipLookRest(clip)
    // Rounded up: an empty bar says that nothing is left.
    let full = min(Self.cells, Int((rest * Int64(Self.cells) + limit - 1) / limit))
    return Line([
      label, Span(String(repeating: "▮", count: full), .frost),
      Span(String(repeating: "▯", count: Self.cells - full), .quiet),
    ])
  }

  /// The running look counts down.
  private var label: Span {
    guard let look = state.look else { return Span(state.texts(ClipPhrase.lookBar), .quiet) }
    let tenths = (look.rest(at: state.nowMilliseconds) + 99) / 100
    return Span("\(tenths / 10).\(tenths % 10)s ", .flagged, .bold)
  }
}
