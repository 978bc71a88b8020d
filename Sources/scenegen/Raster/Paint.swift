// SPDX-License-Identifier: Apache-2.0

/// What a shape is filled with.
enum Paint {
  /// One colour.
  case flat(Colour)
  /// A change from one colour to another along a line, and no further.
  case linear(Point, Colour, Point, Colour)
  /// A soft change from a centre to an ellipse of the given radii.
  case radial(Point, Point, Colour, Colour)

  /// The colour at a place.
  @inline(__always)
  func colour(_ place: Point) -> Colour {
    switch self {
    case .flat(let colour):
      return colour
    case .linear(let from, let first, let to, let second):
      let axis = to - from
      let length = max(0.0001, (axis * axis).sum())
      let share = min(1, max(0, ((place - from) * axis).sum() / length))
      return first + (second - first) * share
    case .radial(let centre, let radii, let inner, let outer):
      let offset = (place - centre) / radii
      let distance = min(1, (offset * offset).sum().squareRoot())
      return inner + (outer - inner) * (distance * distance * (3 - 2 * distance))
    }
  }
}

/// How paint meets what lies under it.
enum Blend {
  /// Covers it.
  case over
  /// Lights it: multiplies what is there by one plus the colour.
  case light
}

/// Unevenness of a painted surface, for backgrounds that should look brushed and not computed.
struct Mottle {
  /// The share by which brightness varies.
  var strength: Float
  /// The size of a blotch in pixels, across and down.
  var scale: Point
  var seed: UInt64

  /// The factor on brightness at a place.
  func factor(_ place: Point) -> Float {
    let coarse = Hash.field(place / scale, seed)
    let fine = Hash.field(place / scale * 2.7 + 19, seed &+ 1)
    return 1 + strength * (coarse * 0.65 + fine * 0.35)
  }
}
