// SPDX-License-Identifier: Apache-2.0

/// The colour registers of one sixel picture: how they are selected, and defined before that.
struct SixelRegisters: Sendable {
  private let colours: [UInt32]
  private var isDefined: [Bool]

  /// The registers of a picture that has defined none yet.
  init(_ palette: ClipPalette) {
    colours = palette.colours
    isDefined = [Bool](repeating: false, count: colours.count)
  }

  /// Forgets what was defined, for the next picture.
  mutating func forget() {
    for index in isDefined.indices { isDefined[index] = false }
  }

  /// Selects a colour, and defines it before where the picture has not yet: a definition alone does
  /// not select everywhere.
  mutating func select(_ index: Int, _ bytes: inout MutableSpan<UInt8>, _ at: inout Int) {
    Self.number(index, &bytes, &at)
    guard !isDefined[index] else { return }
    isDefined[index] = true
    bytes[at] = UInt8(ascii: ";")
    bytes[at + 1] = UInt8(ascii: "2")
    at += 2
    for shift in [16 as UInt32, 8, 0] {
      bytes[at] = UInt8(ascii: ";")
      at += 1
      Self.put(Int(ClipPalette.percent(colours[index] >> shift & 0xFF)), &bytes, &at)
    }
    Self.number(index, &bytes, &at)
  }

  private static func number(_ index: Int, _ bytes: inout MutableSpan<UInt8>, _ at: inout Int) {
    bytes[at] = UInt8(ascii: "#")
    at += 1
    put(index, &bytes, &at)
  }

  /// Writes a number of 0 to 9,999.
  @inline(__always)
  static func put(_ value: Int, _ bytes: inout MutableSpan<UInt8>, _ at: inout Int) {
    let digits = UInt32(truncatingIfNeeded: value)
    var divisor: UInt32 = digits < 10 ? 1 : digits < 100 ? 10 : digits < 1000 ? 100 : 1000
    while divisor > 0 {
      bytes[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digits / divisor % 10)
      at += 1
      divisor /= 10
    }
  }
}
