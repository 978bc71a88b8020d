// SPDX-License-Identifier: Apache-2.0

import PtySupport
import TerminalScreen
import Testing
import Vocabulary

@testable import ReviewCore

/// Every screen there is, as people see it, in both languages and at four sizes, the smallest first.
///
/// There is one golden file for each language and size, in which each screen stands under its name
/// and the keys that lead to it.
@Suite("Every screen") struct EveryScreenTests {
  private static let sizes = [
    CellSize(columns: 60, rows: 20), CellSize(columns: 80, rows: 24),
    CellSize(columns: 120, rows: 36), CellSize(columns: 200, rows: 60),
  ]

  @Test(arguments: Language.allCases, sizes) func isAsItWas(_ language: Language, _ size: CellSize)
  {
    let text = ScreenScript.all.map { script in
      "═══ \(script.name)\n" + Self.text(script.draw(language, size))
    }
    expectGolden(
      text.joined(), named: "screens-\(size.columns)x\(size.rows)-\(language.rawValue)")
  }

  /// What each cell means, at one size: themes give a meaning its colours.
  @Test func meansWhatItMeant() {
    let size = CellSize(columns: 120, rows: 36)
    let legend = StyleRole.allCases.map { "\(Self.letter($0, .plain)) \($0.name)" }
    let text = ScreenScript.all.map { script in
      "═══ \(script.name)\n" + Self.styles(script.draw(.english, size))
    }
    expectGolden(
      legend.joined(separator: ", ") + "; capitals bold, - dim\n" + text.joined(),
      named: "styles-120x36")
  }

  @Test(arguments: ScreenScript.all) func hasOneFocus(_ script: ScreenScript) {
    for language in Language.allCases {
      for size in Self.sizes {
        let grid = script.draw(language, size)
        let rows = Set(
          (0..<size.rows).filter { row in
            (0..<size.columns).contains {
              grid[$0, row].role == .selected && grid[$0, row].glyph == "›"
            }
          })
        #expect(rows.count <= 1, "\(script.name) \(language) \(size): \(rows)")
        #expect(!script.isList || rows.count == 1, "\(script.name) \(language) \(size)")
        // A cursor of words stands where a menu or a prompt has the keys.
        if script.name.hasPrefix("view menu") {
          let arrows = grid.cells.filter { $0.glyph == "›" && $0.role == .key }
          #expect(arrows.count == 1 || Self.text(grid).contains("←"))
        }
      }
    }
  }

  /// A script that leads nowhere shows the screen of another.
  @Test func screensDiffer() {
    #expect(Set(ScreenScript.all.map(\.name)).count == ScreenScript.all.count)
    let drawn = ScreenScript.all.map {
      (name: $0.name, grid: $0.draw(.english, CellSize(columns: 120, rows: 36)))
    }
    for (grid, same) in Dictionary(grouping: drawn, by: \.grid) where !grid.cells.isEmpty {
      #expect(same.count == 1, "\(same.map(\.name))")
    }
  }

  /// What the fonts of Debian's console have in common (Lat15 and Uni2, of Fixed, VGA and Terminus)
  /// beside ASCII, as far as it is used.
  private static let consoleFont = Set(
    "äöüÄÖÜß·°×§«»–—‘’‚“”„…›‹←↑→↓─━═│┃║├┤┐┌└┘▶●■▮█░▒".unicodeScalars)

  @Test func theConsoleHasEveryCharacter() {
    var shown: Set<Unicode.Scalar> = []
    for script in ScreenScript.all {
      for language in Language.allCases {
        shown.formUnion(script.draw(language, CellSize(columns: 120, rows: 36)).cells.map(\.glyph))
      }
    }
    #expect(shown.contains("○") && shown.contains("▆"), "the screens are those of other terminals")
    let missing = shown.map(ConsoleGlyphs.shown).filter { glyph in
      !glyph.isASCII && !Self.consoleFont.contains(glyph)
    }
    #expect(missing.isEmpty, "\(missing)")
    // What is no cell for certain is never sent, and ends the session.
    let unsafe = (0x20...0x2FFF).compactMap(Unicode.Scalar.init).filter { glyph in
      DisplayText.isOneCell(glyph.value)
        && !DisplayText.isOneCell(ConsoleGlyphs.shown(glyph).value)
    }
    #expect(unsafe.isEmpty, "\(unsafe)")
    #expect(Set("○●·°".unicodeScalars.map(ConsoleGlyphs.shown)).count == 3)
  }

  // MARK: - As text

  /// Rows without blanks at their ends, the picture as dots, or as how many cells it takes; rows that
  /// say nothing new are counted.
  private static func text(_ grid: CellGrid) -> String {
    folded(grid) { cell in cell.role == .pane ? "." : Character(cell.glyph) }
  }

  private static func styles(_ grid: CellGrid) -> String {
    folded(grid) { cell in
      cell.glyph == " " && cell.role != .pane && cell.role != .selected
        ? " " : letter(cell.role, cell.emphasis)
    }
  }

  private static func folded(_ grid: CellGrid, _ letter: (Cell) -> Character) -> String {
    var rows: [(text: String, count: Int)] = []
    for row in 0..<grid.size.rows {
      var text = String((0..<grid.size.columns).map { letter(grid[$0, row]) })
      while text.last == " " { text.removeLast() }
      text = text.replacing(#/\.{12,}/#) { "‹\($0.output.count)›" }
      if let last = rows.last, last.text == text {
        rows[rows.count - 1].count += 1
      } else {
        rows.append((text, 1))
      }
    }
    return rows.map { $0.count > 1 ? "\($0.text)⟩ ×\($0.count)\n" : "\($0.text)\n" }.joined()
  }

  private static func letter(_ role: StyleRole, _ emphasis: Cell.Emphasis) -> Character {
    let letter: Character =
      switch role {
      case .text: "t"
      case .quiet: "q"
      case .heading: "h"
      case .key: "k"
      case .prediction: "p"
      case .set: "s"
      case .flagged: "f"
      case .frost: "b"
      case .notice: "n"
      case .motion: "m"
      case .playhead: "y"
      case .segment: "g"
      case .selected: "x"
      case .progress: "r"
      case .pane: "."
      }
    switch emphasis {
    case .plain: return letter
    case .bold: return Character(letter.uppercased())
    case .dim: return "-"
    }
  }
}
