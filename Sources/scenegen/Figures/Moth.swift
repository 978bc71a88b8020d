// SPDX-License-Identifier: Apache-2.0
import Glibc

/// An insect so close to the lens that it is a bright blur.
enum Moth {
  /// Draws it where it flew during one exposure; `reach` is the length of a wing in pixels.
  static func draw(
    from start: Point, to end: Point, reach: Float, time: Float, on canvas: inout Canvas
  ) {
    let tilt = time * 2.1
    let along = Point(cos(tilt), sin(tilt))
    let across = Point(-along.y, along.x)
    for step in 0..<6 {
      let share = Float(step) / 5
      blur(start + (end - start) * share, reach * 0.34, 0.2, &canvas)
    }
    let beat = 0.6 + 0.4 * sin(time * 23)
    for side in [Float(1), -1] {
      for (out, back, size) in [
        (Float(0.35), Float(0), Float(0.5)), (0.75, 0.18, 0.55),
        (1.05, 0.05, 0.4), (0.5, -0.42, 0.38),
      ] {
        let place = end + across * (side * out * reach * beat) + along * (back * reach)
        blur(place, reach * size, 0.5, &canvas)
      }
    }
    for step in -2...2 {
      blur(end + along * (Float(step) * reach * 0.17), reach * 0.24, 0.6, &canvas)
    }
  }

  private static func blur(
    _ centre: Point, _ radius: Float, _ strength: Float, _ canvas: inout Canvas
  ) {
    let radii = Point(repeating: radius)
    canvas.fill(
      .ellipse(centre, radii),
      .radial(centre, radii, Colour(1.3, 1.3, 1.25, strength), Colour(1.3, 1.3, 1.25, 0)))
  }
}
