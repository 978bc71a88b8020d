// SPDX-License-Identifier: Apache-2.0

/// A house seen from its front path: porch, door, two windows, steps, railing and lawn.
struct FrontYard {
  /// The colours of the house and whether it is night.
  struct Palette {
    var wall = Colour(hex: 0xC9D3D6)
    var trim = Colour(hex: 0xF4F1E8)
    var door = Colour(hex: 0x8E3B34)
    var roof = Colour(hex: 0x5B5450)
    var isNight = false
  }

  /// Where the porch's floor lies, in metres above the ground.
  static let deck: Float = 0.3
  /// The distance of the house's wall.
  static let wall: Float = 6.6
  /// The distance of the porch's front edge.
  static let edge: Float = 5.1

  let view: View
  let palette: Palette
  private let seed: UInt64
  private let tree: Foliage
  private let bushes: [Foliage]

  /// The place in a picture size; mirrored for a second house.
  init(size: Point, palette: Palette, isMirrored: Bool = false, seed: UInt64) {
    var view = View(size: size, focal: 0.6, height: 2.4, pitch: 0.26)
    view.isMirrored = isMirrored
    self.view = view
    self.palette = palette
    self.seed = seed
    let leaf = Colour(hex: 0x5F8A45)
    let crown = Place(-6.6, 3.4, 9.4)
    tree = Foliage(
      view.point(crown), Point(2.0, 1.7) * view.scale(crown), colour: leaf, count: 260,
      seed: seed)
    bushes = [Float(-4.35), -3.45, -2.6].enumerated().map { index, right in
      let place = Place(right, 0.38, Self.edge + 0.5)
      return Foliage(
        view.point(place), Point(0.58, 0.46) * view.scale(place),
        colour: Colour(hex: index == 1 ? 0x6B8F4A : 0x4F7C43), count: 70, every: 6,
        seed: seed &+ UInt64(index) &+ 7)
    }
  }

  /// Paints everything that stands still.
  func paint(on canvas: inout Canvas) {
    surroundings(&canvas)
    house(&canvas)
    openings(&canvas)
    porch(&canvas)
    for bush in bushes { bush.paint(on: &canvas) }
  }

  /// Draws what the wind moves.
  func breathe(_ time: Float, on canvas: inout Canvas) {
    tree.draw(time, wind: 1, on: &canvas)
    for bush in bushes { bush.draw(time, wind: 0.6, on: &canvas) }
  }

  /// Draws the posts and the railing again, over those who stand behind them.
  func foreground(on canvas: inout Canvas) {
    let trim = palette.trim.lit(0.94)
    let away = Self.edge
    for right in [Float(-1.75), 3.35] {
      let scale = view.point(right, 1, away)
      canvas.fill(
        view.front(right - 0.085, right + 0.085, Self.deck, 2.72, away),
        .linear(scale - Point(9, 0), trim.lit(1.05), scale + Point(9, 0), trim.lit(0.72)))
      canvas.fill(view.front(right - 0.13, right + 0.13, Self.deck, 0.46, away), trim)
      canvas.fill(view.front(right - 0.13, right + 0.13, 2.56, 2.72, away), trim)
    }
    var rail = Path()
    rail.add(view.front(1.0, 3.35, 1.1, 1.17, away))
    rail.add(view.front(1.0, 3.35, 0.42, 0.47, away))
    rail.add(view.front(0.94, 1.06, Self.deck, 1.24, away))
    var right: Float = 1.2
    while right < 3.3 {
      rail.add(view.front(right - 0.02, right + 0.02, 0.45, 1.12, away))
      right += 0.19
    }
    canvas.fill(rail, trim.lit(0.97))
  }

  private func surroundings(_ canvas: inout Canvas) {
    let night = palette.isNight
    let horizon = view.point(0, 0, 60).y
    Scenery.sky(
      Colour(hex: night ? 0x0B0D12 : 0x7FB0D8), Colour(hex: night ? 0x15181C : 0xE6EFF0),
      to: horizon + 40, on: &canvas)
    if !night { Scenery.clouds(Colour(1, 1, 1, 0.75), seed: seed, on: &canvas) }
    let far = view.point(-7, 0, 14).y
    canvas.fill(
      .rectangle(Point(0, far - view.size.y * 0.16), Point(view.size.x, view.size.y * 0.3)),
      .linear(
        Point(0, far - view.size.y * 0.16), Colour(hex: night ? 0x20251F : 0x9DB79A),
        Point(0, far), Colour(hex: night ? 0x1B201A : 0x6E8F62)),
      mottle: Mottle(strength: 0.2, scale: view.size / 26, seed: seed))
    Scenery.grass(
      view.floor(-14, 14, 0.9, 14), view: view, near: Colour(hex: night ? 0x6A7A55 : 0x6B9A4B),
      far: Colour(hex: night ? 0x4A573F : 0x8FB56A), seed: seed, on: &canvas)
    fence(&canvas)
    let trunk = Place(-6.6, 0, 9.4)
    canvas.fill(
      .tube([
        .init(view.point(trunk), 0.24 * view.scale(trunk)),
        .init(view.point(trunk + Place(0.05, 2.6, 0)), 0.13 * view.scale(trunk)),
      ]), Colour(hex: 0x5E4A38))
    tree.paint(on: &canvas)
    path(&canvas)
    Scenery.blades(
      -6, 6, 2, 5, colour: Colour(hex: night ? 0x75885F : 0x7FAE58), count: 500, view: view,
      seed: seed, on: &canvas)
  }

