// SPDX-License-Identifier: Apache-2.0

/// One decoded picture, unveiled: it exists only inside a decoder process.
///
/// Shape: `size.height` rows of `size.width` RGB triples, 8 bits each, row 0 at the top, no padding.
package struct RawFrame: Sendable {
  package let size: PixelSize
  /// `size.area * 3` bytes.
  package let rgb: [UInt8]
  /// Presentation time from the clip's first picture.
  package let time: MediaTime

  /// Takes the pixels; nil unless there are exactly `size.area * 3` bytes of a non-empty picture.
  package init?(size: PixelSize, rgb: [UInt8], time: MediaTime) {
    guard size.width > 0, size.height > 0, rgb.count == size.area * 3 else { return nil }
    self.size = size
    self.rgb = rgb
    self.time = time
  }
}

/// How a stored picture must be turned to be seen upright: clockwise quarter turns.
package enum QuarterTurns: Int, Sendable, Codable, CaseIterable {
  case none = 0
  case one = 1
  case two = 2
  case three = 3

  /// The size as a person sees it of a picture stored at `stored`.
  package func upright(_ stored: PixelSize) -> PixelSize {
    switch self {
    case .none, .two: stored
    case .one, .three: PixelSize(width: stored.height, height: stored.width)
    }
  }
}

/// Where the samples of a luma plane lie: `size.height` rows, `stride` bytes apart, not yet turned.
package struct LumaShape: Hashable, Sendable {
  /// The stored size, before turning.
  package let size: PixelSize
  /// Bytes from one row to the next; at least the width.
  package let stride: Int
  /// The turn that makes it upright.
  package let turns: QuarterTurns

  /// Describes a plane; nil where the size is empty or the stride below the width.
  package init?(size: PixelSize, stride: Int, turns: QuarterTurns) {
    guard size.width > 0, size.height > 0, stride >= size.width else { return nil }
    self.size = size
    self.stride = stride
    self.turns = turns
  }

  /// The least number of bytes a plane of this shape has.
  package var byteCount: Int { stride * (size.height - 1) + size.width }
}
