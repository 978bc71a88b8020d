// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A car that passes across the picture, seen from its side.
struct Car {
  var colour: Colour
  /// Whether it is a delivery van.
  var isVan = false
  /// Whether its lamps are on.
  var hasLights = false

  /// Draws it with its middle at a place on the road, driving to the right (1) or left (−1).
  func draw(
    at place: Place, direction: Float, view: View, on canvas: inout Canvas
  ) {
    func point(_ along: Float, _ up: Float) -> Point {
      view.point(Place(place.x + along * direction, place.y + up, place.z))
    }
    Shade.contact(
      at: place, radius: 2.5, strength: 0.5, view: view, on: &canvas)
    let top = point(0, 1.5)
    let bottom = point(0, 0.2)
    canvas.fill(
      .smooth(outline.map { point($0.x, $0.y) }, steps: 4),
      .linear(top, colour.lit(1.3), bottom, colour.lit(0.55)))
    for pane in panes {
      canvas.fill(
        Path(pane.map { point($0.x, $0.y) }),
        .linear(top, Colour(hex: 0xB9CBD6), bottom, Colour(hex: 0x26313A)))
    }
    for line in [Float(0.35)] {
      canvas.fill(
        .stroke(point(-2.0, line), point(2.0, line), width: 0.06 * view.scale(place)),
        colour.lit(0.4))
    }
    for axle in [Float(-1.32), 1.32] { wheel(axle, place, direction, view, &canvas) }
    lamp(point(2.08, 0.66), Colour(hex: 0xFFF3CE), view.scale(place), &canvas)
    lamp(point(-2.1, 0.72), Colour(hex: 0xFF3B2F), view.scale(place) * 0.7, &canvas)
  }

  private var outline: [Point] {
    if isVan {
      return [
        Point(-2.15, 0.4), Point(-2.2, 1.2), Point(-2.12, 2.1), Point(-1.6, 2.18), Point(0.6, 2.18),
        Point(1.15, 2.0), Point(1.6, 1.25), Point(2.12, 1.02), Point(2.2, 0.6), Point(2.1, 0.3),
        Point(0, 0.27),
      ]
    }
    return [
      Point(-2.15, 0.4), Point(-2.18, 0.8), Point(-1.95, 0.98), Point(-1.35, 1.08),
      Point(-0.85, 1.44), Point(0.2, 1.48), Point(0.8, 1.15), Point(1.2, 1.0), Point(1.95, 0.85),
      Point(2.15, 0.6), Point(2.1, 0.32), Point(0, 0.27),
    ]
  }

  private var panes: [[Point]] {
    if isVan {
      return [[Point(0.45, 1.3), Point(0.45, 1.92), Point(0.98, 1.85), Point(1.38, 1.3)]]
    }
    return [
      [Point(-1.1, 1.06), Point(-0.75, 1.36), Point(-0.3, 1.39), Point(-0.3, 1.06)],
      [Point(-0.2, 1.06), Point(-0.2, 1.39), Point(0.18, 1.38), Point(0.66, 1.06)],
    ]
  }

  private func wheel(
    _ axle: Float, _ place: Place, _ direction: Float, _ view: View, _ canvas: inout Canvas
  ) {
    let hub = Place(place.x + axle * direction, place.y + 0.33, place.z)
    let centre = view.point(hub)
    let radius = 0.34 * view.scale(hub)
    canvas.fill(.ellipse(centre, Point(radius, radius)), Colour(hex: 0x17181B))
    canvas.fill(.ellipse(centre, Point(radius, radius) * 0.62), Colour(hex: 0x8C939A))
    for spoke in 0..<5 {
      let turn = place.x * direction / 0.33 + Float(spoke) * 2 * .pi / 5
      let tip = centre + Point(cos(turn), sin(turn)) * (radius * 0.56)
      canvas.fill(.stroke(centre, tip, width: radius * 0.16), Colour(hex: 0x3A3F46))
    }
  }

  private func lamp(
    _ centre: Point, _ colour: Colour, _ scale: Float, _ canvas: inout Canvas
  ) {
    let lens = Point(0.1, 0.075) * scale
    canvas.fill(.ellipse(centre, lens), colour.lit(hasLights ? 1 : 0.75))
    guard hasLights else { return }
    let glow = Point(0.9, 0.9) * scale
    canvas.fill(
      .ellipse(centre, glow), .radial(centre, glow, colour.opacity(0.75), colour.opacity(0)))
  }
}
