// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Screens of cells as text, for a program that shows what a test drew.
///
/// A screen is a row `columns rows`, then for each row of it three rows of text: glyphs, roles and
/// emphases, a character a cell.
package enum GridFile {
  /// The screens as text.
  package static func text(_ grids: [CellGrid]) -> String {
    var text = ""
    for grid in grids {
      text += "\(grid.size.columns) \(grid.size.rows)\n"
      for row in 0..<grid.size.rows {
        let cells = (0..<grid.size.columns).map { grid[$0, row] }
        text.unicodeScalars.append(contentsOf: cells.map(\.glyph) + ["\n"])
        text += cells.map { letters[$0.role.rawValue] } + "\n"
        text += cells.map { letters[emphases.firstIndex(of: $0.emphasis) ?? 0] } + "\n"
      }
    }
    return text
  }

  /// The screens that such a text holds; nil where it is not one.
  package static func grids(_ text: String) -> [CellGrid]? {
    var rest = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var grids: [CellGrid] = []
    while let first = rest.popFirst(), !first.isEmpty {
      let numbers = String(first).split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 2, rest.count >= 3 * numbers[1] else { return nil }
      var grid = CellGrid(size: CellSize(columns: numbers[0], rows: numbers[1]))
      for row in 0..<numbers[1] {
        let lines = rest.prefix(3).map(Array.init)
        rest = rest.dropFirst(3)
        guard lines.allSatisfy({ $0.count == numbers[0] }) else { return nil }
        for column in 0..<numbers[0] {
          guard let role = index(lines[1][column]).flatMap(StyleRole.init),
            let emphasis = index(lines[2][column]), emphases.indices.contains(emphasis)
          else { return nil }
          grid[column, row] = Cell(lines[0][column], role, emphases[emphasis])
        }
      }
      grids.append(grid)
    }
    return grids
  }

  private static let emphases: [Cell.Emphasis] = [.plain, .bold, .dim]
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  private static func index(_ letter: Unicode.Scalar) -> Int? {
    letters.firstIndex(of: Character(letter))
  }
}
