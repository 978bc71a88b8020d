// SPDX-License-Identifier: Apache-2.0
import TerminalModels
import Vocabulary

/// A screen of cells as pixels: blocks, dots and shades by their geometry, 8 × 24 pixels a cell, in
/// which halves, thirds, quarters and eighths are whole.
enum CellRaster {
  static let cells = CellSize(columns: 120, rows: 36)
  /// A cell that makes the whole screen as wide to its height as the pictures are.
  static let cell = PixelSize(width: 8, height: 15)
  static let size = PixelSize(width: cells.columns * 8, height: cells.rows * 24)

  /// The pixels that are on; nil for a character that has no such geometry.
  private static func shape(_ code: UInt32) -> ((Int, Int) -> Float)? {
    switch code {
    case 0x20, 0xA0, 0x2800: return { _, _ in 0 }
    case 0x2580: return { _, y in y < 12 ? 1 : 0 }
    case 0x2581...0x2588:
      let eighths = Int(code - 0x2580)
      return { _, y in y >= 24 - 3 * eighths ? 1 : 0 }
    case 0x2589...0x258F:
      let eighths = Int(0x2590 - code)
      return { x, _ in x < eighths ? 1 : 0 }
    case 0x2590: return { x, _ in x >= 4 ? 1 : 0 }
    case 0x2591...0x2593:
      let share = Float(code - 0x2590) / 4
      return { _, _ in share }
    case 0x2594: return { _, y in y < 3 ? 1 : 0 }
    case 0x2595: return { x, _ in x == 7 ? 1 : 0 }
    case 0x2801...0x28FF: return dots(code - 0x2800)
    default: return parts(code)
    }
  }

  /// A braille dot is a quarter of its part.
  private static func dots(_ bits: UInt32) -> (Int, Int) -> Float {
    let order: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    return { x, y in
      let isOn = bits & order[y / 6 * 2 + x / 4] != 0
      return isOn && (1...2).contains(x % 4) && (1...3).contains(y % 6) ? 1 : 0
    }
  }

  private static func parts(_ code: UInt32) -> ((Int, Int) -> Float)? {
    if let pattern = patterns[code] {
      return { x, y in pattern.bits >> (y * pattern.rows / 24 * 2 + x / 4) & 1 == 1 ? 1 : 0 }
    }
    return nil
  }

  /// Quadrants, sextants and octants by their bits, two a row from the top, the left one first.
  private static let patterns: [UInt32: (bits: Int, rows: Int)] = {
    var all: [UInt32: (bits: Int, rows: Int)] = [:]
    let quadrants: [UInt32] = [
      0x20, 0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B,
      0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599, 0x259F, 0x2588,
    ]
    for (bits, code) in quadrants.enumerated() { all[code] = (bits, 2) }
    for bits in 1..<63 where bits != 21 && bits != 42 {
      all[UInt32(0x1FB00 + bits - 1 - (bits > 21 ? 1 : 0) - (bits > 42 ? 1 : 0))] = (bits, 3)
    }
    var elsewhere: [Int: UInt32] = [
      0x01: 0x1CEA8, 0x02: 0x1CEAB, 0x40: 0x1CEA3, 0x80: 0x1CEA0, 0x14: 0x1FBE6, 0x28: 0x1FBE7,
      0x03: 0x1FB82, 0xC0: 0x2582, 0x3F: 0x1FB85, 0xFC: 0x2586,
    ]
    for (pattern, code) in quadrants.enumerated() {
      let (upper, lower) = (pattern & 3, pattern >> 2)
      elsewhere[upper | upper << 2 | lower << 4 | lower << 6] = code
    }
    var next: UInt32 = 0x1CD00
    for bits in 0..<256 {
      if let code = elsewhere[bits] {
        if all[code] == nil { all[code] = (bits, 4) }
        continue
      }
      all[next] = (bits, 4)
      next += 1
    }
    return all
  }()

  /// The screen as RGB triples of `size`; nil where a character has no geometry.
  static func pixels(_ screen: TerminalModel) -> [UInt8]? {
    var rgb = [UInt8](repeating: 0, count: size.area * 3)
    for row in 0..<cells.rows {
      for column in 0..<cells.columns {
        let cell = screen.cell(column: column, row: row)
        guard let code = cell.glyph.unicodeScalars.first, let shape = shape(code.value) else {
          return nil
        }
        var front = cell.foreground ?? RGB(229, 229, 229)
        var back = cell.background ?? RGB(0, 0, 0)
        if cell.isReverse { swap(&front, &back) }
        for place in 0..<8 * 24 {
          let (x, y) = (place % 8, place / 8)
          let share = shape(x, y)
          let at = 3 * ((row * 24 + y) * size.width + column * 8 + x)
          rgb[at] = mixed(front.red, back.red, share)
          rgb[at + 1] = mixed(front.green, back.green, share)
          rgb[at + 2] = mixed(front.blue, back.blue, share)
        }
      }
    }
    return rgb
  }

  private static func mixed(_ front: UInt8, _ back: UInt8, _ share: Float) -> UInt8 {
    UInt8((Float(front) * share + Float(back) * (1 - share)).rounded())
  }

  /// A picture scaled to `size` by area.
  static func scaled(_ rgb: [UInt8], _ source: PixelSize) -> [UInt8] {
    let across = weights(source.width, size.width)
    let down = weights(source.height, size.height)
    var scaled = [UInt8](repeating: 0, count: size.area * 3)
    for row in 0..<size.height {
      for column in 0..<size.width {
        var sum = SIMD3<Float>.zero
        for (y, high) in down[row] {
          for (x, wide) in across[column] {
            let at = 3 * (y * source.width + x)
            sum += SIMD3(Float(rgb[at]), Float(rgb[at + 1]), Float(rgb[at + 2])) * (high * wide)
          }
        }
        let at = 3 * (row * size.width + column)
        for channel in 0..<3 { scaled[at + channel] = UInt8(sum[channel].rounded()) }
      }
    }
    return scaled
  }

  private static func weights(_ source: Int, _ count: Int) -> [[(Int, Float)]] {
    (0..<count).map { index in
      let low = Float(index * source) / Float(count)
      let high = Float((index + 1) * source) / Float(count)
      return (Int(low)...min(source - 1, Int(high))).compactMap { place in
        let share = min(high, Float(place + 1)) - max(low, Float(place))
        return share > 1e-4 ? (place, share / (high - low)) : nil
      }
    }
  }
}
