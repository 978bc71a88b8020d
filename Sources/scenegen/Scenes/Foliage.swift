// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Leaves as soft blots of paint: some painted once, some moved by the wind.
struct Foliage {
  private struct Blot {
    var place: Point
    var radii: Point
    var angle: Float
    var colour: Colour
    var phase: Float
  }

  private var still: [Blot] = []
  private var moving: [Blot] = []

  /// A crown of `count` blots in an ellipse in the picture, every `every`-th moved by the wind
  /// (0 for none).
  init(
    _ centre: Point, _ radii: Point, colour: Colour, count: Int, every: Int = 4, seed: UInt64
  ) {
    for index in 0..<count {
      func chance(_ salt: Int) -> Float { Hash.unit(index * 8 + salt, seed) }
      let turn = chance(0) * 2 * .pi
      let out = chance(1).squareRoot()
      let offset = Point(cos(turn), sin(turn)) * out
      let size = radii.y * mix(0.34, 0.14, out) * (0.7 + 0.6 * chance(2))
      let lit = 0.78 - offset.y * 0.3 - offset.x * 0.16 + (chance(3) - 0.5) * 0.3
      let blot = Blot(
        place: centre + offset * radii, radii: Point(size * 1.25, size * 0.85),
        angle: (chance(4) - 0.5) * 1.6, colour: colour.lit(lit), phase: chance(5) * 6.3)
      if every > 0, index % every == every - 1 { moving.append(blot) } else { still.append(blot) }
    }
  }

  /// Paints the leaves that stay.
  func paint(on canvas: inout Canvas) {
    for blot in still {
      canvas.fill(.ellipse(blot.place, blot.radii, angle: blot.angle), blot.colour)
    }
  }

  /// Draws the leaves in the wind at a time, `wind` from 0 to 1.
  func draw(_ time: Float, wind: Float, on canvas: inout Canvas) {
    for blot in moving {
      let gust = sin(time * 1.3 + blot.phase) + 0.5 * sin(time * 3.1 + blot.phase * 2)
      let place = blot.place + Point(gust, gust * 0.35) * (blot.radii.y * 0.28 * wind)
      canvas.fill(
        .ellipse(place, blot.radii, angle: blot.angle + gust * 0.08 * wind), blot.colour)
    }
  }
}

/// Pieces of scenery that several places share.
enum Scenery {
  /// A sky that grows lighter towards the horizon.
  static func sky(_ top: Colour, _ low: Colour, to bottom: Float, on canvas: inout Canvas) {
    canvas.fill(
      .rectangle(Point(0, 0), Point(canvas.size.x, bottom)),
      .linear(Point(0, 0), top, Point(0, bottom), low))
    canvas.fill(
      .rectangle(Point(0, bottom), Point(canvas.size.x, canvas.size.y - bottom)), low.lit(0.8))
  }

  /// Soft clouds in the upper part of the picture.
  static func clouds(_ colour: Colour, seed: UInt64, on canvas: inout Canvas) {
    for index in 0..<16 {
      func chance(_ salt: Int) -> Float { Hash.unit(index * 4 + salt, seed) }
      let centre = Point(chance(0), 0.04 + chance(1) * 0.2) * canvas.size
      let radii = Point(0.1 + chance(2) * 0.14, 0.018 + chance(3) * 0.025) * canvas.size.x
      canvas.fill(
        .ellipse(centre, radii), .radial(centre, radii, colour, colour.opacity(0)))
    }
  }

  /// Grass: mottled ground with blades in the foreground.
  static func grass(
    _ path: Path, view: View, near: Colour, far: Colour, seed: UInt64,
    on canvas: inout Canvas
  ) {
    let size = view.size
    canvas.fill(
      path, .linear(Point(0, size.y), near, Point(0, size.y * 0.4), far),
      mottle: Mottle(strength: 0.22, scale: Point(size.x / 42, size.y / 60), seed: seed))
  }

  /// Blades of grass scattered over a piece of ground.
  static func blades(
    _ left: Float, _ right: Float, _ near: Float, _ far: Float, colour: Colour, count: Int,
    view: View, seed: UInt64, on canvas: inout Canvas
  ) {
    for index in 0..<count {
      func chance(_ salt: Int) -> Float { Hash.unit(index * 4 + salt, seed) }
      let depth = near + (far - near) * chance(1) * chance(1)
      let foot = Place(mix(left, right, chance(0)), 0, depth)
      let tip = foot + Place((chance(2) - 0.5) * 0.06, 0.05 + chance(3) * 0.05, 0)
      canvas.fill(
        .stroke(view.point(foot), view.point(tip), width: 0.012 * view.scale(foot)),
        colour.lit(0.75 + chance(2) * 0.6).opacity(0.8))
    }
  }

  /// Boards or bricks: lines across a rectangle facing the camera every `step` metres up.
  static func courses(
    _ left: Float, _ right: Float, _ foot: Float, _ top: Float, _ away: Float, step: Float,
    colour: Colour, view: View, on canvas: inout Canvas
  ) {
    var height = foot + step
    while height < top {
      canvas.fill(view.front(left, right, height - 0.012, height + 0.004, away), colour)
      height += step
    }
  }

  /// A window facing the camera: frame, panes with a reflection, bars.
  static func window(
    _ left: Float, _ right: Float, _ foot: Float, _ top: Float, _ away: Float, glass: Paint,
    frame: Colour, view: View, on canvas: inout Canvas
  ) {
    canvas.fill(view.front(left - 0.1, right + 0.1, foot - 0.1, top + 0.1, away), frame)
    canvas.fill(
      view.front(left - 0.16, right + 0.16, foot - 0.16, foot - 0.08, away - 0.05),
      frame.lit(1.08))
    canvas.fill(view.front(left, right, foot, top, away), glass)
    let middle = (left + right) / 2
    canvas.fill(
      view.path([
        Place(mix(left, right, 0.12), foot, away), Place(mix(left, right, 0.3), foot, away),
        Place(mix(left, right, 0.62), top, away), Place(mix(left, right, 0.44), top, away),
      ]), Colour(1, 1, 1, 0.1))
    canvas.fill(view.front(middle - 0.025, middle + 0.025, foot, top, away), frame)
    let bar = mix(foot, top, 0.6)
    canvas.fill(view.front(left, right, bar - 0.02, bar + 0.02, away), frame)
    canvas.fill(
      view.front(left, right, top - 0.07, top, away), Colour(0, 0, 0, 0.25))
  }

  /// A terracotta pot with a round plant, standing at a place.
  static func pot(at place: Place, size: Float, view: View, seed: UInt64, on canvas: inout Canvas) {
    Shade.contact(at: place, radius: size * 0.7, strength: 0.4, view: view, on: &canvas)
    let scale = view.scale(place) * size
    let foot = view.point(place)
    let clay = Colour(hex: 0xB0623F)
    canvas.fill(
      Path([
        foot + Point(-0.3, 0) * scale, foot + Point(0.3, 0) * scale,
        foot + Point(0.42, -0.7) * scale, foot + Point(-0.42, -0.7) * scale,
      ]),
      .linear(
        foot + Point(-0.4, 0) * scale, clay.lit(1.2), foot + Point(0.4, 0) * scale,
        clay.lit(0.6)))
    Foliage(
      foot + Point(0, -1.25) * scale, Point(0.62, 0.72) * scale, colour: Colour(hex: 0x55853F),
      count: 46, every: 0, seed: seed
    ).paint(on: &canvas)
  }
}
