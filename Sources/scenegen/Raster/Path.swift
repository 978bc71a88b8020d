// SPDX-License-Identifier: Apache-2.0
import Glibc

/// One or more closed outlines that are filled together as one shape.
struct Path {
  /// The outlines' corners, all turning the same way so that overlaps stay filled.
  private(set) var contours: [[Point]] = []

  /// An empty path.
  init() {}

  /// A polygon.
  init(_ corners: [Point]) { add(corners) }

  /// Adds a polygon, turned round where it runs against the others.
  mutating func add(_ corners: [Point]) {
    guard corners.count > 2, var last = corners.last else { return }
    var area: Float = 0
    for corner in corners {
      area += last.x * corner.y - corner.x * last.y
      last = corner
    }
    contours.append(area < 0 ? corners.reversed() : corners)
  }

  /// Adds all outlines of another path.
  mutating func add(_ other: Path) { contours += other.contours }

  /// An ellipse, turned by `angle` radians.
  static func ellipse(_ centre: Point, _ radii: Point, angle: Float = 0) -> Path {
    let steps = min(64, max(10, Int(max(abs(radii.x), abs(radii.y)).squareRoot() * 6)))
    let axis = Point(cos(angle), sin(angle))
    return Path(
      (0..<steps).map { step in
        let turn = Float(step) * 2 * .pi / Float(steps)
        let place = radii * Point(cos(turn), sin(turn))
        return centre
          + Point(place.x * axis.x - place.y * axis.y, place.x * axis.y + place.y * axis.x)
      })
  }

  /// An upright rectangle.
  static func rectangle(_ origin: Point, _ size: Point) -> Path {
    Path([
      origin, origin + Point(size.x, 0), origin + size, origin + Point(0, size.y),
    ])
  }

  /// A straight stroke with round ends.
  static func stroke(_ from: Point, _ to: Point, width: Float) -> Path {
    tube([Station(from, width / 2), Station(to, width / 2)])
  }

  /// A smooth closed curve through the corners (Catmull–Rom).
  static func smooth(_ corners: [Point], steps: Int = 6) -> Path {
    let count = corners.count
    guard count > 2 else { return Path() }
    var outline: [Point] = []
    for index in 0..<count {
      let before = corners[(index + count - 1) % count]
      let from = corners[index]
      let to = corners[(index + 1) % count]
      let after = corners[(index + 2) % count]
      for step in 0..<steps {
        let share = Float(step) / Float(steps)
        outline.append(spline(before, from, to, after, share))
      }
    }
    return Path(outline)
  }

  /// A point on the Catmull–Rom curve between the middle two of four points.
  static func spline(
    _ before: Point, _ from: Point, _ to: Point, _ after: Point, _ share: Float
  ) -> Point {
    let straight = (to - before) * share
    let bent = (before * 2 - from * 5 + to * 4 - after) * (share * share)
    let swung = (from * 3 - before - to * 3 + after) * (share * share * share)
    return from + (straight + bent + swung) * 0.5
  }

  /// A place along a tube and the tube's half width there, in pixels.
  struct Station {
    var centre: Point
    var radius: Float

    /// Makes a station.
    init(_ centre: Point, _ radius: Float) {
      self.centre = centre
      self.radius = max(0.2, radius)
    }
  }

  /// A limb: a band through the stations, as wide as each says, with round ends.
  static func tube(_ stations: [Station]) -> Path {
    guard let first = stations.first, let last = stations.last, stations.count > 1 else {
      return Path()
    }
    var left: [Point] = []
    var right: [Point] = []
    for index in stations.indices {
      let before = stations[max(0, index - 1)].centre
      let after = stations[min(stations.count - 1, index + 1)].centre
      let across = normal(after - before) * stations[index].radius
      left.append(stations[index].centre + across)
      right.append(stations[index].centre - across)
    }
    var outline = left
    outline += cap(last, normal(last.centre - stations[stations.count - 2].centre))
    outline += right.reversed()
    outline += cap(first, -normal(stations[1].centre - first.centre))
    return Path(outline)
  }

  /// The unit vector a quarter turn from a direction; to the right for no direction.
  static func normal(_ direction: Point) -> Point {
    let length = (direction * direction).sum().squareRoot()
    guard length > 0.0001 else { return Point(1, 0) }
    return Point(direction.y, -direction.x) / length
  }

  private static func cap(_ end: Station, _ across: Point) -> [Point] {
    let along = Point(-across.y, across.x)
    let steps = end.radius > 4 ? 7 : 4
    return (1..<steps).map { step in
      let turn = Float(step) * .pi / Float(steps)
      return end.centre + (across * cos(turn) + along * sin(turn)) * end.radius
    }
  }
}
