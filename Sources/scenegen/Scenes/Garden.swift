// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A back garden: lawn, board fence, shed, table, flower bed and an apple tree.
struct Garden {
  /// The fence's distance and height.
  static let fence: (away: Float, height: Float) = (7.2, 1.45)

  let view: View
  let isNight: Bool
  private let seed: UInt64
  private let tree: Foliage
  private let shrubs: [Foliage]

  /// The place in a picture size.
  init(size: Point, isNight: Bool, seed: UInt64) {
    let view = View(size: size, focal: 0.66, height: 2.2, pitch: 0.24)
    self.view = view
    self.isNight = isNight
    self.seed = seed
    let crown = Place(3.5, 2.65, 6.3)
    tree = Foliage(
      view.point(crown), Point(1.75, 1.1) * view.scale(crown), colour: Colour(hex: 0x6F9A48),
      count: 240, every: 4, seed: seed)
    shrubs = (0..<7).map { index in
      let place = Place(Float(index) * 1.05 - 2.4, 0.28, 6.95)
      return Foliage(
        view.point(place), Point(0.5, 0.34) * view.scale(place),
        colour: Colour(hex: index % 2 == 0 ? 0x588B45 : 0x7FA052), count: 44, every: 7,
        seed: seed &+ UInt64(index) &+ 11)
    }
  }

  /// Paints everything that stands still.
  func paint(on canvas: inout Canvas) {
    let horizon = view.point(0, 0, 60).y
    Scenery.sky(
      Colour(hex: isNight ? 0x07090C : 0x79AEDB), Colour(hex: isNight ? 0x101417 : 0xEAF1EC),
      to: horizon + 30, on: &canvas)
    if !isNight { Scenery.clouds(Colour(1, 1, 1, 0.8), seed: seed &+ 5, on: &canvas) }
    hills(&canvas)
    Scenery.grass(
      view.floor(-14, 14, 0.8, 9), view: view, near: Colour(hex: 0x6FA04B),
      far: Colour(hex: 0x93BA66), seed: seed, on: &canvas)
    boards(&canvas)
    shed(&canvas)
    bed(&canvas)
    patio(&canvas)
    Scenery.blades(
      -6, 6, 2.2, 6, colour: Colour(hex: 0x86B55A), count: 900, view: view, seed: seed, on: &canvas)
    let trunk = Place(3.5, 0, 6.3)
    Shade.contact(at: trunk, radius: 1.3, strength: 0.34, view: view, on: &canvas)
    canvas.fill(
      .tube([
        .init(view.point(trunk), 0.2 * view.scale(trunk)),
        .init(view.point(trunk + Place(-0.05, 1.1, 0)), 0.13 * view.scale(trunk)),
        .init(view.point(trunk + Place(0.2, 2.2, 0)), 0.1 * view.scale(trunk)),
      ]), Colour(hex: 0x6A5340))
    tree.paint(on: &canvas)
    apples(&canvas)
  }

  /// Draws what the wind moves.
  func breathe(_ time: Float, on canvas: inout Canvas) {
    tree.draw(time, wind: 0.9, on: &canvas)
    for shrub in shrubs { shrub.draw(time, wind: 0.5, on: &canvas) }
  }

  private func hills(_ canvas: inout Canvas) {
    let tone = Colour(hex: isNight ? 0x14181A : 0x8FAF86)
    canvas.fill(view.front(-40, 40, -4, 1.6, 24), tone.lit(0.9))
    for index in 0..<44 {
      let place = Place(Float(index) * 1.2 - 26, 1.4 + Hash.unit(index, seed) * 2.0, 22)
      let radii = Point(1.7, 1.6) * view.scale(place)
      canvas.fill(
        .ellipse(view.point(place), radii), tone.lit(0.85 + 0.3 * Hash.unit(index + 9, seed)))
    }
  }

  private func boards(_ canvas: inout Canvas) {
    let wood = Colour(hex: isNight ? 0x8A7B68 : 0xB18A5C)
    let (away, height) = Self.fence
    var right: Float = -9
    var index = 0
    while right < 9 {
      let tone = wood.lit(0.84 + 0.3 * Hash.unit(index, seed &+ 3))
      let top = view.point(right, height, away)
      let foot = view.point(right, 0, away)
      canvas.fill(
        view.front(right, right + 0.17, 0, height + 0.02 * Hash.unit(index + 30, seed), away),
        .linear(top, tone.lit(1.06), foot, tone.lit(0.72)))
      right += 0.185
      index += 1
    }
    for post in -4..<5 {
      let middle = Float(post) * 2.1
      canvas.fill(
        view.front(middle - 0.07, middle + 0.07, 0, height + 0.1, away - 0.04), wood.lit(0.7))
    }
    canvas.fill(view.front(-9, 9, height - 0.03, height + 0.05, away - 0.03), wood.lit(1.1))
  }

