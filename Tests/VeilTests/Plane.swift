// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// A luma plane for tests, dense or with padded rows.
struct Plane {
  let shape: LumaShape
  var bytes: [UInt8]

  init(
    _ width: Int, _ height: Int, padding: Int = 0, turns: QuarterTurns = .none,
    _ value: (Int, Int) -> UInt8
  ) throws {
    let size = PixelSize(width: width, height: height)
    shape = try #require(LumaShape(size: size, stride: width + padding, turns: turns))
    bytes = Array(repeating: 255, count: shape.stride * height)
    for y in 0..<height {
      for x in 0..<width { bytes[y * shape.stride + x] = value(x, y) }
    }
  }

  subscript(x: Int, y: Int) -> UInt8 {
    get { bytes[y * shape.stride + x] }
    set { bytes[y * shape.stride + x] = newValue }
  }

  /// The pixel of the upright picture at (x, y).
  func upright(_ x: Int, _ y: Int) -> UInt8 {
    let (width, height) = (shape.size.width, shape.size.height)
    return switch shape.turns {
    case .none: self[x, y]
    case .one: self[y, height - 1 - x]
    case .two: self[width - 1 - x, height - 1 - y]
    case .three: self[width - 1 - y, x]
    }
  }
}

extension MediaTime {
  /// Seconds as a test writes them.
  static func at(_ seconds: Double) -> MediaTime {
    MediaTime(microseconds: Int64((seconds * 1_000_000).rounded()))
  }
}
