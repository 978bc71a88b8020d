// SPDX-License-Identifier: Apache-2.0

/// A plain room with a marked floor and a chart on the wall, for staff to test a camera.
struct TestBench {
  let view: View
  private let seed: UInt64
  private let wall: Float = 5

  /// The place in a picture size.
  init(size: Point, seed: UInt64) {
    view = View(size: size, focal: 0.6, height: 2.1, pitch: 0.19)
    self.seed = seed
  }

  /// Paints everything that stands still.
  func paint(on canvas: inout Canvas) {
    let paint = Colour(hex: 0xCBD2D6)
    canvas.fill(.rectangle(Point(0, 0), view.size), paint.lit(0.85))
    canvas.fill(
      view.front(-4.4, 4.4, 0, 3.0, wall),
      .linear(
        view.point(0, 3, wall), paint.lit(1.1), view.point(0, 0, wall), paint.lit(0.9)))
    canvas.fill(view.side(-4.4, 0.5, wall, 0, 3.0), paint.lit(0.84))
    canvas.fill(view.side(4.4, 0.5, wall, 0, 3.0), paint.lit(0.8))
    canvas.fill(
      view.floor(-4.4, 4.4, 0.4, wall),
      .linear(
        view.point(0, 0, 1.5), Colour(hex: 0x9AA3A6), view.point(0, 0, wall),
        Colour(hex: 0x828B8F)),
      mottle: Mottle(strength: 0.05, scale: view.size / 40, seed: seed))
    canvas.fill(view.front(-4.4, 4.4, 0, 0.1, wall), Colour(hex: 0x4C555B))
    tape(&canvas)
    chart(&canvas)
    cabinet(&canvas)
  }

  private func tape(_ canvas: inout Canvas) {
    let yellow = Colour(hex: 0xE8C440)
    for step in -4...4 {
      let right = Float(step)
      canvas.fill(view.floor(right - 0.02, right + 0.02, 1.4, 4.8), yellow.opacity(0.85))
    }
    for step in 2...4 {
      let away = Float(step)
      canvas.fill(view.floor(-4.2, 4.2, away - 0.02, away + 0.02), yellow.opacity(0.85))
      Lettering.draw(
        "\(step).0", at: view.point(-1.95, 0, away + 0.16), dot: max(1, view.size.x / 480),
        hasPlate: false, on: &canvas)
    }
  }

  private func chart(_ canvas: inout Canvas) {
    canvas.fill(view.front(-1.72, 1.72, 0.88, 2.42, wall), Colour(hex: 0x23282C))
    canvas.fill(view.front(-1.65, 1.65, 0.95, 2.35, wall), Colour(hex: 0xF4F4F0))
    let hues: [UInt32] = [0xC9423A, 0xE28A33, 0xE9CF47, 0x4C9A55, 0x3B7FB5, 0x6A4F9C]
    for (index, hue) in hues.enumerated() {
      let left = -1.55 + Float(index) * 0.52
      canvas.fill(view.front(left, left + 0.48, 1.72, 2.25, wall), Colour(hex: hue))
    }
    for step in 0..<10 {
      let left = -1.55 + Float(step) * 0.31
      let grey = Float(step) / 9
      canvas.fill(view.front(left, left + 0.31, 1.38, 1.66, wall), Colour(grey, grey, grey, 1))
    }
    for bar in 0..<24 {
      let left = -1.55 + Float(bar) * 0.13
      let wide = 0.1 - Float(bar) * 0.0035
      canvas.fill(view.front(left, left + wide, 1.05, 1.3, wall), Colour(hex: 0x16191C))
    }
  }

  private func cabinet(_ canvas: inout Canvas) {
    let steel = Colour(hex: 0x6F8794)
    canvas.fill(view.side(-3.0, 4.3, wall, 0, 1.5), steel.lit(0.75))
    canvas.fill(
      view.front(-4.2, -3.0, 0, 1.5, 4.3),
      .linear(
        view.point(-4.2, 1.5, 4.3), steel.lit(1.15), view.point(-3, 0, 4.3), steel.lit(0.8)))
    for drawer in 0..<3 {
      let foot = 0.1 + Float(drawer) * 0.46
      canvas.fill(view.front(-4.14, -3.06, foot, foot + 0.42, 4.29), steel.lit(0.92))
      canvas.fill(view.front(-3.75, -3.45, foot + 0.28, foot + 0.32, 4.27), steel.lit(1.5))
    }
    Scenery.pot(at: Place(-3.6, 1.5, 4.6), size: 0.34, view: view, seed: seed, on: &canvas)
    Scenery.pot(at: Place(3.4, 0, 4.4), size: 0.6, view: view, seed: seed &+ 9, on: &canvas)
  }
}
