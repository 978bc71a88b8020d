// SPDX-License-Identifier: Apache-2.0

/// Writes the only bytes a picture is made of, the fewest that do it.
///
/// The escape sequences are: CUP (`CSI row ; column H`), CUF (`CSI n C`) and SGR with semicolons
/// (`38;2;r;g;b`, `48;2;r;g;b`, `38;5;n`, `48;5;n`; several terminals misread colons).
struct SequenceWriter {
  /// A colour as SGR names it.
  enum Paint: Equatable {
    /// `0xRRGGBB`.
    case direct(UInt32)
    /// One of 256.
    case indexed(UInt8)
  }

  // Where the cursor stands; -1 before the first move, when it may be anywhere.
  private var row = -1
  private var column = -1
  private(set) var foreground: Paint?
  private(set) var background: Paint?

  /// The bytes that CUF needs to step over `count` cells.
  static func stepCost(_ count: Int) -> Int {
    count == 1 ? 3 : count < 10 ? 4 : count < 100 ? 5 : 6
  }

  /// Puts the cursor on a cell of the screen, both from 0.
  mutating func move(row: Int, column: Int, into output: inout [UInt8]) {
    defer { (self.row, self.column) = (row, column) }
    if row == self.row, column == self.column { return }
    output.append(0x1B)
    output.append(UInt8(ascii: "["))
    if row == self.row, column > self.column {
      if column - self.column > 1 { Self.number(column - self.column, &output) }
      output.append(UInt8(ascii: "C"))
    } else {
      Self.number(row + 1, &output)
      if column > 0 {
        output.append(UInt8(ascii: ";"))
        Self.number(column + 1, &output)
      }
      output.append(UInt8(ascii: "H"))
    }
  }

  /// Sets the colours that are given and not yet so; nil leaves one as it is.
  mutating func paint(
    foreground new: Paint?, background newBackground: Paint?, into output: inout [UInt8]
  ) {
    let front = new == foreground ? nil : new
    let back = newBackground == background ? nil : newBackground
    guard front != nil || back != nil else { return }
    output.append(0x1B)
    output.append(UInt8(ascii: "["))
    if let front {
      Self.colour(front, plane: UInt8(ascii: "3"), &output)
      foreground = front
    }
    if front != nil, back != nil { output.append(UInt8(ascii: ";")) }
    if let back {
      Self.colour(back, plane: UInt8(ascii: "4"), &output)
      background = back
    }
    output.append(UInt8(ascii: "m"))
  }

  /// Writes one cell's glyph at the cursor.
  mutating func glyph(_ utf8: StaticGlyph, into output: inout [UInt8]) {
    switch utf8 {
    case .space: output.append(0x20)
    case .lowerHalf:
      output.append(0xE2)
      output.append(0x96)
      output.append(0x84)
    case .ascii(let byte): output.append(byte)
    }
    column += 1
  }

  /// The glyphs a picture uses, each one cell wide.
  enum StaticGlyph {
    case space, lowerHalf
    case ascii(UInt8)
  }

  private static func colour(_ paint: Paint, plane: UInt8, _ output: inout [UInt8]) {
    output.append(plane)
    output.append(UInt8(ascii: "8"))
    output.append(UInt8(ascii: ";"))
    switch paint {
    case .direct(let rgb):
      output.append(UInt8(ascii: "2"))
      for shift in [16 as UInt32, 8, 0] {
        output.append(UInt8(ascii: ";"))
        number(Int(rgb >> shift & 0xFF), &output)
      }
    case .indexed(let index):
      output.append(UInt8(ascii: "5"))
      output.append(UInt8(ascii: ";"))
      number(Int(index), &output)
    }
  }

  private static func number(_ value: Int, _ output: inout [UInt8]) {
    if value >= 1000 { output.append(UInt8(ascii: "0") + UInt8(value / 1000 % 10)) }
    if value >= 100 { output.append(UInt8(ascii: "0") + UInt8(value / 100 % 10)) }
    if value >= 10 { output.append(UInt8(ascii: "0") + UInt8(value / 10 % 10)) }
    output.append(UInt8(ascii: "0") + UInt8(value % 10))
  }
}
