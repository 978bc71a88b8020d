// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Collects a figure's parts and paints them from the farthest to the nearest, shaded like tubes.
struct LimbBrush {
  let view: View
  /// The direction in the picture towards the lamp.
  let light: Point
  private var parts: [(depth: Float, path: Path, paint: Paint)] = []

  /// An empty brush.
  init(view: View, light: Point) {
    self.view = view
    self.light = light
  }

  /// Adds a tube through places with radii in metres; `nearer` brings it forward by metres.
  mutating func tube(
    _ stations: [(place: Place, radius: Float)], _ colour: Colour, nearer: Float = 0
  ) {
    guard let first = stations.first, let last = stations.last else { return }
    let drawn = stations.map {
      Path.Station(view.point($0.place), $0.radius * view.scale($0.place))
    }
    let depth = stations.reduce(Float(0)) { $0 + view.depth($1.place) } / Float(stations.count)
    let widest = drawn.map(\.radius).max() ?? 1
    let from = view.point(first.place)
    let to = view.point(last.place)
    let axis = to - from
    var across = Path.normal(axis)
    if (axis * axis).sum() < widest * widest { across = light }
    if (across * light).sum() < 0 { across = -across }
    let middle = (from + to) / 2
    parts.append(
      (
        depth - nearer, .tube(drawn),
        .linear(
          middle + across * widest, colour.lit(1.22), middle - across * widest, colour.lit(0.62))
      ))
  }

  /// Adds a cardboard box of a side length in metres around a place.
  mutating func box(at place: Place, side: Float) {
    let depth = view.depth(place) - 0.15
    for (path, colour) in Parcel.faces(at: place - Place(0, side / 2, 0), side: side, view: view) {
      parts.append((depth, path, .flat(colour)))
    }
  }

  /// Paints what was collected.
  mutating func flush(on canvas: inout Canvas) {
    // A stable sort: parts at one depth keep their order.
    let order = parts.indices.sorted {
      parts[$0].depth == parts[$1].depth ? $0 < $1 : parts[$0].depth > parts[$1].depth
    }
    for index in order { canvas.fill(parts[index].path, parts[index].paint) }
    parts = []
  }
}

/// A cardboard parcel.
enum Parcel {
  /// The faces the camera sees, the farthest first, of a parcel standing at a place.
  static func faces(at place: Place, side: Float, view: View) -> [(Path, Colour)] {
    let half = side / 2
    let left = place.x - half
    let right = place.x + half
    let near = place.z - half
    let far = place.z + half
    let top = place.y + side * 0.72
    let tape = side * 0.07
    let card = Colour(hex: 0xB98A55)
    return [
      (view.floor(left, right, near, far, height: top), card.lit(1.15)),
      (view.side(place.x > 0 ? left : right, near, far, place.y, top), card.lit(0.62)),
      (view.front(left, right, place.y, top, near), card.lit(0.86)),
      (
        view.floor(place.x - tape, place.x + tape, near, far, height: top),
        Colour(hex: 0xE4D3B4, 0.8)
      ),
      (
        view.front(place.x - tape, place.x + tape, place.y + side * 0.5, top, near),
        Colour(hex: 0xD8C6A4, 0.7)
      ),
    ]
  }

  /// Draws a parcel that stands on the ground.
  static func draw(at place: Place, side: Float, view: View, on canvas: inout Canvas) {
    Shade.contact(at: place, radius: side * 0.8, strength: 0.4, view: view, on: &canvas)
    for (path, colour) in faces(at: place, side: side, view: view) { canvas.fill(path, colour) }
  }
}

/// Shadows on the ground.
enum Shade {
  /// The soft dark place under something that stands on the ground.
  static func contact(
    at place: Place, radius: Float, strength: Float, view: View, on canvas: inout Canvas
  ) {
    let ground = Place(place.x, place.y, place.z)
    let centre = view.point(ground)
    let far = view.point(ground + Place(0, 0, radius))
    let near = view.point(ground - Place(0, 0, radius))
    let radii = Point(radius * view.scale(ground), max(2, (near.y - far.y) / 2))
    canvas.fill(
      .ellipse(centre, radii),
      .radial(centre, radii, Colour(0.02, 0.03, 0.06, strength), Colour(0.02, 0.03, 0.06, 0)))
  }
}
