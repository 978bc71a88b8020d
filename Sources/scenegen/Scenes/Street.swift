// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The view out of a front door: railing, lawn, picket fence, pavement, road and houses opposite.
struct Street {
  /// The distance of the lane that cars use.
  static let lane: Float = 11.2
  /// The distance of the pavement's middle.
  static let pavement: Float = 8.9

  let view: View
  let isNight: Bool
  private let seed: UInt64
  private let trees: [(trunk: Place, crown: Foliage)]

  /// The place in a picture size.
  init(size: Point, isNight: Bool, seed: UInt64) {
    let view = View(size: size, focal: 0.62, height: 2.5, pitch: 0.2)
    self.view = view
    self.isNight = isNight
    self.seed = seed
    let leaf = Colour(hex: isNight ? 0x2E3B34 : 0x7A9A4A)
    trees = [Place(-6.4, 0, 8.0), Place(7.2, 0, 8.1)].enumerated().map { index, trunk in
      let middle = trunk + Place(0.2, 3.0, 0)
      let crown = Foliage(
        view.point(middle), Point(1.75, 1.45) * view.scale(middle),
        colour: index == 0 ? leaf : leaf.lit(0.9), count: 210, every: 5,
        seed: seed &+ UInt64(index))
      return (trunk, crown)
    }
  }

  /// Paints everything that stands still.
  func paint(on canvas: inout Canvas) {
    let horizon = view.point(0, 0, 90).y
    Scenery.sky(
      Colour(hex: isNight ? 0x0A1020 : 0x86B4DA), Colour(hex: isNight ? 0x2A3046 : 0xF3E3CB),
      to: horizon + 30, on: &canvas)
    if isNight {
      stars(&canvas)
    } else {
      Scenery.clouds(Colour(1, 0.98, 0.94, 0.8), seed: seed, on: &canvas)
    }
    skyline(&canvas)
    for index in 0..<4 { house(index, &canvas) }
    ground(&canvas)
    lampPost(&canvas)
    for (trunk, crown) in trees {
      canvas.fill(
        .tube([
          .init(view.point(trunk), 0.2 * view.scale(trunk)),
          .init(view.point(trunk + Place(0.15, 2.3, 0)), 0.12 * view.scale(trunk)),
        ]), Colour(hex: isNight ? 0x2B2622 : 0x665040))
      crown.paint(on: &canvas)
    }
    fence(&canvas)
  }

  /// Draws what the wind moves.
  func breathe(_ time: Float, on canvas: inout Canvas) {
    for (_, crown) in trees { crown.draw(time, wind: 1, on: &canvas) }
  }

  /// Draws the picket fence along the pavement, over those who pass behind it.
  func fence(_ canvas: inout Canvas) {
    let white = Colour(hex: isNight ? 0x59606E : 0xF1EEE4)
    var path = Path()
    for (start, end) in [(Float(-12), Float(-1.05)), (1.05, 12)] {
      path.add(view.front(start, end, 0.22, 0.29, 7.4))
      path.add(view.front(start, end, 0.56, 0.63, 7.4))
      var right = start
      while right < end {
        path.add(
          view.path([
            Place(right, 0.04, 7.38), Place(right + 0.11, 0.04, 7.38),
            Place(right + 0.11, 0.74, 7.38), Place(right + 0.055, 0.84, 7.38),
            Place(right, 0.74, 7.38),
          ]))
        right += 0.21
      }
    }
    let top = view.point(0, 0.84, 7.38)
    let foot = view.point(0, 0, 7.38)
    canvas.fill(path, .linear(top, white, foot, white.lit(0.72)))
  }