  private func fence(_ canvas: inout Canvas) {
    let board = Colour(hex: palette.isNight ? 0x5A5048 : 0xA98C66)
    var right: Float = -14
    while right < -3.9 {
      let shade = 0.85 + 0.3 * Hash.unit(Int(right * 10), seed)
      canvas.fill(view.front(right, right + 0.21, 0, 1.55, 10.5), board.lit(shade))
      right += 0.23
    }
    canvas.fill(view.front(-14, -3.9, 1.2, 1.28, 10.45), board.lit(0.8))
    canvas.fill(view.front(-14, -3.9, 0.3, 0.38, 10.45), board.lit(0.8))
  }

  private func path(_ canvas: inout Canvas) {
    let stone = Colour(hex: palette.isNight ? 0x8B8880 : 0xC9C2B2)
    canvas.fill(view.floor(-0.78, 0.78, 0.9, Self.edge), Colour(hex: 0x7D8A5C))
    var away: Float = 1.0
    var index = 0
    while away < Self.edge - 0.3 {
      let shift = Hash.unit(index, seed) * 0.1 - 0.05
      let tone = stone.lit(0.9 + 0.18 * Hash.unit(index + 90, seed))
      canvas.fill(
        view.floor(-0.7 + shift, -0.03 + shift, away, away + 0.52), .flat(tone),
        mottle: Mottle(strength: 0.12, scale: view.size / 90, seed: seed))
      canvas.fill(
        view.floor(0.03 + shift, 0.7 + shift, away + 0.02, away + 0.54), .flat(tone.lit(0.95)),
        mottle: Mottle(strength: 0.12, scale: view.size / 80, seed: seed))
      away += 0.6
      index += 1
    }
  }

  private func house(_ canvas: inout Canvas) {
    let wall = palette.wall
    let away = Self.wall
    let top = view.point(0, 4.6, away)
    let foot = view.point(0, 0, away)
    canvas.fill(
      view.front(-3.9, 9, 0, 6, away), .linear(top, wall.lit(1.04), foot, wall.lit(0.86)),
      mottle: Mottle(strength: 0.05, scale: view.size / Point(8, 40), seed: seed))
    Scenery.courses(
      -3.9, 9, 0.3, 6, away, step: 0.19, colour: wall.lit(0.76).opacity(0.8), view: view,
      on: &canvas)
    canvas.fill(view.front(-3.98, -3.8, 0, 6, away), palette.trim.lit(0.95))
    canvas.fill(view.front(-3.9, 9, 0, 0.3, away), Colour(hex: 0x8B867D))
    // The porch roof keeps the light off the wall beneath it.
    let shade = view.point(0, 2.7, away)
    canvas.fill(
      view.front(-2.2, 3.8, 0.3, 2.7, away),
      .linear(
        shade, Colour(0.04, 0.06, 0.12, 0.5), view.point(0, 0.6, away),
        Colour(0.04, 0.06, 0.12, 0.1)))
  }

  private func openings(_ canvas: inout Canvas) {
    let away = Self.wall
    let glass = pane(0.95, 2.2)
    Scenery.window(
      1.45, 2.85, 0.98, 2.2, away, glass: glass, frame: palette.trim, view: view, on: &canvas)
    Scenery.window(
      -3.35, -2.35, 1.1, 2.15, away, glass: pane(1.1, 2.15), frame: palette.trim, view: view,
      on: &canvas)
    for (left, right) in [(Float(1.45), Float(1.78)), (2.52, 2.85)] {
      canvas.fill(view.front(left, right, 0.98, 2.15, away), Colour(hex: 0xE9DFC9, 0.55))
    }
    door(&canvas, open: 0)
    let lamp = view.point(0.86, 2.12, away - 0.05)
    let radius = 0.09 * view.scale(Place(0.86, 2.12, away))
    canvas.fill(
      .rectangle(lamp - Point(radius, radius * 1.6), Point(radius * 2, radius * 3.2)),
      Colour(hex: 0x2B2A2A))
    canvas.fill(
      .ellipse(lamp, Point(radius * 0.7, radius * 1.1)), Colour(hex: 0xFFE2A6))
    let number = view.point(-0.95, 1.85, away)
    Lettering.draw(
      palette.isNight ? "27" : "14", at: number, dot: max(1, view.size.x / 640),
      hasPlate: false, on: &canvas)
  }

  private func pane(_ foot: Float, _ top: Float) -> Paint {
    .linear(
      view.point(0, top, Self.wall), Colour(hex: palette.isNight ? 0x1A2028 : 0x9FB9C6),
      view.point(0, foot, Self.wall), Colour(hex: palette.isNight ? 0x10141A : 0x40525E))
  }

