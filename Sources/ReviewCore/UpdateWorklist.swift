// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension State {
  mutating func openWorklist(_ effects: inout [Effect]) {
    let screen = WorklistScreen(filter: .due)
    enterOverlay(.worklist(screen))
    effects.append(.refreshCounts)
    effects.append(screen.load)
  }

  mutating func takeRows(_ page: WorklistPage) {
    guard case .worklist(var screen) = mode, screen.filter == page.filter else { return }
    screen.page = page
    screen.selection = min(screen.selection, max(0, page.total - 1))
    mode = .worklist(screen)
  }

  mutating func pressInWorklist(
    _ old: WorklistScreen, _ key: KeyPress, _ effects: inout [Effect]
  ) {
    var screen = old
    switch key {
    case .escape, .character("/"), .character("q"): return leaveOverlay()
    case .tab, .right: screen = screen.turned(by: 1)
    case .left: screen = screen.turned(by: -1)
    case .down, .character("j"): screen.move(by: 1)
    case .up, .character("k"): screen.move(by: -1)
    case .pageDown: screen.move(by: WorklistScreen.pageStep)
    case .pageUp: screen.move(by: -WorklistScreen.pageStep)
    case .home: screen.move(by: -screen.selection)
    case .end: screen.move(by: .max / 2)
    case .enter: return openSelected(screen, &effects)
    default: return
    }
    mode = .worklist(screen)
    if screen.needsRows { effects.append(screen.load) }
  }

  private mutating func openSelected(_ screen: WorklistScreen, _ effects: inout [Effect]) {
    guard let row = screen.row(screen.selection) else { return }
    if row.isLeasedByOther { return remark("Another session has this clip open") }
    if row.isBarred { return say(row.state == .disputed ? .disputed : .waitsForAnother) }
    mode = .review
    hasHeldKeyActed = true
    if row.clip == clip?.id { return leaveOverlay() }
    resumesOnReturn = false
    go(.open(row.clip), &effects)
  }
}

extension WorklistScreen {
  static let pageStep = 15

  /// Asks for the rows around the selection.
  var load: Effect {
    .loadRows(
      filter, offset: max(0, selection - Self.pageLength / 2), limit: Self.pageLength)
  }

  /// Whether rows a screen around the selection may show are not at hand.
  var needsRows: Bool {
    guard let page else { return true }
    let reach = Self.pageLength / 3
    let first = max(0, selection - reach)
    let last = min(page.total - 1, selection + reach)
    return page.total > 0 && (first < page.offset || last >= page.offset + page.rows.count)
  }

  mutating func move(by rows: Int) {
    guard let page else { return }
    selection = min(max(0, selection + rows), max(0, page.total - 1))
  }

  func turned(by tabs: Int) -> WorklistScreen {
    let filters = WorklistFilter.allCases
    let index = (filter.rawValue + tabs + filters.count) % filters.count
    return WorklistScreen(filter: filters[index])
  }
}
