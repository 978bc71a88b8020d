// SPDX-License-Identifier: Apache-2.0

/// A place in the picture in pixels, x to the right and y down from the top left corner.
typealias Point = SIMD2<Float>

/// Red, green and blue from 0 to 1 as the eye sees them (gamma-encoded), and opacity in `w`.
typealias Colour = SIMD4<Float>

extension SIMD4 where Scalar == Float {
  /// Makes a colour of `0xRRGGBB` and an opacity from 0 to 1.
  init(hex: UInt32, _ opacity: Float = 1) {
    self.init(
      Float(hex >> 16 & 255) / 255, Float(hex >> 8 & 255) / 255, Float(hex & 255) / 255, opacity)
  }

  /// The same colour, brighter (above 1) or darker (below 1).
  func lit(_ factor: Float) -> Colour { Colour(x * factor, y * factor, z * factor, w) }

  /// The same colour at another opacity.
  func opacity(_ opacity: Float) -> Colour { Colour(x, y, z, opacity) }
}

/// The value a share of the way from one to another.
func mix(_ from: Colour, _ to: Colour, _ share: Float) -> Colour { from + (to - from) * share }

/// The value a share of the way from one to another.
func mix(_ from: Float, _ to: Float, _ share: Float) -> Float { from + (to - from) * share }

/// Rises smoothly from 0 at `start` to 1 at `end`; falls where `start` is the later one.
func ramp(_ value: Float, _ start: Float, _ end: Float) -> Float {
  let share = min(1, max(0, (value - start) / (end - start)))
  return share * share * (3 - 2 * share)
}

/// Rises smoothly to 1 during the first fade, stays, and falls during the last one.
func window(_ value: Float, _ start: Float, _ end: Float, fade: Float = 0.6) -> Float {
  ramp(value, start, start + fade) * (1 - ramp(value, end - fade, end))
}
