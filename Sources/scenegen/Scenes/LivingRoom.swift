// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A living room: window with curtains, sofa, lamp, shelf, rug, pictures and a plant.
struct LivingRoom {
  /// The distance of the back wall.
  static let wall: Float = 4.6

  let view: View
  private let seed: UInt64
  private let plant: Foliage

  /// The place in a picture size.
  init(size: Point, seed: UInt64) {
    let view = View(size: size, focal: 0.6, height: 1.95, pitch: 0.24)
    self.view = view
    self.seed = seed
    let leaves = Place(3.0, 1.02, 4.2)
    plant = Foliage(
      view.point(leaves), Point(0.42, 0.55) * view.scale(leaves), colour: Colour(hex: 0x4F7F4A),
      count: 70, every: 9, seed: seed)
  }

  /// Paints everything that stands still.
  func paint(on canvas: inout Canvas) {
    shell(&canvas)
    window(&canvas)
    pictures(&canvas)
    shelf(&canvas)
    rug(&canvas)
    sofa(&canvas)
    lamp(&canvas)
    let pot = Place(3.0, 0, 4.2)
    Scenery.pot(at: pot, size: 0.5, view: view, seed: seed &+ 2, on: &canvas)
    plant.paint(on: &canvas)
    sunlight(&canvas)
  }

  /// Draws a curtain: panels with folds that sway by `sway` metres at the hem.
  func curtain(_ time: Float, sway: Float, on canvas: inout Canvas) {
    for (left, right) in [(Float(-2.45), Float(-1.55)), (-0.25, 0.65)] {
      let folds = 9
      for fold in 0..<folds {
        func edge(_ share: Float, _ height: Float) -> Place {
          let drop = (2.45 - height) / 2.35
          let wave =
            sin(time * 1.9 + share * 4.2 - drop * 1.6 + left) * 0.6
            + 0.4 * sin(time * 3.3 + share * 7)
          let push = sway * drop * drop
          return Place(
            mix(left, right, share) + wave * push * 0.8 + push * 0.7, height,
            Self.wall - 0.12 - abs(wave) * push)
        }
        let from = Float(fold) / Float(folds)
        let to = Float(fold + 1) / Float(folds)
        let heights: [Float] = [2.45, 2.0, 1.5, 1.0, 0.5, 0.1]
        let outline = heights.map { edge(from, $0) } + heights.reversed().map { edge(to, $0) }
        let tone = Colour(hex: 0xD9A05B)
        let start = view.point(edge(from, 1.2))
        let end = view.point(edge(to, 1.2))
        canvas.fill(
          view.path(outline), .linear(start, tone.lit(1.16), end + Point(0.01, 0), tone.lit(0.7)))
      }
    }
    canvas.fill(view.front(-2.6, 0.8, 2.44, 2.5, Self.wall - 0.15), Colour(hex: 0x6B5440))
  }

  private func shell(_ canvas: inout Canvas) {
    let wall = Colour(hex: 0xD8CDBB)
    let away = Self.wall
    canvas.fill(.rectangle(Point(0, 0), view.size), wall.lit(0.7))
    canvas.fill(
      view.front(-3.8, 3.8, 0, 2.8, away),
      .linear(
        view.point(-3, 2.5, away), wall.lit(1.08), view.point(3.5, 0, away), wall.lit(0.82)),
      mottle: Mottle(strength: 0.04, scale: view.size / 9, seed: seed))
    canvas.fill(view.side(-3.8, 0.5, away, 0, 2.8), .flat(wall.lit(0.8)))
    canvas.fill(view.side(3.8, 0.5, away, 0, 2.8), .flat(wall.lit(0.72)))
    canvas.fill(view.floor(-3.8, 3.8, 0.5, away, height: 2.8), Colour(hex: 0xEDE8DE))
    let wood = Colour(hex: 0xA9794C)
    canvas.fill(view.floor(-3.8, 3.8, 0.4, away), wood)
    for board in 0..<30 {
      let left = -3.8 + Float(board) * 0.2533
      var near: Float = 0.4 - Hash.unit(board, seed) * 1.2
      var piece = 0
      while near < away {
        let far = min(away, near + 1.3)
        let tone = wood.lit(0.82 + 0.34 * Hash.unit(board * 9 + piece, seed))
        if far > 0.5 {
          canvas.fill(
            view.floor(left, left + 0.24, max(0.4, near), far - 0.015), .flat(tone),
            mottle: Mottle(strength: 0.1, scale: view.size / Point(120, 20), seed: seed))
        }
        near += 1.3
        piece += 1
      }
    }
    canvas.fill(view.front(-3.8, 3.8, 0, 0.12, away), Colour(hex: 0xF3EFE6))
  }

