// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A way over the ground: where something is at each time, with soft starts, stops and corners.
struct Track {
  /// A place on the way: time in seconds, metres to the right and away from the camera.
  struct Stop {
    var time: Float
    var right: Float
    var away: Float

    /// Makes a stop.
    init(_ time: Float, _ right: Float, _ away: Float) {
      self.time = time
      self.right = right
      self.away = away
    }
  }

  /// What is known of one moment on a track.
  struct Sample {
    /// On the ground (`y` is 0).
    var place: Place
    /// The way it faces: 0 towards the camera, π/2 to the right, π away.
    var heading: Float
    /// Metres since the start.
    var distance: Float
    /// Metres a second.
    var speed: Float
  }

  private static let rate: Float = 50
  private var samples: [Sample] = []

  /// Joins the stops by straight ways and smooths them over `smoothing` seconds; who stands still
  /// keeps facing the way he came, at first `heading`.
  init(_ stops: [Stop], heading: Float = .pi / 2, smoothing: Float = 0.5) {
    let last = stops.last?.time ?? 0
    var facing = heading
    var distance: Float = 0
    var before: Point?
    for index in 0...Int(max(0, last) * Self.rate) + 1 {
      let time = Float(index) / Self.rate
      let here = (0..<8).reduce(Point(0, 0)) { sum, step in
        sum + Self.straight(stops, time + (Float(step) / 7 - 0.5) * smoothing) / 8
      }
      let move = here - (before ?? here)
      let length = (move * move).sum().squareRoot()
      distance += length
      let speed = length * Self.rate
      if speed > 0.08 {
        facing += Self.turn(from: facing, to: atan2(move.x, -move.y)) * min(1, 7 / Self.rate)
      }
      samples.append(
        Sample(
          place: Place(here.x, 0, here.y), heading: facing, distance: distance, speed: speed))
      before = here
    }
  }

  /// The moment at a time; the ends stand before and after the track.
  func at(_ time: Float) -> Sample {
    let position = min(Float(samples.count - 1), max(0, time * Self.rate))
    let index = min(samples.count - 2, Int(position))
    let share = position - Float(index)
    let from = samples[index]
    let to = samples[index + 1]
    return Sample(
      place: from.place + (to.place - from.place) * share, heading: to.heading,
      distance: mix(from.distance, to.distance, share), speed: mix(from.speed, to.speed, share))
  }

  /// The shorter turn from one heading to another, −π to π.
  static func turn(from: Float, to: Float) -> Float {
    (to - from).remainder(dividingBy: 2 * .pi)
  }

  private static func straight(_ stops: [Stop], _ time: Float) -> Point {
    guard let first = stops.first, let last = stops.last else { return Point(0, 0) }
    if time <= first.time { return Point(first.right, first.away) }
    for (from, to) in zip(stops, stops.dropFirst()) where time < to.time {
      let share = (time - from.time) / max(0.001, to.time - from.time)
      return Point(mix(from.right, to.right, share), mix(from.away, to.away, share))
    }
    return Point(last.right, last.away)
  }
}