  /// Draws the door; 1 is wide open onto a lit hall.
  func door(_ canvas: inout Canvas, open: Float) {
    let away = Self.wall
    let deck = Self.deck
    canvas.fill(view.front(-0.62, 0.62, deck, 2.5, away), palette.trim)
    canvas.fill(
      view.front(-0.5, 0.5, deck, 2.4, away),
      .linear(
        view.point(0, 2.4, away), Colour(hex: 0xF6D9A0), view.point(0, deck, away),
        Colour(hex: 0x8A6A45)))
    let hinge: Float = -0.5
    let free = hinge + (1 - open * 0.86)
    let swing = away + open * 0.7
    func leaf(_ from: Float, _ to: Float, _ foot: Float, _ top: Float) -> Path {
      let start = hinge + (free - hinge) * from
      let end = hinge + (free - hinge) * to
      let near = away + (swing - away) * from
      let deep = away + (swing - away) * to
      return view.path([
        Place(start, foot, near), Place(end, foot, deep), Place(end, top, deep),
        Place(start, top, near),
      ])
    }
    let tone = palette.door.lit(1 - open * 0.3)
    canvas.fill(leaf(0, 1, deck, 2.4), tone)
    for (foot, top) in [(Float(0.45), Float(1.05)), (1.15, 1.6)] {
      for (from, to) in [(Float(0.12), Float(0.45)), (0.55, 0.88)] {
        canvas.fill(leaf(from, to, foot, top), tone.lit(0.78))
        canvas.fill(leaf(from + 0.03, to - 0.03, foot + 0.05, top - 0.04), tone.lit(1.12))
      }
    }
    canvas.fill(
      leaf(0.16, 0.84, 1.75, 2.22), Colour(hex: palette.isNight ? 0x39424A : 0xAFC4CC))
    canvas.fill(leaf(0.86, 0.93, 1.28, 1.36), Colour(hex: 0xD9B45A))
  }

  /// Draws the wall beside the open door again, over those who stand inside.
  func doorFrame(_ canvas: inout Canvas, open: Float) {
    let away = Self.wall
    canvas.fill(view.front(-0.62, -0.5, Self.deck, 2.5, away), palette.trim)
    canvas.fill(view.front(0.5, 0.62, Self.deck, 2.5, away), palette.trim)
    canvas.fill(view.front(-0.62, 0.62, 2.4, 2.5, away), palette.trim)
  }

  private func porch(_ canvas: inout Canvas) {
    let deck = Self.deck
    let edge = Self.edge
    let wood = Colour(hex: palette.isNight ? 0x8C8478 : 0xB59A78)
    canvas.fill(
      view.floor(-1.95, 3.55, edge - 0.08, Self.wall, height: deck),
      .linear(
        view.point(0, deck, edge), wood.lit(1.05), view.point(0, deck, Self.wall),
        wood.lit(0.62)))
    for board in 1..<8 {
      let away = edge + Float(board) * 0.19
      canvas.fill(
        view.floor(-1.95, 3.55, away, away + 0.02, height: deck), wood.lit(0.6).opacity(0.7))
    }
    canvas.fill(view.front(-1.95, 3.55, 0, deck, edge - 0.08), wood.lit(0.6))
    Scenery.courses(
      -1.95, 3.55, 0, deck, edge - 0.08, step: 0.1, colour: wood.lit(0.45), view: view,
      on: &canvas)
    canvas.fill(
      view.floor(-0.85, 0.85, edge - 0.4, edge - 0.08, height: 0.15), wood.lit(0.98))
    canvas.fill(view.front(-0.85, 0.85, 0, 0.15, edge - 0.4), wood.lit(0.66))
    canvas.fill(
      view.floor(-0.42, 0.42, Self.wall - 0.62, Self.wall - 0.1, height: deck),
      Colour(hex: 0x5B5148))
    Scenery.pot(
      at: Place(-1.15, deck, Self.wall - 0.4), size: 0.5, view: view, seed: seed, on: &canvas)
    Scenery.pot(
      at: Place(3.05, deck, Self.wall - 0.4), size: 0.42, view: view, seed: seed &+ 3, on: &canvas)
    roof(&canvas)
  }

  private func roof(_ canvas: inout Canvas) {
    let near = Self.edge - 0.25
    let tone = palette.roof
    canvas.fill(
      view.path([
        Place(-2.25, 2.95, near), Place(3.85, 2.95, near), Place(3.7, 3.75, Self.wall),
        Place(-2.1, 3.75, Self.wall),
      ]),
      .linear(view.point(0, 3.7, Self.wall), tone.lit(1.2), view.point(0, 2.95, near), tone),
      mottle: Mottle(strength: 0.25, scale: view.size / Point(60, 90), seed: seed))
    canvas.fill(
      view.floor(-2.2, 3.8, near, Self.wall, height: 2.72), palette.trim.lit(0.5))
    canvas.fill(view.front(-2.25, 3.85, 2.72, 2.96, near), palette.trim)
    canvas.fill(view.front(-2.25, 3.85, 2.72, 2.76, near), palette.trim.lit(0.7))
  }
}
