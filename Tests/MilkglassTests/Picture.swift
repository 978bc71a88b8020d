// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Vocabulary

/// The picture in the pane as a person sees it: two samples a cell, one above the other; and the
/// reviewer's mark over it, whose cells are not the picture's.
struct Picture: Equatable {
  /// Row by row; nil where a cell shows no picture.
  let samples: [[RGB?]]
  /// The mark's cells, by column and row.
  let marks: [Place: Mark]

  /// Whether they show the same picture; a minute that passed meanwhile does not count.
  static func == (one: Picture, other: Picture) -> Bool { one.samples == other.samples }

  /// A cell of the pane.
  struct Place: Hashable {
    let column: Int
    let row: Int
  }

  /// A letter of the mark and what it stands on.
  struct Mark: Hashable {
    let letter: Character
    let ground: RGB
    let ink: RGB
  }

  init(_ screen: TerminalModel, _ pane: CellRect) {
    samples = (0..<pane.size.rows).flatMap { row in
      let cells = (0..<pane.size.columns).map { column in
        screen.cell(column: pane.column + column, row: pane.row + row)
      }
      return [cells.map(Self.upper), cells.map(Self.lower)]
    }
    var marks: [Place: Mark] = [:]
    for index in 0..<pane.size.columns * pane.size.rows {
      let place = Place(column: index % pane.size.columns, row: index / pane.size.columns)
      let cell = screen.cell(column: pane.column + place.column, row: pane.row + place.row)
      guard Self.letters.contains(cell.glyph), let ground = cell.background,
        let ink = cell.foreground
      else { continue }
      marks[place] = Mark(letter: cell.glyph, ground: ground, ink: ink)
    }
    self.marks = marks
  }

  private static let letters = Set("0123456789abcdefghijklmnopqrstuvwxyz-.:")

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

  /// Whether every cell of the pane is painted, with the picture or with the mark.
  var isWhole: Bool {
    samples.indices.allSatisfy { row in
      samples[row].indices.allSatisfy { column in
        samples[row][column] != nil || marks[Place(column: column, row: row / 2)] != nil
      }
    }
  }

  /// Whether no cell of the pane is painted at all.
  var isBlank: Bool { marks.isEmpty && colours.isEmpty }

  /// The colours.
  var colours: Set<RGB> { Set(samples.joined().compactMap(\.self)) }

  /// Whether it shows a hue anywhere, as every clear test card does.
  var hasHue: Bool {
    colours.contains(where: Self.isHued)
  }

  static func isHued(_ colour: RGB) -> Bool { spread(colour) > 24 }

  /// How many columns differ from their left neighbour, cells of the mark aside.
  ///
  /// A grid of n columns has n - 1 at most, and two more where the picture does not fill the pane.
  var columnEdges: Int {
    (1..<(samples.first?.count ?? 1)).count { column in
      samples.contains { Self.differ($0[column], $0[column - 1]) }
    }
  }

  /// How many rows differ from the one above.
  var rowEdges: Int {
    (1..<samples.count).count { row in
      zip(samples[row], samples[row - 1]).contains { Self.differ($0, $1) }
    }
  }

  private static func differ(_ one: RGB?, _ other: RGB?) -> Bool {
    guard let one, let other else { return false }
    return one != other
  }

  /// Whether the mark shows no more of a frosted picture than the picture does: each letter's ground is
  /// a grey of the picture, or the mean of two, its ink that and a step.
  func marksTellNothing(greysAtMost most: Int) -> Bool {
    let greys = colours.filter { Self.spread($0) == 0 }.map { Int($0.red) }
    return colours.count <= most
      && marks.values.allSatisfy { mark in
        let ground = Int(mark.ground.red)
        return Self.spread(mark.ground) == 0 && Self.spread(mark.ink) == 0
          && (1...40).contains(abs(Int(mark.ink.red) - ground))
          && greys.contains { one in
            greys.contains { abs(one + $0 - 2 * ground) <= 1 }
          }
      }
  }

  /// Whether the seat, the reviewer and a minute stand on it.
  var isMarked: Bool {
    let text = markText
    return text.contains("seat-3") && text.contains("r07") && text.contains(#/\d\d-\d\d/#)
      && text.contains(#/\d\d:\d\d/#)
  }

  /// The letters of the mark as lines, for those who look for words in them.
  var markText: String {
    (0..<samples.count / 2).map { row in
      String(
        (samples.first ?? []).indices.map { marks[Place(column: $0, row: row)]?.letter ?? " " })
    }.joined(separator: "\n")
  }

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

extension Picture {
  /// Whether it could be a grid of the test camera's size, or less: no hue, no more cells, and a mark
  /// that shows nothing else.
  var isFrosted: Bool {
    isWhole && !hasHue && marksTellNothing(greysAtMost: 9)
      && columnEdges <= TestVault.porchGrid.columns + 1
      && rowEdges <= TestVault.porchGrid.rows + 1
  }
}
