// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Lays a photographed screen flat again, by where its corners are.
package enum Rectifier {
  /// The screen of `size` pixels that a photograph shows between four corners, in the order of
  /// `Photograph.corners`.
  package static func flat(
    _ photograph: GreyImage, corners: [SIMD2<Float>], size: PixelSize
  ) -> GreyImage {
    let terms = homography(corners)
    var flat = GreyImage(size: size)
    for row in 0..<size.height {
      for column in 0..<size.width {
        var sum: Float = 0
        // Four samples a pixel: the photograph has more of them than the screen.
        for (right, down) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
          let x = (Double(column) + right) / Double(size.width)
          let y = (Double(row) + down) / Double(size.height)
          let depth = terms[6] * x + terms[7] * y + 1
          sum += photograph.value(
            Float((terms[0] * x + terms[1] * y + terms[2]) / depth),
            Float((terms[3] * x + terms[4] * y + terms[5]) / depth), outside: 0)
        }
        flat.values[row * size.width + column] = sum / 4
      }
    }
    return flat
  }

  /// The eight terms of the projection of the unit square onto four corners, after Heckbert.
  private static func homography(_ corners: [SIMD2<Float>]) -> [Double] {
    let points = corners.map { SIMD2<Double>($0) }
    let (a, b, c, d) = (points[0], points[1], points[2], points[3])
    let (first, second, sum) = (b - d, c - d, a - b - c + d)
    let area = first.x * second.y - second.x * first.y
    let across = (sum.x * second.y - second.x * sum.y) / area
    let down = (first.x * sum.y - sum.x * first.y) / area
    return [
      b.x - a.x + across * b.x, c.x - a.x + down * c.x, a.x,
      b.y - a.y + across * b.y, c.y - a.y + down * c.y, a.y, across, down,
    ]
  }
}
