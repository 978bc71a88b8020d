// SPDX-License-Identifier: Apache-2.0
import CVTerm
package import Vocabulary

/// What a terminal shows after some bytes, by libvterm; a synchronized update (mode 2026) shows when
/// it is whole.
///
/// Unsafe uses: libvterm's own objects, made in `init` and freed in `deinit`; buffers that live
/// across one call.
@safe package final class TerminalModel {
  /// One cell as shown.
  package struct ShownCell: Hashable, Sendable {
    /// A space where nothing was written.
    package let glyph: Character
    /// The text's colour; nil is the terminal's own.
    package let foreground: RGB?
    /// The colour behind it; nil is the terminal's own.
    package let background: RGB?
    /// SGR 1.
    package let isBold: Bool
    /// SGR 7.
    package let isReverse: Bool
  }

  /// Its size in cells.
  package private(set) var size: CellSize
  private let terminal: OpaquePointer
  private let screen: OpaquePointer
  private var update = SynchronizedUpdate()
  private var graphics = GraphicsCut()

  /// Starts an empty terminal; nil where there is no memory.
  package init?(size: CellSize) {
    self.size = size
    guard let terminal = unsafe vterm_new(Int32(size.rows), Int32(size.columns)) else { return nil }
    unsafe self.terminal = unsafe terminal
    unsafe vterm_set_utf8(terminal, 1)
    unsafe screen = unsafe vterm_obtain_screen(terminal)
    unsafe vterm_screen_enable_altscreen(screen, 1)
    unsafe vterm_screen_reset(screen, 1)
  }

  deinit { unsafe vterm_free(terminal) }

  /// Takes what a program wrote.
  package func write(_ bytes: [UInt8]) { show(update.pass(graphics.pass(bytes))) }

  /// Shows what is held back, since the program has ended.
  package func settle() { show(update.end()) }

  private func show(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      let text = unsafe base.assumingMemoryBound(to: CChar.self)
      _ = unsafe vterm_input_write(terminal, text, buffer.count)
    }
  }

  /// Changes the size, as a window does.
  package func resize(_ new: CellSize) {
    size = new
    unsafe vterm_set_size(terminal, Int32(new.rows), Int32(new.columns))
  }

  /// The cell at a place; blank outside the screen.
  package func cell(column: Int, row: Int) -> ShownCell {
    let flat = unsafe vterm_flat_cell(screen, Int32(row), Int32(column))
    let scalar = Unicode.Scalar(flat.scalar == 0 ? 0x20 : flat.scalar) ?? "\u{FFFD}"
    let front = RGB(flat.foreground.0, flat.foreground.1, flat.foreground.2)
    let back = RGB(flat.background.0, flat.background.1, flat.background.2)
    return ShownCell(
      glyph: Character(scalar), foreground: flat.hasForeground ? front : nil,
      background: flat.hasBackground ? back : nil, isBold: flat.isBold, isReverse: flat.isReverse)
  }

  /// One row's text, without trailing blanks.
  package func rowText(_ row: Int) -> String {
    var text = ""
    var blanks = 0
    for column in 0..<size.columns {
      let glyph = cell(column: column, row: row).glyph
      if glyph == " " {
        blanks += 1
      } else {
        text += String(repeating: " ", count: blanks)
        text.append(glyph)
        blanks = 0
      }
    }
    return text
  }

  /// The whole screen's text, a line a row, without trailing blanks.
  package var text: String {
    (0..<size.rows).map { rowText($0) + "\n" }.joined()
  }
}
