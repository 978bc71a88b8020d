// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A question and its answers, in the place of the label palette; in the notice line where the
/// palette has one row only.
struct PromptView {
  private let question: Line
  private let reasons: [Reason]

  private init(_ question: Line, _ reasons: [Reason]) {
    (self.question, self.reasons) = (question, reasons)
  }

  /// The question that stands where the labels do; nil where none does.
  init?(_ state: State) {
    switch state.mode {
    case .prompt(let prompt): self.init(prompt, state.taxonomy, state.texts)
    case .region(let draft) where draft.isAsking: self = .region(state.texts)
    case .review where state.clip.map(state.takesFlagReason) == true: self = .flag(state.texts)
    default: return nil
    }
  }

  /// What a region that was placed is.
  private static func region(_ texts: Texts) -> PromptView {
    PromptView(
      Line(texts(PromptPhrase.frostRegion), .notice),
      RegionDraft.kinds.map { key, kind in
        Reason(
          id: kind.rawValue, key: key,
          name: texts(
            PromptPhrase.regionAnswer, kind.name(texts), kind.leastFrost.name(texts)))
      })
  }

  /// Why the clip is sensitive.
  private static func flag(_ texts: Texts) -> PromptView {
    PromptView(Line(texts(PromptPhrase.sensitive), .notice), FlagReason.reasons(texts))
  }

  init(_ prompt: Prompt, _ taxonomy: Taxonomy, _ texts: Texts) {
    question =
      switch prompt {
      case .cannotJudge: Line(texts(PromptPhrase.cannotJudge), .notice)
      case .skip: Line(texts(PromptPhrase.skip), .notice)
      case .look: Line(texts(PromptPhrase.look), .notice)
      case .postpone: Line(texts(WorklistPhrase.postpone), .notice)
      }
    reasons = prompt.reasons(taxonomy, texts)
  }

  /// The question and its answers in lines, for those who hear them.
  func spoken(_ texts: Texts) -> [String] {
    [question.text] + reasons.map { texts(PlainPhrase.item, String($0.key), $0.name) }
  }

  func draw(on grid: inout CellGrid, _ layout: Layout) {
    let rect = layout.paletteRect
    switch layout.palette {
    case .side:
      grid.put(question, column: rect.column, row: rect.row, limit: rect.size.columns)
      for (index, line) in answers(nameLength: rect.size.columns - 4).enumerated()
      where index + 1 < rect.size.rows {
        grid.put(line, column: rect.column + 1, row: rect.row + 1 + index)
      }
    case .threeRows: drawWrapped(&grid, rect)
    case .oneRow:
      // The clip's facts give way, so that the answers can be told apart.
      drawWrapped(
        &grid,
        CellRect(
          column: rect.column, row: rect.row, columns: rect.size.columns,
          rows: layout.infoRow - rect.row + 1))
    }
  }

  private func answers(nameLength: Int) -> [Line] {
    reasons.map { reason in
      Line([Span(String(reason.key), .key), Span(" \(reason.name.shortened(nameLength))", .text)])
    }
  }

  // All answers are shown: where they are too long for the room, the longest are cut.
  private func drawWrapped(_ grid: inout CellGrid, _ rect: CellRect) {
    let longest = reasons.map(\.name.cellCount).max() ?? 0
    var rows: [Line] = []
    for length in stride(from: longest, through: 0, by: -1) {
      rows = wrapped([question] + answers(nameLength: length), width: rect.size.columns)
      if rows.count <= rect.size.rows { break }
    }
    for (index, line) in rows.prefix(rect.size.rows).enumerated() {
      grid.put(line, column: rect.column, row: rect.row + index, limit: rect.size.columns)
    }
  }

  private func wrapped(_ parts: [Line], width: Int) -> [Line] {
    var rows: [Line] = []
    for part in parts {
      if let last = rows.last, last.width + 3 + part.width <= width {
        rows[rows.count - 1] = last + Line("   ", .text) + part
      } else {
        rows.append(part)
      }
    }
    return rows
  }
}
