// SPDX-License-Identifier: Apache-2.0
import CPicturePeers
import TerminalModels
import Vocabulary

/// Others' encoders, as libraries in this process: the same pictures, the same clock.
///
/// Unsafe uses: C calls with arrays that live across one call; what they return is copied at once.
struct Encoders {
  let footage: Footage
  let scaled: [Int: [UInt8]]

  static var hasSixel: Bool { peers_has_libsixel() }
  static var hasChafa: Bool { peers_has_chafa() }

  /// chafa's symbols, by the bits of its own list.
  enum Symbols: UInt32 {
    /// The space, the full block and halves one above the other.
    case halves = 0x103
    case quadrants = 0x383
    case sextants = 0x40_0203
    case braille = 0x801
    /// Blocks of all kinds: its default without lines, which have no geometry here.
    case blocks = 0xB
  }

  private typealias Encode = (UnsafePointer<UInt8>, inout Int) -> UnsafePointer<UInt8>?

  private func measure(
    _ name: String, _ encode: Encode, look: ([UInt8], Int) -> Likeness?
  ) -> Measured {
    var takes = Takes()
    for (number, rgb) in footage.frames.enumerated() {
      let start = Program.cpuSeconds
      var length = 0
      let bytes = unsafe rgb.withUnsafeBufferPointer { pixels -> [UInt8] in
        guard let base = pixels.baseAddress, let made = unsafe encode(base, &length) else {
          return []
        }
        return unsafe Array(UnsafeBufferPointer(start: made, count: length))
      }
      let time = (Program.cpuSeconds - start) * 1000
      let likeness = takes.isCompared ? look(bytes, number) : nil
      takes.add(milliseconds: time, bytes: bytes.count, likeness)
    }
    return takes.measured(name)
  }

  /// libsixel without diffusion, its best case.
  func sixel(_ name: String, _ palette: peers_palette) -> Measured {
    let size = Footage.size
    return unsafe measure(
      name,
      { rgb, length in
        unsafe peers_sixel(rgb, Int32(size.width), Int32(size.height), palette, &length)
      }, look: decoded)
  }

  /// chafa's sixels at some work of 0 to 1.
  func chafaSixel(_ name: String, work: Float) -> Measured {
    let (cells, cell) = (Drivers.pixelCells, Drivers.pixelCell)
    return unsafe measure(
      name,
      { rgb, length in
        unsafe peers_chafa(
          rgb, Int32(Footage.size.width), Int32(Footage.size.height), Int32(cells.columns),
          Int32(cells.rows), Int32(cell.width), Int32(cell.height), 0, work, &length)
      }, look: decoded)
  }

  /// chafa's characters at some work of 0 to 1.
  func chafaCells(_ name: String, _ symbols: Symbols, work: Float) -> Measured {
    let (cells, cell) = (CellRaster.cells, CellRaster.cell)
    return unsafe measure(
      name,
      { rgb, length in
        unsafe peers_chafa(
          rgb, Int32(Footage.size.width), Int32(Footage.size.height), Int32(cells.columns),
          Int32(cells.rows), Int32(cell.width), Int32(cell.height), symbols.rawValue, work,
          &length)
      },
      look: { bytes, number in
        guard let screen = TerminalModel(size: cells), let meant = scaled[number] else {
          return nil
        }
        screen.write(Self.lines(bytes))
        return CellRaster.pixels(screen).map { Likeness($0, meant, CellRaster.size) }
      })
  }

  /// Text with its line feeds as a terminal gets them; the last would scroll.
  private static func lines(_ bytes: [UInt8]) -> [UInt8] {
    var text = bytes
    while text.last == 0x0A { text.removeLast() }
    return text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
  }

  private func decoded(_ bytes: [UInt8], _ number: Int) -> Likeness? {
    // What is before the picture is chafa's moves of the cursor.
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: [0x1B, 0x50]) })
    else { return nil }
    let picture = Array(bytes[start...])
    let size = Footage.size
    var rgb = [UInt8](repeating: 0, count: size.area * 3)
    let isDone = unsafe picture.withUnsafeBufferPointer { source in
      unsafe rgb.withUnsafeMutableBufferPointer { target in
        unsafe peers_decode(
          source.baseAddress, source.count, target.baseAddress, Int32(size.width),
          Int32(size.height))
      }
    }
    return isDone ? Likeness(rgb, footage.frames[number], size) : nil
  }
}
