// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// All keys, from the live keymap and the taxonomy, in as many columns as there is room for, and in
/// pages where that is not enough.
struct HelpView {
  private let blocks: [[Line]]
  /// Wider columns are harder to read.
  private static let widestColumn = 52

  init(_ state: State) {
    let taxonomy = state.taxonomy
    let labels = Axis.allCases.map { axis in
      [Line(axis.title(state.texts), .heading)]
        + taxonomy.terms(axis).map { Self.entry(String($0.key), $0.name) }
    }
    let judge = [
      Self.entry(String(taxonomy.cannotJudgeKey), state.texts(KeyListPhrase.cannotJudge))
    ]
    blocks =
      KeyBinding.Group.allCases.map { Self.block($0, state.keymap, state.texts) }
      + labels.dropLast()
      + [(labels.last ?? []) + judge]
  }

  private static func block(_ group: KeyBinding.Group, _ keymap: Keymap, _ texts: Texts) -> [Line] {
    var bindings = keymap.bindings.filter { $0.group == group }[...]
    var lines = [Line(texts(group.title), .heading)]
    while let first = bindings.popFirst() {
      guard let hint = first.jointHint, let second = bindings.first else {
        lines.append(entry(first.name, texts(first.hint) + others(first.aliases)))
        continue
      }
      let keys = "\(first.name) \(second.name)"
      let joint = texts(hint) + others(first.aliases + second.aliases)
      // Two lines where there is no room for the names, or for the words in the narrowest column.
      guard keys.cellCount < keyWidth, joint.cellCount <= narrowestWords else {
        lines.append(entry(first.name, texts(first.hint) + others(first.aliases)))
        continue
      }
      bindings.removeFirst()
      lines.append(entry(keys, joint))
    }
    return lines
  }

  /// The keys that do the same, behind the words.
  private static func others(_ aliases: [String]) -> String {
    aliases.isEmpty ? "" : " (\(aliases.joined(separator: " ")))"
  }

  private static let keyWidth = 6
  /// The words of a column where the screen has 80.
  private static let narrowestWords = 19

  private static func entry(_ key: String, _ words: String) -> Line {
    Line([Span(key.fitted(keyWidth), .key), Span(words, .text)])
  }

  func draw(_ page: Int, on grid: inout CellGrid, _ layout: Layout) {
    let body = layout.body
    let (pages, isAiry) = pages(body.size)
    // A page that is not full has columns as wide as the first.
    guard let first = pages.first else { return }
    let width = min(Self.widestColumn, (body.size.columns - 2) / max(1, first.count))
    for (index, column) in pages[min(page, pages.count - 1)].enumerated() {
      for (offset, line) in column.enumerated() {
        grid.put(
          line, column: 1 + index * width, row: body.row + (isAiry ? 1 : 0) + offset,
          limit: width - 1)
      }
    }
  }

  /// How many pages the keys take on the screen, one at least.
  static func pageCount(_ state: State) -> Int {
    guard let layout = Layout(state.screenSize, state.taxonomy) else { return 1 }
    return max(1, HelpView(state).pages(layout.body.size).pages.count)
  }

  /// How many columns there may be: three at most are easy on the eye, and each must have room for the
  /// words.
  private static func most(_ size: CellSize) -> Int {
    min(3, max(1, (size.columns - 2) / (keyWidth + narrowestWords + 1)))
  }

  /// The columns of each page; airy ones have a row between their blocks.
  private func pages(_ size: CellSize) -> (pages: [[[Line]]], isAiry: Bool) {
    let most = Self.most(size)
    let airy = columns(most, high: size.rows - 2, gap: 1, keepsBlocks: true)
    if airy.count <= most { return ([airy], true) }
    for keepsBlocks in [true, false] {
      let dense = columns(most, high: size.rows, gap: 0, keepsBlocks: keepsBlocks)
      if dense.count <= most { return ([dense], false) }
    }
    let many = columns(height: max(1, size.rows), gap: 0, keepsBlocks: true)
    let starts = stride(from: 0, to: many.count, by: most)
    return (starts.map { Array(many[$0..<min($0 + most, many.count)]) }, false)
  }

  /// The lowest columns that are not more than wanted; as high as allowed where that takes more.
  private func columns(
    _ most: Int, high height: Int, gap: Int, keepsBlocks: Bool
  ) -> [[Line]] {
    for lower in 1...max(1, height) {
      let columns = columns(height: lower, gap: gap, keepsBlocks: keepsBlocks)
      if columns.count <= most, columns.allSatisfy({ $0.count <= lower }) { return columns }
    }
    return columns(height: max(1, height), gap: gap, keepsBlocks: keepsBlocks)
  }

  // Blocks stay whole where they can, and never leave a heading alone at a column's foot.
  private func columns(height: Int, gap: Int, keepsBlocks: Bool) -> [[Line]] {
    var done: [[Line]] = []
    var column: [Line] = []
    for block in blocks {
      let gap = column.isEmpty ? 0 : gap
      if block.count + gap > height - column.count, keepsBlocks || height - column.count < 3 {
        done.append(column)
        column = []
      } else {
        column += Array(repeating: Line(), count: gap)
      }
      for line in block {
        if column.count >= height {
          done.append(column)
          column = []
        }
        column.append(line)
      }
    }
    return (done + [column]).filter { !$0.isEmpty }
  }
}
