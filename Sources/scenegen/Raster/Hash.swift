// SPDX-License-Identifier: Apache-2.0

/// Repeatable chance: the same place and seed give the same number on every machine.
enum Hash {
  /// Scrambles 64 bits (the finaliser of SplitMix64).
  static func scramble(_ value: UInt64) -> UInt64 {
    var bits = value &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// A number from 0 to below 1 for an index under a seed.
  static func unit(_ index: Int, _ seed: UInt64) -> Float {
    let bits = scramble(UInt64(bitPattern: Int64(index)) ^ seed &* 0xD6E8_FEB8_6659_FD93)
    return Float(bits >> 40) / Float(1 << 24)
  }

  /// Smooth noise from −1 to 1 over the plane, features about one unit wide.
  static func field(_ place: Point, _ seed: UInt64) -> Float {
    let cell = place.rounded(.down)
    let inside = place - cell
    let smooth = inside * inside * (3 - 2 * inside)
    let column = Int(cell.x)
    let row = Int(cell.y)
    func corner(_ right: Int, _ down: Int) -> Float {
      unit((column + right) &* 73_856_093 ^ (row + down) &* 19_349_663, seed)
    }
    let top = mix(corner(0, 0), corner(1, 0), smooth.x)
    let bottom = mix(corner(0, 1), corner(1, 1), smooth.x)
    return mix(top, bottom, smooth.y) * 2 - 1
  }
}