  /// Draws the porch's railing and steps, nearest of all.
  func railing(_ canvas: inout Canvas) {
    let tone = Colour(hex: isNight ? 0x3A3F4C : 0xE9E4D6)
    let floor = Colour(hex: isNight ? 0x2A2622 : 0xA58A68)
    canvas.fill(
      view.floor(-4, 4, 1.4, 2.55, height: 0.5),
      .linear(view.point(0, 0.5, 2.5), floor, view.point(0, 0.5, 1.8), floor.lit(0.8)))
    for (left, right) in [(Float(-4), Float(-0.95)), (0.95, 4)] {
      var path = Path()
      path.add(view.front(left, right, 1.12, 1.2, 2.5))
      path.add(view.front(left, right, 0.6, 0.65, 2.5))
      var bar = left
      while bar < right {
        path.add(view.front(bar + 0.05, bar + 0.085, 0.6, 1.14, 2.5))
        bar += 0.17
      }
      canvas.fill(path, tone)
      let post = left > 0 ? left : right
      canvas.fill(view.front(post - 0.06, post + 0.06, 0.5, 1.3, 2.48), tone.lit(0.93))
    }
  }

  private func stars(_ canvas: inout Canvas) {
    for index in 0..<60 {
      let place = Point(Hash.unit(index, seed), Hash.unit(index + 99, seed) * 0.24) * view.size
      let size = Point(repeating: view.size.x / 1800 * (0.6 + Hash.unit(index + 7, seed)))
      canvas.fill(.ellipse(place, size), Colour(1, 1, 0.95, 0.7))
    }
  }

  private func skyline(_ canvas: inout Canvas) {
    let tone = Colour(hex: isNight ? 0x1A2230 : 0x9DB58F)
    canvas.fill(view.front(-80, 80, -6, 1.5, 36), tone.lit(0.9))
    for index in 0..<26 {
      let right = Float(index) * 3.4 - 44 + Hash.unit(index, seed) * 2
      let place = Place(right, 2 + Hash.unit(index + 40, seed) * 1.5, 34)
      let radii = Point(3.2, 2.4 + Hash.unit(index + 80, seed) * 1.6) * view.scale(place)
      canvas.fill(
        .ellipse(view.point(place), radii), tone.lit(0.85 + 0.3 * Hash.unit(index + 5, seed)))
    }
  }

  private func house(_ index: Int, _ canvas: inout Canvas) {
    let walls: [UInt32] = [0xD9B99B, 0xB9C7C4, 0xE2D6B8, 0xC49A86]
    let roofs: [UInt32] = [0x7A4B3F, 0x545B66, 0x6B5A4A, 0x5A4540]
    let dim: Float = isNight ? 0.24 : 1
    let wall = Colour(hex: walls[index]).lit(dim)
    let left = Float(index) * 8.4 - 17.2
    let right = left + 7
    let away: Float = 20
    let eaves: Float = index % 2 == 0 ? 3.0 : 3.5
    canvas.fill(
      view.front(left, right, 0, eaves, away),
      .linear(
        view.point(left, eaves, away), wall.lit(1.05), view.point(right, 0, away), wall.lit(0.8)))
    Scenery.courses(
      left, right, 0.2, eaves, away, step: 0.32, colour: wall.lit(0.85), view: view, on: &canvas)
    let roof = Colour(hex: roofs[index]).lit(dim)
    canvas.fill(
      view.path([
        Place(left - 0.5, eaves - 0.1, away - 0.4), Place(right + 0.5, eaves - 0.1, away - 0.4),
        Place(right - 1.3, eaves + 2, away + 2), Place(left + 1.3, eaves + 2, away + 2),
      ]),
      .linear(
        view.point(left, eaves + 2, away), roof.lit(1.2), view.point(left, eaves, away), roof),
      mottle: Mottle(strength: 0.16, scale: view.size / Point(80, 140), seed: seed))
    for pane in 0..<2 {
      let start = left + 0.8 + Float(pane) * 3.9
      let isLit = isNight && (index + pane) % 3 == 1
      let glass = Colour(hex: isLit ? 0xF2C56E : isNight ? 0x131926 : 0x6F8B9C)
      Scenery.window(
        start, start + 1.4, 1.1, 2.4, away, glass: .flat(glass),
        frame: Colour(hex: 0xF2EEE3).lit(isNight ? 0.3 : 1), view: view, on: &canvas)
    }
    canvas.fill(
      view.front(left + 2.95, left + 3.9, 0, 2.2, away),
      Colour(hex: index % 2 == 0 ? 0x3E5E6A : 0x7E3F3A).lit(dim))
  }