  private func window(_ canvas: inout Canvas) {
    let away = Self.wall
    Scenery.window(
      -2.0, 0.2, 0.95, 2.3, away,
      glass: .linear(
        view.point(-1, 2.3, away), Colour(hex: 0xA9D0EC), view.point(-1, 0.95, away),
        Colour(hex: 0xEFF3E4)), frame: Colour(hex: 0xF7F4EC), view: view, on: &canvas)
    for index in 0..<6 {
      let middle = view.point(-1.9 + Float(index) * 0.4, 1.12, away)
      let radii = Point(0.28, 0.2 + 0.1 * Hash.unit(index, seed)) * view.scale(Place(0, 1, away))
      canvas.fill(.ellipse(middle, radii), Colour(hex: 0x8DB183, 0.75))
    }
    canvas.fill(view.front(-2.1, 0.3, 0.7, 0.86, away), Colour(hex: 0xD8CDBB).lit(0.95))
    canvas.fill(view.front(-0.93, -0.87, 0.95, 2.3, away), Colour(hex: 0xF7F4EC))
  }

  private func pictures(_ canvas: inout Canvas) {
    let away = Self.wall
    let frames: [(Float, Float, Float, Float, UInt32, UInt32)] = [
      (1.15, 1.75, 1.35, 2.15, 0x3E6A7D, 0xE0B060), (1.95, 2.45, 1.65, 2.2, 0xB5564A, 0xF0D9B0),
      (1.95, 2.45, 1.05, 1.5, 0x6E8B5B, 0xEDE6C8),
    ]
    for (left, right, foot, top, first, second) in frames {
      canvas.fill(
        view.front(left + 0.03, right + 0.04, foot - 0.05, top - 0.02, away),
        Colour(0.1, 0.08, 0.05, 0.25))
      canvas.fill(view.front(left, right, foot, top, away), Colour(hex: 0x4A3A2C))
      canvas.fill(
        view.front(left + 0.05, right - 0.05, foot + 0.05, top - 0.05, away),
        .linear(
          view.point(left, top, away), Colour(hex: second), view.point(right, foot, away),
          Colour(hex: first)))
      let sun = view.point(mix(left, right, 0.64), mix(foot, top, 0.66), away)
      let radius = 0.07 * view.scale(Place(left, foot, away))
      canvas.fill(.ellipse(sun, Point(radius, radius)), Colour(hex: second).lit(1.2))
    }
  }

  private func shelf(_ canvas: inout Canvas) {
    let wood = Colour(hex: 0x7A5A3E)
    let away: Float = 4.2
    canvas.fill(view.front(-3.75, -2.7, 0, 1.9, away), wood.lit(0.55))
    canvas.fill(view.side(-2.7, away, Self.wall, 0, 1.9), wood.lit(0.75))
    for level in 0..<4 {
      let foot = 0.08 + Float(level) * 0.45
      canvas.fill(view.front(-3.75, -2.7, foot - 0.05, foot, away - 0.02), wood)
      var left: Float = -3.7
      var index = level * 20
      while left < -2.85 {
        let wide = 0.045 + 0.05 * Hash.unit(index, seed)
        let tall = 0.24 + 0.12 * Hash.unit(index + 300, seed)
        let hues: [UInt32] = [0x9C4A3F, 0x3F5F73, 0xC9A35A, 0x5D7351, 0xD9CFBB, 0x6C4A63]
        canvas.fill(
          view.front(left, left + wide, foot, foot + tall, away - 0.01),
          Colour(hex: hues[index % hues.count]))
        left += wide + 0.008
        index += 1
      }
    }
    canvas.fill(view.front(-3.78, -2.68, 1.86, 1.92, away - 0.02), wood.lit(1.1))
  }

  private func rug(_ canvas: inout Canvas) {
    let middle = Place(0.3, 0, 2.9)
    let rings: [(Float, UInt32)] = [
      (1.75, 0x7D3E38), (1.6, 0xD9C49A), (1.5, 0x8E4A41), (0.8, 0xC9A36A),
    ]
    for (radius, hue) in rings {
      let far = view.point(middle + Place(0, 0, radius * 0.62)).y
      let near = view.point(middle - Place(0, 0, radius * 0.62)).y
      let centre = Point(view.point(middle).x, (far + near) / 2)
      canvas.fill(
        .ellipse(centre, Point(radius * view.scale(middle), (near - far) / 2)),
        .flat(Colour(hex: hue)),
        mottle: Mottle(strength: 0.12, scale: view.size / 140, seed: seed))
    }
  }

