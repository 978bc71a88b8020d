// SPDX-License-Identifier: Apache-2.0

import Foundation
import PtySupport
import TerminalModels
import TerminalScreen
import TestSupport
import Testing
import Vocabulary

@testable import ReviewCore

/// Every screen, one after the other, as terminals show it.
///
/// Each is drawn over the one before, as in a session, so that what is left of that, or cut, or drawn
/// over, shows as a cell that is not what the screen holds.
@Suite("Every screen, as terminals show it") struct ShownScreenTests {
  enum Place: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case xterm, tmux, console, mono

    var testDescription: String { rawValue }

    var theme: String {
      switch self {
      case .xterm, .tmux: "dark"
      case .console: "console"
      case .mono: "mono"
      }
    }
  }

  /// The sizes a session may be looked at in: the smallest, the usual, and more.
  private static let sizes = [
    CellSize(columns: 60, rows: 20), CellSize(columns: 80, rows: 24),
    CellSize(columns: 120, rows: 36),
  ]

  @Test(arguments: Place.allCases, Language.allCases)
  func isWhatWasDrawn(_ place: Place, _ language: Language) throws {
    for size in Self.sizes {
      let scripts = ScreenScript.all.map { (name: $0.name, grid: $0.draw(language, size)) }
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "milkglass-gallery-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let program = try Self.show(scripts.map(\.grid), place, size, folder.path)
      for (name, grid) in scripts {
        do {
          try program.waitUntil { Self.differences($0, grid, place).isEmpty }
        } catch {
          let cells = Self.differences(program.screen, grid, place).prefix(5)
          Issue.record("\(name) at \(size): \(cells.joined(separator: "; "))\n\(error)")
          return
        }
        Self.expectVisible(program.screen, grid, place, "\(name) at \(size)")
        program.send(" ")
      }
      #expect(try program.waitForExit() == .exited(0))
    }
  }

  // MARK: - The terminal

  private static func show(
    _ grids: [CellGrid], _ place: Place, _ size: CellSize, _ folder: String
  ) throws -> PtyProgram {
    try GridFile.text(grids).write(
      toFile: "\(folder)/screens", atomically: false, encoding: .utf8)
    let probe = [BuiltProgram.path("ScreenProbe"), "gallery", "\(folder)/screens", place.theme]
    var environment = ["TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"]
    guard place == .tmux else {
      if place == .console { environment = ["TERM": "linux", "LANG": "C.UTF-8"] }
      return try PtyProgram(probe, environment: environment, size: size)
    }
    let settings = """
      set -g status off
      set -g default-shell /bin/sh
      set -g default-terminal tmux-256color
      """
    try settings.write(toFile: "\(folder)/conf", atomically: false, encoding: .utf8)
    let line = probe.map { "'\($0)'" }.joined(separator: " ")
    return try PtyProgram(
      ["/usr/bin/tmux", "-S", "\(folder)/socket", "-f", "\(folder)/conf", "new-session", line],
      environment: environment, size: size, holdsToGrammar: false)
  }

  // MARK: - What is shown

  /// What is behind a cell's words.
  private struct Ground: Hashable {
    /// Nil is the terminal's own.
    let colour: RGB?
    let isReverse: Bool
  }

  private static func differences(
    _ screen: TerminalModel, _ grid: CellGrid, _ place: Place
  ) -> [String] {
    var found: [String] = []
    for row in 0..<grid.size.rows {
      for column in 0..<grid.size.columns {
        let cell = grid[column, row]
        let glyph = place == .console ? ConsoleGlyphs.shown(cell.glyph) : cell.glyph
        let wanted = cell.role == .pane ? "." : Character(glyph)
        let shown = screen.cell(column: column, row: row).glyph
        if shown != wanted { found.append("\(column),\(row) is \(shown), not \(wanted)") }
      }
    }
    return found
  }

  /// Words differ from what is behind them, and what is selected from what is not.
  ///
  /// Without colours an error is in reverse as a chosen row is, which its arrow tells apart.
  private static func expectVisible(
    _ screen: TerminalModel, _ grid: CellGrid, _ place: Place, _ name: String
  ) {
    var looks: [Bool: Set<Ground>] = [:]
    for row in 0..<grid.size.rows {
      for column in 0..<grid.size.columns where grid[column, row].role != .pane {
        let shown = screen.cell(column: column, row: row)
        if shown.glyph != " ", let front = shown.foreground, front == shown.background {
          Issue.record("\(name): \(shown.glyph) at \(column),\(row) is the colour behind it")
        }
        if place == .mono, grid[column, row].role == .flagged { continue }
        let back = shown.isReverse ? shown.foreground : shown.background
        looks[grid[column, row].role == .selected, default: []].insert(
          Ground(colour: back, isReverse: shown.isReverse))
      }
    }
    let chosen = looks[true] ?? []
    #expect(chosen.isDisjoint(with: looks[false] ?? []), "\(name)")
  }
}
