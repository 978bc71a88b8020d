// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What brightness, contrast and gamma make of each value of a channel.
struct ToneCurve: Hashable, Sendable {
  private let brightness: Int
  private let contrast: Int
  private let gamma: Int
  /// The new value of each old one.
  let values: [UInt8]

  init(_ adjustment: PictureAdjustment = .none) {
    (brightness, contrast, gamma) =
      (adjustment.brightness, adjustment.contrast, adjustment.gamma)
    let power = 1 / Self.powers[min(max(0, gamma + 5), 10)]
    let gain = contrast >= 0 ? 1 + Double(contrast) * 0.3 : 1 + Double(contrast) * 0.15
    let shift = Double(brightness) * 20
    values = (0..<256).map { value in
      let bent = 255 * Self.raised(Double(value) / 255, to: power)
      return UInt8(min(max(0, ((bent - 128) * gain + 128 + shift).rounded()), 255))
    }
  }

  /// Whether these are its settings.
  func matches(_ adjustment: PictureAdjustment) -> Bool {
    brightness == adjustment.brightness && contrast == adjustment.contrast
      && gamma == adjustment.gamma
  }

  /// The gammas of the steps −5…5; 3 makes a night clip's shadows readable.
  private static let powers = [0.4, 0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.45, 1.75, 2.2, 3]

  /// `base` to a power, for 0 to 1, by sixteen square roots: close enough for 256 values, and needs
  /// no C library.
  private static func raised(_ base: Double, to power: Double) -> Double {
    guard base > 0 else { return 0 }
    var (result, root, rest) = (1.0, base, power)
    while rest >= 1 {
      result *= base
      rest -= 1
    }
    for _ in 0..<16 {
      root = root.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= root
        rest -= 1
      }
    }
    return result
  }
}
