// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Writes sixel pictures of parts of a pane, keeping its buffers.
struct SixelWriter: Sendable {
  /// The pixels of a pane and where it lies.
  struct Sheet {
    let pane: PanePlace
    /// The pane's pixels across.
    let width: Int
    let pixels: SixelPixels
  }

  private var band = SixelBand()
  private var registers: SixelRegisters?

  /// Draws from a palette from now on.
  mutating func use(_ palette: ClipPalette) { registers = SixelRegisters(palette) }

  /// Writes a rectangle of the pane's cells as a picture of its own, opaque or only its changed
  /// pixels.
  mutating func write(
    _ cells: CellRect, of sheet: Sheet, onlyChanged: Bool, into output: inout [UInt8]
  ) {
    guard var registers else { return }
    self.registers = nil
    registers.forget()
    let cell = sheet.pane.cell
    let columns = cells.column * cell.width..<(cells.column + cells.size.columns) * cell.width
    let height = cells.size.rows * cell.height
    let first = cells.row * cell.height
    begin(cells, sheet.pane, &output)
    band.begin(width: columns.count)
    var skipped = 0
    for top in stride(from: 0, to: height, by: 6) {
      let rows = first + top..<first + min(top + 6, height)
      let looked = onlyChanged ? changed(rows, sheet.pixels) : columns
      let place = SixelBand.Place(
        stride: sheet.width, top: rows.lowerBound, rows: rows.count, columns: looked)
      let isAny =
        !looked.isEmpty
        && band.gather(sheet.pixels.indices, sent: onlyChanged ? sheet.pixels.sent : nil, place)
      if isAny {
        for _ in 0..<skipped { output.append(UInt8(ascii: "-")) }
        skipped = 0
        band.write(&registers, from: looked.lowerBound - columns.lowerBound, into: &output)
      }
      skipped += 1
    }
    output.append(0x1B)
    output.append(UInt8(ascii: "\\"))
    self.registers = registers
  }

  /// The columns in which rows changed.
  private func changed(_ rows: Range<Int>, _ pixels: SixelPixels) -> Range<Int> {
    var columns = 0..<0
    for row in rows where !pixels.changed[row].isEmpty {
      let more = pixels.changed[row]
      columns =
        columns.isEmpty
        ? more
        : min(columns.lowerBound, more.lowerBound)..<max(columns.upperBound, more.upperBound)
    }
    return columns
  }

  private func begin(_ cells: CellRect, _ pane: PanePlace, _ output: inout [UInt8]) {
    output.append(contentsOf: [0x1B, UInt8(ascii: "[")])
    Decimal.append(pane.rect.row + cells.row + 1, to: &output)
    output.append(UInt8(ascii: ";"))
    Decimal.append(pane.rect.column + cells.column + 1, to: &output)
    // What a picture leaves open stays as it is (1), and its pixels are square.
    output.append(contentsOf: Array("H\u{1B}P0;1;0q\"1;1;".utf8))
    Decimal.append(cells.size.columns * pane.cell.width, to: &output)
    output.append(UInt8(ascii: ";"))
    Decimal.append(cells.size.rows * pane.cell.height, to: &output)
  }
}