  private func shed(_ canvas: inout Canvas) {
    let wall = Colour(hex: isNight ? 0x6E7A78 : 0x7C9A97)
    let away: Float = 6.2
    canvas.fill(view.side(-2.75, away, 7.6, 0, 2.0), wall.lit(0.62))
    canvas.fill(
      view.front(-5.2, -2.75, 0, 2.0, away),
      .linear(
        view.point(-5, 2, away), wall.lit(1.08), view.point(-3, 0, away), wall.lit(0.85)))
    for board in 0..<12 {
      let right = -5.2 + Float(board) * 0.21
      canvas.fill(view.front(right, right + 0.018, 0, 2.0, away), wall.lit(0.7))
    }
    canvas.fill(
      view.path([
        Place(-5.4, 1.95, away - 0.15), Place(-2.6, 1.95, away - 0.15),
        Place(-2.6, 2.5, away + 1.5), Place(-5.4, 2.5, away + 1.5),
      ]), Colour(hex: 0x5C4A44))
    canvas.fill(view.front(-4.0, -3.1, 0, 1.75, away - 0.01), Colour(hex: 0xE6E0D0).lit(0.9))
    canvas.fill(view.front(-3.93, -3.17, 0.05, 1.69, away - 0.02), wall.lit(0.9))
    canvas.fill(
      .ellipse(
        view.point(-3.25, 0.85, away), Point(repeating: 0.035 * view.scale(Place(-3, 1, away)))),
      Colour(hex: 0xD8B75E))
    Scenery.window(
      -4.95, -4.3, 1.0, 1.55, away - 0.02, glass: .flat(Colour(hex: isNight ? 0x20262B : 0x5C7685)),
      frame: Colour(hex: 0xE6E0D0).lit(0.92), view: view, on: &canvas)
  }

  private func bed(_ canvas: inout Canvas) {
    canvas.fill(
      view.floor(-2.7, 4.6, 6.7, 7.15), .flat(Colour(hex: 0x5A4331)),
      mottle: Mottle(strength: 0.3, scale: view.size / 120, seed: seed))
    for shrub in shrubs { shrub.paint(on: &canvas) }
    let hues: [UInt32] = [0xE46F7E, 0xF0D36A, 0xFFFFFF, 0xB48AD6]
    for index in 0..<70 {
      let place = Place(
        -2.6 + 7 * Hash.unit(index, seed), 0.2 + 0.35 * Hash.unit(index + 70, seed), 6.8)
      let radius = (0.02 + 0.03 * Hash.unit(index + 33, seed)) * view.scale(place)
      canvas.fill(.ellipse(view.point(place), Point(radius, radius)), Colour(hex: hues[index % 4]))
    }
  }

  private func patio(_ canvas: inout Canvas) {
    let stone = Colour(hex: 0xB9B1A2)
    for row in 0..<3 {
      for column in -5..<5 {
        let left = Float(column) * 0.62 + (row % 2 == 0 ? 0 : 0.3)
        let near = 1.55 + Float(row) * 0.48
        canvas.fill(
          view.floor(left, left + 0.59, near, near + 0.45),
          .flat(stone.lit(0.85 + 0.25 * Hash.unit(row * 20 + column, seed))),
          mottle: Mottle(strength: 0.1, scale: view.size / 90, seed: seed))
      }
    }
    let table = Place(-2.4, 0, 3.7)
    Shade.contact(at: table, radius: 0.7, strength: 0.36, view: view, on: &canvas)
    let metal = Colour(hex: 0x4A5754)
    for leg in [Float(-0.32), 0.32] {
      canvas.fill(
        .stroke(
          view.point(table + Place(leg, 0, 0)), view.point(table + Place(leg * 0.5, 0.68, 0)),
          width: 0.035 * view.scale(table)), metal)
    }
    let top = table + Place(0, 0.7, 0)
    canvas.fill(
      .ellipse(view.point(top), Point(0.55, 0.17) * view.scale(top)), metal.lit(1.5))
    Scenery.pot(at: top, size: 0.2, view: view, seed: seed &+ 21, on: &canvas)
  }

  private func apples(_ canvas: inout Canvas) {
    for index in 0..<16 {
      let turn = Hash.unit(index, seed) * 6.28
      let out = 0.4 + 0.5 * Hash.unit(index + 20, seed)
      let place = Place(3.5 + cos(turn) * out * 1.5, 2.6 + sin(turn) * out * 0.9, 6.2)
      let radius = 0.055 * view.scale(place)
      let centre = view.point(place)
      canvas.fill(
        .ellipse(centre, Point(radius, radius)),
        .radial(
          centre - Point(radius, radius) * 0.4, Point(radius, radius) * 1.6,
          Colour(hex: 0xF07A55), Colour(hex: 0x9E2B25)))
    }
  }
}
