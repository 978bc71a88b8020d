// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A place in the scene in metres: x to the right, y up from the ground, z away from the camera.
typealias Place = SIMD3<Float>

/// A pinhole camera that stands still.
struct View {
  /// The picture's size in pixels.
  let size: Point
  /// Pixels a metre at one metre's distance.
  let focal: Float
  /// Metres above the ground.
  let height: Float
  /// Whether left and right are exchanged.
  var isMirrored = false
  private let sine: Float
  private let cosine: Float

  /// A camera `height` metres up, tilted down by `pitch` radians; `focal` is the focal length in
  /// picture widths (0.5 sees 90° across).
  init(size: Point, focal: Float, height: Float, pitch: Float) {
    self.size = size
    self.focal = focal * size.x
    self.height = height
    sine = sin(pitch)
    cosine = cos(pitch)
  }

  /// How far in front of the camera a place is, in metres, never nearer than 0.2.
  func depth(_ place: Place) -> Float {
    max(0.2, place.z * cosine - (place.y - height) * sine)
  }

  /// Pixels a metre at a place.
  func scale(_ place: Place) -> Float { focal / depth(place) }

  /// Where a place shows.
  func point(_ place: Place) -> Point {
    let up = (place.y - height) * cosine + place.z * sine
    return size / 2 + Point(isMirrored ? -place.x : place.x, -up) * (focal / depth(place))
  }

  /// Where a place given by its coordinates shows.
  func point(_ right: Float, _ up: Float, _ away: Float) -> Point { point(Place(right, up, away)) }

  /// The outline of a flat shape in the scene.
  func path(_ corners: [Place]) -> Path { Path(corners.map(point)) }

  /// A rectangle facing the camera: its left and right edge, its feet and top, and its distance.
  func front(_ left: Float, _ right: Float, _ foot: Float, _ top: Float, _ away: Float) -> Path {
    path([
      Place(left, foot, away), Place(right, foot, away), Place(right, top, away),
      Place(left, top, away),
    ])
  }

  /// A rectangle lying at a height: its left and right edge, near and far edge.
  func floor(
    _ left: Float, _ right: Float, _ near: Float, _ far: Float, height: Float = 0
  ) -> Path {
    path([
      Place(left, height, near), Place(right, height, near), Place(right, height, far),
      Place(left, height, far),
    ])
  }

  /// A rectangle standing along the line of sight: its x, near and far edge, feet and top.
  func side(_ right: Float, _ near: Float, _ far: Float, _ foot: Float, _ top: Float) -> Path {
    path([
      Place(right, foot, near), Place(right, foot, far), Place(right, top, far),
      Place(right, top, near),
    ])
  }
}
