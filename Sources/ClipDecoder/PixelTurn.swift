// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Copies a padded RGB picture into a dense one, turned upright.
struct PixelTurn {
  let stored: PixelSize
  let stride: Int
  let turns: QuarterTurns

  /// Copies every pixel.
  ///
  /// Memory safety: `rows` holds `stored.height` rows of `stride` bytes and `target` exactly
  /// `stored.area * 3`; both are the scaler's and the caller's allocations of those sizes, and each
  /// index below is within them for every turn.
  func copy(_ rows: UnsafeMutablePointer<UInt8>, to target: UnsafeMutableBufferPointer<UInt8>) {
    let (width, height) = (stored.width, stored.height)
    guard let start = target.baseAddress else { return }
    guard turns != .none else {
      for y in 0..<height {
        unsafe (start + y * width * 3).initialize(from: rows + y * stride, count: width * 3)
      }
      return
    }
    for y in 0..<height {
      for x in 0..<width {
        let to = 3 * place(x, y)
        let from = y * stride + 3 * x
        for channel in 0..<3 { unsafe (start + to + channel).initialize(to: rows[from + channel]) }
      }
    }
  }

  /// The index in the upright picture of the stored pixel (x, y).
  private func place(_ x: Int, _ y: Int) -> Int {
    let (width, height) = (stored.width, stored.height)
    return switch turns {
    case .none: y * width + x
    case .one: x * height + (height - 1 - y)
    case .two: (height - 1 - y) * width + (width - 1 - x)
    case .three: (width - 1 - x) * height + y
    }
  }
}
