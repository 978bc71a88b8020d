// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// What lies over the clip elsewhere, in plain lines: questions, lists, all keys, the summary.
struct PlainScreens {
  private let state: State
  private var texts: Texts { state.texts }
  /// So many rows of a list are said when it opens; the keys reach the others.
  private static let mostRows = 20

  init(_ state: State) { self.state = state }

  /// All that is said of what the keys mean now; nothing on the clip itself.
  var whole: [String] {
    switch state.mode {
    case .review, .view, .pan, .region, .contactSheet, .help: []
    case .prompt(let prompt):
      PromptView(prompt, state.taxonomy, texts).spoken(texts) + [keys]
    case .note: [keys]
    case .history(let cursor):
      list(historyHeading, history?.spoken ?? [], at: cursor)
    case .messages(let cursor): list(texts(MessagesPhrase.heading), messages, at: cursor)
    case .worklist(let screen): worklist(screen)
    case .summary: SummaryView(state).facts.spoken(texts)
    }
  }

  /// What is said of moving from another row or list; nothing where nothing moved.
  func moved(from old: Mode) -> [String] {
    switch (old, state.mode) {
    case (.history(let before), .history(let cursor)) where before != cursor:
      [row(cursor.row, history?.spoken ?? [])].compactMap(\.self)
    case (.messages(let before), .messages(let cursor)) where before != cursor:
      [row(cursor.row, messages)].compactMap(\.self)
    case (.worklist(let before), .worklist(let screen)): moved(from: before, to: screen)
    default: []
    }
  }

  /// Why the search that is typed cannot be read; nothing where it can, or none is.
  var complaint: [String] {
    guard case .worklist(let screen) = state.mode else { return [] }
    return screen.line?.error.map { [$0.sentence(texts)] } ?? []
  }

  /// Every key that does something here.
  var allKeys: [String] {
    let bindings = KeyBinding.Group.allCases.flatMap { group in
      [texts(group.title)]
        + state.keymap.bindings.filter { $0.group == group && !$0.action.needsPicture }.map(line)
    }
    let labels = Axis.allCases.flatMap { axis in
      [axis.title(texts)]
        + state.taxonomy.terms(axis).map { texts(PlainPhrase.item, String($0.key), $0.name) }
    }
    let judge = texts(
      PlainPhrase.item, String(state.taxonomy.cannotJudgeKey), texts(KeyListPhrase.cannotJudge))
    return bindings + labels + [judge]
  }

  private func line(_ binding: KeyBinding) -> String {
    let words = binding.action == .pause ? texts(PlainPhrase.again) : texts(binding.hint)
    return texts(PlainPhrase.item, ([binding.name] + binding.aliases).joined(separator: " "), words)
  }

  private var keys: String { HintLine(state).spoken }

  // MARK: lists

  private var historyHeading: String {
    texts(HistoryPhrase.heading, state.clip?.id.short ?? "")
  }

  private var history: HistoryView? {
    guard let clip = state.clip, case .history(let cursor) = state.mode else { return nil }
    return HistoryView(state, clip, cursor)
  }

  private var messages: [String] {
    guard case .messages(let cursor) = state.mode else { return [] }
    return MessagesView(state, cursor).spoken
  }

  /// A list's last rows, up to the one that its cursor stands on when it opens.
  private func list(_ heading: String, _ rows: [String], at cursor: ListCursor) -> [String] {
    guard !rows.isEmpty else {
      let isHistory = if case .history = state.mode { true } else { false }
      return [isHistory ? texts(HistoryPhrase.nothing) : texts(MessagesPhrase.nothing), keys]
    }
    let first = max(0, cursor.row + 1 - Self.mostRows)
    return [heading] + (first...cursor.row).compactMap { row($0, rows) } + [keys]
  }

  private func row(_ index: Int, _ rows: [String]) -> String? {
    guard rows.indices.contains(index) else { return nil }
    return texts(PlainPhrase.row, index + 1, rows.count, rows[index])
  }

  // MARK: the worklist

  private func worklist(_ screen: WorklistScreen) -> [String] {
    let lists = WorklistFilter.allCases.filter { state.counts[$0] > 0 }.map {
      "\($0.name(texts)) \(state.counts[$0])"
    }
    return [
      texts(PlainPhrase.item, texts(WorklistPhrase.heading), lists.joined(separator: ", ")), keys,
    ] + arrived(screen)
  }

  private func moved(from old: WorklistScreen, to screen: WorklistScreen) -> [String] {
    if screen.line != nil || screen.page == nil { return [] }
    let isAnew =
      old.page == nil || old.filter != screen.filter || old.query != screen.query
      || old.page?.total != screen.page?.total
    if isAnew { return arrived(screen) }
    return old.selection == screen.selection ? [] : selected(screen)
  }

  /// How many a list holds, once its rows are there, and the selected one.
  private func arrived(_ screen: WorklistScreen) -> [String] {
    guard let page = screen.page, screen.line == nil else { return [] }
    if page.total == 0 { return [WorklistView(state, screen).nothingFound] }
    return [texts(PlainPhrase.list, screen.filter.name(texts), page.total)] + selected(screen)
  }

  private func selected(_ screen: WorklistScreen) -> [String] {
    guard let row = screen.row(screen.selection), let page = screen.page else { return [] }
    let facts =
      texts(PlainPhrase.clipRow, row.position) + ", " + WorklistRowWords(state).spoken(row)
    return [texts(PlainPhrase.row, screen.selection + 1, page.total, facts)]
  }
}
