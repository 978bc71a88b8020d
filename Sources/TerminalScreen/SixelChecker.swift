// SPDX-License-Identifier: Apache-2.0

/// Says for the bytes of one sixel picture whether they stay within `OutputGrammar.Sixel`.
struct SixelChecker: Sendable {
  enum Answer { case more, done, refused }
  private enum State: UInt8, Sendable {
    case start, raster, data, colour, count, end
  }

  private var state = State.start
  private var numbers = NumberList()
  private var width = 0
  private var height = 0
  private var column = 0
  private var bands = 0
  private var bytes = 0

  /// Begins a picture with these numbers before its `q`; false where they are refused.
  mutating func begin(_ head: NumberList) -> Bool {
    state = .start
    (width, height, column, bands, bytes) = (0, 0, 0, 0, 0)
    let most: [UInt16] = [9, 1, 0]
    guard head.count <= most.count else { return false }
    for index in 0..<head.count where head[index] > most[index] { return false }
    return true
  }

  /// Takes one byte of the picture, its `ESC \` included.
  mutating func take(_ byte: UInt8) -> Answer {
    bytes += 1
    guard bytes <= OutputGrammar.Sixel.mostBytes else { return .refused }
    switch state {
    case .start:
      guard byte == UInt8(ascii: "\"") else { return .refused }
      return gather(.raster)
    case .raster:
      if numbers.take(byte) { return .more }
      return takeRaster() ? data(byte) : .refused
    case .colour:
      if numbers.take(byte) { return .more }
      return isColour ? data(byte) : .refused
    case .count:
      if numbers.take(byte) { return .more }
      guard numbers.count == 1, numbers[0] > 0, (0x3F...0x7E).contains(byte) else {
        return .refused
      }
      return advance(Int(numbers[0]))
    case .data: return data(byte)
    case .end: return byte == UInt8(ascii: "\\") ? .done : .refused
    }
  }

  private mutating func data(_ byte: UInt8) -> Answer {
    switch byte {
    case 0x3F...0x7E: return advance(1)
    case UInt8(ascii: "!"): return gather(.count)
    case UInt8(ascii: "#"): return gather(.colour)
    case UInt8(ascii: "$"): column = 0
    case UInt8(ascii: "-"):
      column = 0
      bands += 1
      guard bands * 6 <= height else { return .refused }
    case 0x1B:
      state = .end
      return .more
    default: return .refused
    }
    state = .data
    return .more
  }

  private mutating func gather(_ next: State) -> Answer {
    state = next
    numbers.clear()
    return .more
  }

  private mutating func advance(_ count: Int) -> Answer {
    state = .data
    column += count
    return column <= width && bands * 6 < height ? .more : .refused
  }

  private mutating func takeRaster() -> Bool {
    guard numbers.count == 4, numbers[0] == 1, numbers[1] == 1 else { return false }
    (width, height) = (Int(numbers[2]), Int(numbers[3]))
    let sides = 1...OutputGrammar.Sixel.longestSide
    return sides.contains(width) && sides.contains(height)
  }

  private var isColour: Bool {
    guard numbers.count > 0, numbers[0] <= OutputGrammar.Sixel.lastColour else { return false }
    if numbers.count == 1 { return true }
    return numbers.count == 5 && numbers[1] == 2 && numbers[2] <= 100 && numbers[3] <= 100
      && numbers[4] <= 100
  }
}