  private func ground(_ canvas: inout Canvas) {
    let dim: Float = isNight ? 0.3 : 1
    let near = Colour(hex: 0x6F9E4C).lit(dim)
    Scenery.grass(
      view.floor(-30, 30, 1.5, 26), view: view, near: near, far: near.lit(1.15), seed: seed,
      on: &canvas)
    let road = Colour(hex: 0x6A6A6E).lit(dim)
    canvas.fill(
      view.floor(-40, 40, 9.9, 15.2),
      .linear(
        view.point(0, 0, 9.9), road.lit(0.95), view.point(0, 0, 15.2), road.lit(1.1)),
      mottle: Mottle(strength: 0.07, scale: view.size / Point(50, 160), seed: seed))
    for index in -14..<14 {
      let left = Float(index) * 2.6
      canvas.fill(
        view.floor(left, left + 1.2, 12.45, 12.6), Colour(hex: 0xDAD5C0).lit(dim))
    }
    let stone = Colour(hex: 0xC6C0B3).lit(dim)
    for (start, end) in [(Float(8.1), Float(9.75)), (15.4, 16.6)] {
      canvas.fill(view.floor(-40, 40, start, end), stone)
      canvas.fill(view.floor(-40, 40, start - 0.14, start), stone.lit(0.75))
    }
    for index in -20..<20 {
      let left = Float(index) * 1.3
      canvas.fill(view.floor(left, left + 0.03, 8.1, 9.75), stone.lit(0.8))
    }
    canvas.fill(
      view.floor(-0.85, 0.85, 2, 8.1), .flat(stone.lit(0.96)),
      mottle: Mottle(strength: 0.1, scale: view.size / 70, seed: seed))
    Scenery.blades(
      -7, 7, 2.6, 7, colour: near.lit(1.1), count: 700, view: view, seed: seed, on: &canvas)
    flowers(&canvas)
  }

  private func flowers(_ canvas: inout Canvas) {
    let dim: Float = isNight ? 0.35 : 1
    let hues: [UInt32] = [0xE9C34A, 0xD8576B, 0xF2EFE4, 0xA079C9]
    for index in 0..<150 {
      let side: Float = index % 2 == 0 ? -1 : 1
      let right = side * (1.25 + 5.5 * Hash.unit(index, seed))
      let place = Place(right, 0.16 + 0.2 * Hash.unit(index + 50, seed), 7.15)
      let radius = (0.03 + 0.03 * Hash.unit(index + 70, seed)) * view.scale(place)
      canvas.fill(
        .stroke(view.point(Place(right, 0, 7.15)), view.point(place), width: radius * 0.5),
        Colour(hex: 0x4C7A3B).lit(dim))
      canvas.fill(
        .ellipse(view.point(place), Point(radius, radius)), Colour(hex: hues[index % 4]).lit(dim))
    }
  }

  private func lampPost(_ canvas: inout Canvas) {
    let foot = Place(3.6, 0, 15.6)
    canvas.fill(
      .stroke(
        view.point(foot), view.point(foot + Place(0, 4.6, 0)), width: 0.12 * view.scale(foot)),
      Colour(hex: isNight ? 0x20242C : 0x59605F))
    let head = view.point(foot + Place(-0.5, 4.6, 0))
    canvas.fill(
      .stroke(
        view.point(foot + Place(0, 4.6, 0)), head, width: 0.1 * view.scale(foot)),
      Colour(hex: isNight ? 0x20242C : 0x59605F))
    guard isNight else { return }
    let pool = view.point(foot + Place(-0.5, 0, -1.5))
    let wide = Point(5, 1.5) * view.scale(foot)
    canvas.fill(
      .ellipse(pool, wide), .radial(pool, wide, Colour(2.6, 2.0, 1.1, 1), Colour(0, 0, 0, 0)),
      blend: .light)
    let glow = Point(1.3, 1.3) * view.scale(foot)
    canvas.fill(
      .ellipse(head, glow),
      .radial(head, glow, Colour(hex: 0xFFD998, 0.85), Colour(hex: 0xFFD998, 0)))
  }
}
