// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Vocabulary

/// The picture in the pane as a person sees it: two samples a cell, one above the other.
struct Picture: Equatable {
  /// Row by row; nil where a cell shows no picture.
  let samples: [[RGB?]]

  init(_ screen: TerminalModel, _ pane: CellRect) {
    samples = (0..<pane.size.rows).flatMap { row in
      let cells = (0..<pane.size.columns).map { column in
        screen.cell(column: pane.column + column, row: pane.row + row)
      }
      return [cells.map(Self.upper), cells.map(Self.lower)]
    }
  }

  private static func upper(_ cell: TerminalModel.ShownCell) -> RGB? {
    switch cell.glyph {
    case "▀": cell.foreground
    case " ", "▄": cell.background
    default: nil
    }
  }

  private static func lower(_ cell: TerminalModel.ShownCell) -> RGB? {
    switch cell.glyph {
    case "▄": cell.foreground
    case " ", "▀": cell.background
    default: nil
    }
  }

  /// Whether every cell of the pane is painted.
  var isWhole: Bool { samples.allSatisfy { $0.allSatisfy { $0 != nil } } }

  /// The colours.
  var colours: Set<RGB> { Set(samples.joined().compactMap(\.self)) }

  /// Whether it shows a hue anywhere, as every clear test card does.
  var hasHue: Bool {
    colours.contains(where: Self.isHued)
  }

  static func isHued(_ colour: RGB) -> Bool { spread(colour) > 24 }

  /// How many columns differ from their left neighbour: a grid of n columns has n - 1 at most,
  /// and two more where the picture does not fill the pane.
  var columnEdges: Int {
    (1..<(samples.first?.count ?? 1)).count { column in
      samples.contains { $0[column] != $0[column - 1] }
    }
  }

  /// How many rows differ from the one above.
  var rowEdges: Int { (1..<samples.count).count { samples[$0] != samples[$0 - 1] } }

  private static func spread(_ colour: RGB) -> Int {
    let parts = [Int(colour.red), Int(colour.green), Int(colour.blue)]
    return (parts.max() ?? 0) - (parts.min() ?? 0)
  }

  // MARK: - As text

  /// A letter a cell, for its upper sample: 0…9 is grey from black to white, a letter a hue in
  /// rough, a point no picture.
  var map: String {
    stride(from: 0, to: samples.count, by: 2).map { row in
      String(samples[row].map(Self.letter)) + "\n"
    }.joined()
  }

  private static func letter(_ colour: RGB?) -> Character {
    guard let colour else { return "." }
    let parts = [Int(colour.red), Int(colour.green), Int(colour.blue)]
    guard spread(colour) > 24 else {
      let mean = parts.reduce(0, +) / 3
      return Character(String((mean * 9 + 127) / 255))
    }
    let middle = ((parts.max() ?? 0) + (parts.min() ?? 0)) / 2
    let high = parts.enumerated().filter { $0.element > middle }.map(\.offset)
    switch high {
    case [0]: return "r"
    case [1]: return "g"
    case [2]: return "b"
    case [0, 1]: return "y"
    case [1, 2]: return "c"
    default: return "m"
    }
  }
}
