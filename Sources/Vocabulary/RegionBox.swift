// SPDX-License-Identifier: Apache-2.0

/// A rectangle on the upright picture, in 1/10,000 of its width and height.
package struct RegionBox: Hashable, Sendable {
  /// The left and upper edge, from 0.
  package let x: Int
  package let y: Int
  /// At least 1; the right and lower edge are within the picture.
  package let width: Int
  package let height: Int

  /// The parts of a side that the numbers count in.
  package static let side = 10_000
  /// All of the picture.
  package static let whole = RegionBox(left: 0, top: 0, right: side, bottom: side)

  /// Makes a box; nil unless it holds something and lies within the picture.
  package init?(x: Int, y: Int, width: Int, height: Int) {
    let side = Self.side
    guard (0..<side).contains(x), (0..<side).contains(y), (1...side - x).contains(width),
      (1...side - y).contains(height)
    else { return nil }
    self.init(left: x, top: y, right: x + width, bottom: y + height)
  }

  /// Edges that are in order and within the picture.
  private init(left: Int, top: Int, right: Int, bottom: Int) {
    (x, y, width, height) = (left, top, right - left, bottom - top)
  }

  package var right: Int { x + width }
  package var bottom: Int { y + height }

  /// A fifth larger, a tenth on each side, as far as the picture goes.
  package var grown: RegionBox {
    let (across, down) = ((width + 9) / 10, (height + 9) / 10)
    return RegionBox(
      left: max(0, x - across), top: max(0, y - down), right: min(Self.side, right + across),
      bottom: min(Self.side, bottom + down))
  }

  /// The box on the way from this one to another, `part` of `whole` of it.
  ///
  /// No edge lies further in than on the straight way. `part` is within 0 and `whole`, both below 2⁴⁰.
  func onTheWay(to other: RegionBox, _ part: Int64, of whole: Int64) -> RegionBox {
    func down(_ from: Int, _ to: Int) -> Int {
      (from * Int(whole - part) + to * Int(part)) / Int(whole)
    }
    func up(_ from: Int, _ to: Int) -> Int {
      (from * Int(whole - part) + to * Int(part) + Int(whole) - 1) / Int(whole)
    }
    return RegionBox(
      left: down(x, other.x), top: down(y, other.y), right: up(right, other.right),
      bottom: up(bottom, other.bottom))
  }

  /// The places of `0..<count` equal parts of the picture's width that the box touches.
  package func columns(of count: Int) -> Range<Int> { Self.parts(x, right, count) }

  /// The places of `0..<count` equal parts of the picture's height that the box touches.
  package func rows(of count: Int) -> Range<Int> { Self.parts(y, bottom, count) }

  private static func parts(_ low: Int, _ high: Int, _ count: Int) -> Range<Int> {
    let count = min(max(0, count), 1 << 40)
    return low * count / side..<(high * count + side - 1) / side
  }
}

extension RegionBox: Codable {
  private enum CodingKeys: CodingKey { case x, y, width, height }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let box = RegionBox(
      x: try values.decode(Int.self, forKey: .x), y: try values.decode(Int.self, forKey: .y),
      width: try values.decode(Int.self, forKey: .width),
      height: try values.decode(Int.self, forKey: .height))
    guard let box else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "the box is not in the picture"))
    }
    self = box
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(x, forKey: .x)
    try values.encode(y, forKey: .y)
    try values.encode(width, forKey: .width)
    try values.encode(height, forKey: .height)
  }
}
