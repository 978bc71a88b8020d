// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The nearest of xterm's fixed colours 16…255 to any colour, by a table over 32 steps a channel.
struct NearestColours: Sendable {
  /// The one table; 32 KiB, made at first use.
  static let shared = NearestColours()

  /// The colours 16…255 as `0xRRGGBB`: a cube of six steps, then 24 greys.
  static let palette: [UInt32] = {
    let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
    let cube = (0..<216).map { steps[$0 / 36] << 16 | steps[$0 / 6 % 6] << 8 | steps[$0 % 6] }
    return cube + (0..<24).map { (8 + UInt32($0) * 10) * 0x01_0101 }
  }()

  private let table: [UInt8]
  private let greys: [UInt8]

  private init() {
    table = (0..<32_768).map { Self.search(UInt32(stepPlace: $0)) }
    greys = (0..<256).map { Self.search(UInt32($0) * 0x01_0101) }
  }

  /// The index of the nearest colour; exact for greys, else for the middle of its step.
  func index(of rgb: UInt32) -> UInt8 {
    let (red, green, blue) = (rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF)
    if red == green, green == blue { return greys[Int(red)] }
    return table[rgb.stepPlace]
  }

  /// The fixed colour nearest to one, as `0xRRGGBB`.
  static func fixed(_ colour: RGB) -> UInt32 {
    let rgb = UInt32(colour.red) << 16 | UInt32(colour.green) << 8 | UInt32(colour.blue)
    return palette[Int(search(rgb)) - 16]
  }

  /// The nearest by squared distance: of the cube each channel's nearest step, of the greys the one
  /// nearest to the mean; the cube's where both are as near.
  static func search(_ rgb: UInt32) -> UInt8 {
    let red = Int(rgb >> 16 & 0xFF)
    let green = Int(rgb >> 8 & 0xFF)
    let blue = Int(rgb & 0xFF)
    let cube = step(red) * 36 + step(green) * 6 + step(blue)
    // Greys are 8, 18 … 238; a third of the sum plus half a step, in whole numbers.
    let grey = 216 + min(23, max(0, (red + green + blue - 9) / 30))
    func distance(_ index: Int) -> Int {
      let colour = palette[index]
      let across = Int(colour >> 16) - red
      let down = Int(colour >> 8 & 0xFF) - green
      let deep = Int(colour & 0xFF) - blue
      return across * across + down * down + deep * deep
    }
    return UInt8(16 + (distance(grey) < distance(cube) ? grey : cube))
  }

  /// The nearest of the cube's steps 0, 95, 135 … 255 to a channel.
  private static func step(_ value: Int) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
  }
}
