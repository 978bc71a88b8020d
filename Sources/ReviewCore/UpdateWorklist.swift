// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

extension State {
  mutating func openWorklist(_ effects: inout [Effect]) {
    var screen = WorklistScreen(filter: worklistPlace.filter)
    screen.selection = worklistPlace.selection
    enterOverlay(.worklist(screen))
    effects.append(.refreshCounts)
    effects.append(screen.load)
  }

  mutating func takeRows(_ page: WorklistPage) {
    guard case .worklist(var screen) = mode, screen.filter == page.filter,
      screen.query == page.query
    else { return }
    screen.page = page
    screen.selection = min(screen.selection, max(0, page.total - 1))
    mode = .worklist(screen)
  }

  mutating func pressInWorklist(
    _ old: WorklistScreen, _ key: KeyPress, _ effects: inout [Effect]
  ) {
    var screen = old
    if let line = screen.line { return press(key, in: line, screen, &effects) }
    switch key {
    case .escape, .character("q"):
      keepPlace(of: screen, &effects)
      return leaveOverlay()
    case .character("/"): screen.line = WorklistLine(screen.query)
    case .character(":"): screen.line = .row
    case .character("b"): return bringBack(screen, &effects)
    case .character("s"): screen.sortByNext()
    case .character("S"): screen.turnSort()
    case .tab, .right: screen = screen.turned(by: 1)
    case .left: screen = screen.turned(by: -1)
    case .down, .character("j"): screen.move(by: 1)
    case .up, .character("k"): screen.move(by: -1)
    case .pageDown: screen.move(by: WorklistScreen.pageStep)
    case .pageUp: screen.move(by: -WorklistScreen.pageStep)
    case .home: screen.move(by: -screen.selection)
    case .end: screen.move(by: .max / 2)
    case .enter: return openSelected(screen, &effects)
    default:
      let action = keymap.action(key)
      if action == .worklist || action == .leave { leaveOverlay() }
      return
    }
    mode = .worklist(screen)
    if screen.needsRows { effects.append(screen.load) }
  }

  private mutating func keepPlace(of screen: WorklistScreen, _ effects: inout [Effect]) {
    let place = WorklistPlace(filter: screen.filter, selection: screen.selection)
    guard place != worklistPlace else { return }
    worklistPlace = place
    effects.append(.saveWorklistPlace(place))
  }

  /// A key while a line is typed: a query counts once it can be read and `Enter` was pressed.
  private mutating func press(
    _ key: KeyPress, in line: WorklistLine, _ old: WorklistScreen, _ effects: inout [Effect]
  ) {
    var screen = old
    switch key {
    case .escape: screen.line = nil
    case .enter:
      switch line.kind {
      case .row:
        screen.line = nil
        if let row = Int(line.text) { screen.move(by: row - 1 - screen.selection) }
      case .query:
        guard let query = try? WorklistQuery(text: line.text) else { return }
        screen.line = nil
        if query != screen.query {
          screen.query = query
          screen.selection = 0
          screen.page = nil
        }
      }
    default: screen.line?.press(key)
    }
    mode = .worklist(screen)
    if screen.needsRows, screen.line == nil { effects.append(screen.load) }
  }

  /// Opens a clip that was skipped or deferred, and makes it due again.
  private mutating func bringBack(_ screen: WorklistScreen, _ effects: inout [Effect]) {
    guard screen.filter.isPutOff, let row = screen.row(screen.selection) else { return }
    if !row.isLeasedByOther, !row.isBarred { bringsBack = row.clip }
    openSelected(screen, &effects)
    if row.clip == clip?.id { takeBack(&effects) }
  }

  /// Makes the clip due again that was opened for that.
  mutating func takeBack(_ effects: inout [Effect]) {
    defer { bringsBack = nil }
    guard let open = clip, open.id == bringsBack else { return }
    switch open.history.state {
    case .skipped, .deferred: break
    case .due, .done, .flagged, .secondOpinion, .disputed: return
    }
    if let objection = open.history.objection(to: .bringBack, by: reviewer) {
      return say(objection)
    }
    append([.bringBack], &effects)
    remark(texts(WorklistPhrase.broughtBack))
  }

  private mutating func openSelected(_ screen: WorklistScreen, _ effects: inout [Effect]) {
    guard let row = screen.row(screen.selection) else { return }
    if row.isLeasedByOther { return remark(texts(LabellingPhrase.openElsewhere)) }
    if row.isBarred { return say(row.state == .disputed ? .disputed : .waitsForAnother) }
    keepPlace(of: screen, &effects)
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
      filter, matching: query, offset: max(0, selection - Self.pageLength / 2),
      limit: Self.pageLength)
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

  /// Orders the list by the next column, behind the last by ingest again.
  mutating func sortByNext() {
    let sorts: [WorklistQuery.Sort] = [
      .state, .source, .camera, .age, .alert, .predicted, .level, .score,
    ]
    let next = query.sort.flatMap { sorts.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    query.sort = next < sorts.count ? sorts[next] : nil
    query.isReversed = false
    (selection, page) = (0, nil)
  }

  /// Turns the list's order round.
  mutating func turnSort() {
    switch query.sort {
    case nil, .oldest: (query.sort, query.isReversed) = (.newest, false)
    case .newest: (query.sort, query.isReversed) = (nil, false)
    default: query.isReversed.toggle()
    }
    (selection, page) = (0, nil)
  }

  func turned(by tabs: Int) -> WorklistScreen {
    let filters = WorklistFilter.allCases
    let index = (filter.rawValue + tabs + filters.count) % filters.count
    var turned = WorklistScreen(filter: filters[index])
    turned.query = query
    return turned
  }
}
