// SPDX-License-Identifier: Apache-2.0

/// Writes the bytes a picture of characters is made of, the fewest that do it.
///
/// Moves are CUP, CUF, CUB, backspaces and line feeds, whichever are shortest; colours are SGR with
/// semicolons (`38;2;r;g;b`, `38;5;n`, `30`…; several terminals misread colons).
struct SequenceWriter {
  /// A colour as SGR names it.
  enum Paint: Equatable {
    /// `0xRRGGBB`.
    case direct(UInt32)
    /// One of 256.
    case indexed(UInt8)
    /// One of the 16 that have names, 8 and above the bright ones.
    case named(UInt8)
  }

  // Where the cursor stands; -1 before the first move and after the pane's last column, where it
  // may be anywhere: terminals differ in what they do at the screen's edge.
  private var row = -1
  private var column = -1
  private let edge: Int
  private(set) var foreground: Paint?
  private(set) var background: Paint?
  private var isBold = false

  /// Starts with nothing known.
  ///
  /// - Parameter edge: The column right of the pane's last one.
  init(edge: Int) { self.edge = edge }

  /// The bytes that CUF needs to step over `count` cells.
  static func stepCost(_ count: Int) -> Int { count == 1 ? 3 : 3 + digits(count) }

  /// Puts the cursor on a cell of the screen, both from 0.
  mutating func move(row: Int, column: Int, into output: inout [UInt8]) {
    defer { (self.row, self.column) = (row, column) }
    if row == self.row, column == self.column { return }
    let down = row - self.row
    let far = 3 + Self.digits(row + 1) + (column > 0 ? 1 + Self.digits(column + 1) : 0)
    let isNear = self.row >= 0 && down >= 0 && down + sideCost(column) < far
    guard isNear else { return position(row, column, &output) }
    for _ in 0..<down { output.append(0x0A) }
    moveAside(column, &output)
  }

  private func sideCost(_ column: Int) -> Int {
    let step = column - self.column
    if step == 0 { return 0 }
    return step > 0 ? Self.stepCost(step) : min(-step, Self.stepCost(-step))
  }

  private func moveAside(_ column: Int, _ output: inout [UInt8]) {
    let step = column - self.column
    if step == 0 { return }
    if step < 0, -step <= Self.stepCost(-step) {
      for _ in 0..<(-step) { output.append(0x08) }
      return
    }
    Self.introduce(&output)
    if abs(step) > 1 { Decimal.append(abs(step), to: &output) }
    output.append(UInt8(ascii: step > 0 ? "C" : "D"))
  }

  private func position(_ row: Int, _ column: Int, _ output: inout [UInt8]) {
    Self.introduce(&output)
    Decimal.append(row + 1, to: &output)
    if column > 0 {
      output.append(UInt8(ascii: ";"))
      Decimal.append(column + 1, to: &output)
    }
    output.append(UInt8(ascii: "H"))
  }

  /// Sets the colours that are given and not yet so; nil leaves one as it is.
  mutating func paint(
    foreground new: Paint?, background newBackground: Paint?, into output: inout [UInt8]
  ) {
    let front = new == foreground ? nil : new
    let back = newBackground == background ? nil : newBackground
    guard front != nil || back != nil else { return }
    Self.introduce(&output)
    if let front {
      Self.colour(front, isBackground: false, &output)
      foreground = front
    }
    if front != nil, back != nil { output.append(UInt8(ascii: ";")) }
    if let back {
      Self.colour(back, isBackground: true, &output)
      background = back
    }
    output.append(UInt8(ascii: "m"))
  }

  /// Writes bold from here on, or no longer; what comes first is not.
  mutating func embolden(_ new: Bool, into output: inout [UInt8]) {
    guard new != isBold else { return }
    isBold = new
    output.append(contentsOf: new ? Self.bold : Self.notBold)
  }

  private static let bold = Array("\u{1B}[1m".utf8)
  private static let notBold = Array("\u{1B}[22m".utf8)

  /// How many bytes `paint` would need, about.
  func cost(foreground new: Paint?, background newBackground: Paint?) -> Int {
    let front = new == nil || new == foreground ? 0 : 16
    let back = newBackground == nil || newBackground == background ? 0 : 16
    return front + back + (front + back > 0 ? 3 : 0)
  }

  /// Writes one cell's glyph at the cursor.
  mutating func glyph(_ glyph: Glyph, into output: inout [UInt8]) {
    var bytes = glyph.utf8
    repeat {
      output.append(UInt8(truncatingIfNeeded: bytes))
      bytes >>= 8
    } while bytes != 0
    column += 1
    if column >= edge { row = -1 }
  }

  private static func introduce(_ output: inout [UInt8]) {
    output.append(0x1B)
    output.append(UInt8(ascii: "["))
  }

  private static func colour(_ paint: Paint, isBackground: Bool, _ output: inout [UInt8]) {
    if case .named(let index) = paint {
      let base = index < 8 ? 30 : 82
      return Decimal.append(base + Int(index & 15) + (isBackground ? 10 : 0), to: &output)
    }
    output.append(UInt8(ascii: isBackground ? "4" : "3"))
    output.append(UInt8(ascii: "8"))
    output.append(UInt8(ascii: ";"))
    switch paint {
    case .direct(let rgb):
      output.append(UInt8(ascii: "2"))
      for shift in [16 as UInt32, 8, 0] {
        output.append(UInt8(ascii: ";"))
        Decimal.append(Int(rgb >> shift & 0xFF), to: &output)
      }
    case .indexed(let index), .named(let index):
      output.append(UInt8(ascii: "5"))
      output.append(UInt8(ascii: ";"))
      Decimal.append(Int(index), to: &output)
    }
  }

  private static func digits(_ value: Int) -> Int {
    value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4
  }
}
