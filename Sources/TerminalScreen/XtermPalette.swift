// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The fixed part of xterm's 256 colours, and its 16 usual first ones.
enum XtermPalette {
  /// The nearest of the colours 16…255, which no user's theme redefines.
  static func nearestFixed(_ colour: RGB) -> Int16 {
    nearest(colour, among: Array(16...255))
  }

  /// The nearest of the first `count` colours (8 or 16) as xterm has them; for a grey, the nearest
  /// grey: of eight colours yellow is nearer to the middle one, and would say something else.
  static func nearestNamed(_ colour: RGB, count: Int16) -> Int16 {
    let range = 0...max(0, min(15, count - 1))
    let channels = [colour.red, colour.green, colour.blue]
    let isGrey = (channels.max() ?? 0) - (channels.min() ?? 0) <= 24
    return nearest(colour, among: isGrey ? range.filter(greys.contains) : Array(range))
  }

  /// The colour of an index from 0 to 255.
  static func colour(_ index: Int16) -> RGB {
    if index < 16 { return named[Int(max(0, index))] }
    if index >= 232 {
      let grey = UInt8(clamping: 8 + (Int(index) - 232) * 10)
      return RGB(grey, grey, grey)
    }
    let cube = Int(index) - 16
    return RGB(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
  }

  private static func nearest(_ colour: RGB, among indices: [Int16]) -> Int16 {
    indices.min { distance(colour, Self.colour($0)) < distance(colour, Self.colour($1)) } ?? 0
  }

  private static func distance(_ left: RGB, _ right: RGB) -> Int {
    let red = Int(left.red) - Int(right.red)
    let green = Int(left.green) - Int(right.green)
    let blue = Int(left.blue) - Int(right.blue)
    return red * red + green * green + blue * blue
  }

  /// Those of the first 16 that are black, white or between.
  private static let greys: Set<Int16> = [0, 7, 8, 15]
  private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
  private static let named: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}