  private func sofa(_ canvas: inout Canvas) {
    let cloth = Colour(hex: 0x4F7280)
    Shade.contact(at: Place(1.6, 0, 3.75), radius: 1.6, strength: 0.4, view: view, on: &canvas)
    canvas.fill(
      .smooth(
        [
          view.point(0.62, 0.2, 4.2), view.point(0.6, 0.95, 4.2), view.point(0.75, 1.04, 4.2),
          view.point(2.5, 1.04, 4.2), view.point(2.65, 0.95, 4.2), view.point(2.65, 0.2, 4.2),
        ], steps: 4),
      .linear(view.point(1, 1.05, 4.2), cloth.lit(1.12), view.point(1, 0.2, 4.2), cloth.lit(0.6)))
    for (left, right) in [(Float(0.75), Float(1.6)), (1.63, 2.5)] {
      canvas.fill(
        view.front(left, right, 0.45, 0.95, 4.1),
        .linear(
          view.point(left, 0.95, 4.1), cloth.lit(1.2), view.point(right, 0.45, 4.1),
          cloth.lit(0.8)))
      canvas.fill(view.floor(left, right, 3.5, 4.1, height: 0.47), cloth.lit(1.25))
      canvas.fill(view.front(left, right, 0.28, 0.47, 3.5), cloth.lit(0.95))
    }
    canvas.fill(view.front(0.7, 2.55, 0.1, 0.28, 3.5), cloth.lit(0.62))
    for left in [Float(0.42), 2.5] {
      canvas.fill(view.floor(left, left + 0.3, 3.45, 4.2, height: 0.68), cloth.lit(1.3))
      canvas.fill(
        view.front(left, left + 0.3, 0.1, 0.68, 3.45),
        .linear(
          view.point(left, 0.68, 3.45), cloth.lit(1.05), view.point(left, 0.1, 3.45),
          cloth.lit(0.6)))
    }
    for (right, hue) in [(Float(0.98), UInt32(0xE0A458)), (2.2, 0xC8593F)] {
      let centre = view.point(right, 0.7, 3.95)
      let reach = 0.2 * view.scale(Place(right, 0.7, 3.95))
      canvas.fill(
        .smooth([
          centre + Point(-1, -0.8) * reach, centre + Point(1, -0.9) * reach,
          centre + Point(1, 0.85) * reach, centre + Point(-1, 0.9) * reach,
        ]),
        .linear(
          centre - Point(reach, reach), Colour(hex: hue).lit(1.15), centre + Point(reach, reach),
          Colour(hex: hue).lit(0.7)))
    }
  }

  private func lamp(_ canvas: inout Canvas) {
    let foot = Place(0.25, 0, 4.25)
    let metal = Colour(hex: 0x3D3630)
    canvas.fill(
      .stroke(
        view.point(foot), view.point(foot + Place(0, 1.4, 0)), width: 0.03 * view.scale(foot)),
      metal)
    canvas.fill(
      .ellipse(view.point(foot), Point(0.15, 0.045) * view.scale(foot)), metal)
    canvas.fill(
      view.path([
        foot + Place(-0.22, 1.35, 0), foot + Place(0.22, 1.35, 0), foot + Place(0.14, 1.7, 0),
        foot + Place(-0.14, 1.7, 0),
      ]),
      .linear(
        view.point(foot + Place(0, 1.7, 0)), Colour(hex: 0xF2E6CC),
        view.point(foot + Place(0, 1.35, 0)), Colour(hex: 0xFFF4D6)))
  }

  /// The patch of sun that falls through the window.
  private func sunlight(_ canvas: inout Canvas) {
    for (left, right) in [(Float(-1.75), Float(-0.95)), (-0.83, -0.05)] {
      canvas.fill(
        view.path([
          Place(left + 0.35, 0, 3.6), Place(right + 0.35, 0, 3.6), Place(right + 1.0, 0, 2.1),
          Place(left + 1.0, 0, 2.1),
        ]), .flat(Colour(0.36, 0.3, 0.16, 1)), blend: .light)
    }
  }
}
