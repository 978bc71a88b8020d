// SPDX-License-Identifier: Apache-2.0
package import TestSupport
import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// A photograph of a screen, as a telephone held at an angle takes it.
///
/// The screen is tilted by 20° about any axis in its plane, one and a half pixels of the photograph to
/// one of the screen's before that; then come a blur (Gaussian, σ 1.2 pixels), a gamma of 0.8 to 1.2,
/// noise (Gaussian, σ 10) and JPEG at quality 50, of the brightness alone: colours would only add to
/// what a reader knows.
package struct Photograph: Sendable {
  /// What the camera kept.
  package let image: GreyImage
  /// Where the screen's corners lie on it: top left, top right, bottom left, bottom right.
  package let corners: [SIMD2<Float>]

  private static let scale: Float = 1.5
  private static let tilt: Float = 20 * .pi / 180
  private static let blur: Float = 1.2
  private static let noise: Float = 10

  /// Takes one.
  package init(of screen: GreyImage, using random: inout SeededGenerator) {
    let view = View(screen.size, axis: Float.random(in: 0..<2 * .pi, using: &random))
    var image = GreyImage(size: view.size)
    for row in 0..<view.size.height {
      for column in 0..<view.size.width {
        let point = view.onScreen(SIMD2(Float(column) + 0.5, Float(row) + 0.5))
        image.values[row * view.size.width + column] = screen.value(point.x, point.y, outside: 20)
      }
    }
    Self.blur(&image)
    let gamma = Float.random(in: 0.8...1.2, using: &random)
    for index in image.values.indices {
      let bent = 255 * powf(max(0, image.values[index]) / 255, gamma)
      let noisy = bent + Self.noise * Self.normal(&random)
      image.values[index] = min(max(0, noisy.rounded()), 255)
    }
    JPEG.squeeze(&image)
    self.image = image
    let (width, height) = (Float(screen.size.width), Float(screen.size.height))
    corners = [SIMD2(0, 0), SIMD2(width, 0), SIMD2(0, height), SIMD2(width, height)]
      .map(view.onPhotograph)
  }

  /// The camera before the tilted screen, at twice its width.
  private struct View {
    let size: PixelSize
    private let middle: SIMD2<Float>
    private let screenMiddle: SIMD2<Float>
    private let axis: SIMD2<Float>
    private let distance: Float

    init(_ screen: PixelSize, axis angle: Float) {
      axis = SIMD2(cosf(angle), sinf(angle))
      screenMiddle = SIMD2(Float(screen.width), Float(screen.height)) / 2
      distance = 2 * Float(screen.width)
      // The nearer half is seen larger.
      let margin: Float = 1.25
      size = PixelSize(
        width: Int(Float(screen.width) * scale * margin),
        height: Int(Float(screen.height) * scale * margin))
      middle = SIMD2(Float(size.width), Float(size.height)) / 2
    }

    func onPhotograph(_ point: SIMD2<Float>) -> SIMD2<Float> {
      let off = point - screenMiddle
      let along = (off * axis).sum()
      let across = off.y * axis.x - off.x * axis.y
      let share = scale * distance / (distance + across * sinf(tilt))
      return middle + back(along * share, across * cosf(tilt) * share)
    }

    func onScreen(_ point: SIMD2<Float>) -> SIMD2<Float> {
      let off = point - middle
      let along = (off * axis).sum()
      let across = off.y * axis.x - off.x * axis.y
      let focus = scale * distance
      let down = across * distance / (focus * cosf(tilt) - across * sinf(tilt))
      return screenMiddle + back(along * (distance + down * sinf(tilt)) / focus, down)
    }

    private func back(_ along: Float, _ across: Float) -> SIMD2<Float> {
      SIMD2(along * axis.x - across * axis.y, along * axis.y + across * axis.x)
    }
  }

  private static func blur(_ image: inout GreyImage) {
    let taps = (-4...4).map { expf(-Float($0 * $0) / (2 * blur * blur)) }
    let total = taps.reduce(0, +)
    let (width, height) = (image.size.width, image.size.height)
    var across = image.values
    for row in 0..<height {
      for column in 4..<width - 4 {
        let at = row * width + column
        var sum: Float = 0
        for tap in 0..<9 { sum += taps[tap] * image.values[at + tap - 4] }
        across[at] = sum / total
      }
    }
    for row in 4..<height - 4 {
      for column in 0..<width {
        let at = row * width + column
        var sum: Float = 0
        for tap in 0..<9 { sum += taps[tap] * across[at + (tap - 4) * width] }
        image.values[at] = sum / total
      }
    }
  }

  /// A normally distributed number, by Box and Muller.
  private static func normal(_ random: inout SeededGenerator) -> Float {
    let radius = sqrtf(-2 * logf(Float.random(in: 1e-7...1, using: &random)))
    return radius * cosf(Float.random(in: 0..<2 * .pi, using: &random))
  }
}

/// What JPEG leaves of brightnesses at quality 50: the standard's own table.
enum JPEG {
  private static let steps: [Float] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
  ]

  private static let cosines: [SIMD8<Float>] = (0..<8).map { frequency in
    var row = SIMD8<Float>.zero
    for place in 0..<8 {
      let scale: Float = frequency == 0 ? sqrtf(0.125) : 0.5
      row[place] = scale * cosf(Float((2 * place + 1) * frequency) * .pi / 16)
    }
    return row
  }

  /// Squeezes whole blocks of 8 × 8; what is left at the edges stays as it is.
  static func squeeze(_ image: inout GreyImage) {
    let width = image.size.width
    for top in stride(from: 0, to: image.size.height - 7, by: 8) {
      for left in stride(from: 0, to: width - 7, by: 8) {
        var rows = (0..<8).map { row in
          var values = SIMD8<Float>.zero
          for column in 0..<8 { values[column] = image.values[(top + row) * width + left + column] }
          return values - 128
        }
        squeeze(&rows)
        for row in 0..<8 {
          for column in 0..<8 {
            let value = (rows[row][column] + 128).rounded()
            image.values[(top + row) * width + left + column] = min(max(0, value), 255)
          }
        }
      }
    }
  }

  private static func squeeze(_ rows: inout [SIMD8<Float>]) {
    // Each frequency down is a sum of rows; across it is a product with a cosine.
    var down = [SIMD8<Float>](repeating: .zero, count: 8)
    for frequency in 0..<8 {
      for row in 0..<8 { down[frequency] += rows[row] * cosines[frequency][row] }
    }
    for frequency in 0..<8 {
      var kept = SIMD8<Float>.zero
      for across in 0..<8 {
        let step = steps[frequency * 8 + across]
        let level = ((down[frequency] * cosines[across]).sum() / step).rounded()
        if level != 0 { kept += cosines[across] * (level * step) }
      }
      down[frequency] = kept
    }
    for row in 0..<8 {
      rows[row] = .zero
      for frequency in 0..<8 { rows[row] += down[frequency] * cosines[frequency][row] }
    }
  }
}
