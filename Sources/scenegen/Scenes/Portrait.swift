// SPDX-License-Identifier: Apache-2.0

/// A face that drifts by known steps before an even wall: what an attack on frost by stacking frames
/// is measured on.
///
/// The face is a square, an eighth of the picture's width a side: four cells across at *frosted* of
/// an unknown camera. With r being 1/32 of the width and p being 2r + 1, frame n has it
/// `n · 7919 mod p − r` pixels right of 7/16 of the width and `⌊n · 4801 / p⌋ mod p − r` below 7/18
/// of the height: hundreds of places within two cells.
enum Portrait {
  /// The scene of a format; the seed decides who it is.
  static func scene(_ format: ClipFormat) -> Scene {
    let rate = Float(format.framesPerSecond)
    return Scene(
      name: "portrait", camera: "", source: "staff-test", consent: nil,
      recorded: .init(date: "", hour: 0, minute: 0, second: 0, zone: ""), alert: ("", 0),
      predictions: [], width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond, seconds: format.seconds
    ) { size, seed in
      let face = Face(seed)
      return Act(
        grade: Grade(noise: 0),
        paint: { $0.fill(.rectangle(Point(0, 0), size), wall) }
      ) { canvas, time in
        face.draw(at: place(Int((time * rate).rounded()), size), side: size.x / 8, on: &canvas)
      }
    }
  }

  private static let wall = Colour(0.5, 0.5, 0.5, 1)

  /// The face's upper left corner in a frame.
  private static func place(_ frame: Int, _ size: Point) -> Point {
    let reach = Int(size.x) / 32
    let places = 2 * reach + 1
    let origin = Point((size.x * 7 / 16).rounded(.down), (size.y * 7 / 18).rounded(.down))
    return origin
      + Point(
        Float(frame * 7919 % places - reach), Float(frame * 4801 / places % places - reach))
  }
}

/// One of many faces, drawn in the square about it.
private struct Face {
  private let seed: UInt64

  init(_ seed: UInt64) { self.seed = seed }

  /// A share from 0 to 1 that this face has in one respect.
  private func share(_ respect: Int) -> Float { Hash.unit(respect, seed) }

  func draw(at corner: Point, side: Float, on canvas: inout Canvas) {
    func at(_ x: Float, _ y: Float) -> Point { corner + Point(x, y) * side }
    func ellipse(_ x: Float, _ y: Float, _ wide: Float, _ high: Float, _ grey: Float) {
      canvas.fill(
        .ellipse(at(x, y), Point(wide, high) * side), Colour(grey, grey, grey, 1))
    }
    func stroke(
      _ x: Float, _ y: Float, _ toX: Float, _ toY: Float, _ width: Float, _ grey: Float
    ) {
      canvas.fill(
        .stroke(at(x, y), at(toX, toY), width: width * side), Colour(grey, grey, grey, 1))
    }
    let skin = 0.62 + 0.25 * share(0)
    let hair = 0.06 + 0.3 * share(1)
    let apart = 0.16 + 0.05 * share(2)
    let eyes = 0.42 + 0.06 * share(3)
    ellipse(0.5, 0.42, 0.48, 0.41, hair)
    ellipse(0.5, 0.53, 0.34 + 0.06 * share(4), 0.44, skin)
    // Hair over the forehead, parted on one side.
    ellipse(0.3 + 0.4 * share(5), 0.16, 0.3, 0.1 + 0.08 * share(6), hair)
    ellipse(0.5, 0.72, 0.24, 0.2, skin * 0.93)
    for sign: Float in [-1, 1] {
      let x = 0.5 + sign * apart
      ellipse(x, eyes, 0.085, 0.045, 0.95)
      ellipse(x, eyes, 0.035, 0.042, 0.1)
      stroke(x - 0.09, eyes - 0.09, x + 0.09, eyes - 0.1, 0.025 + 0.025 * share(7), hair)
      if share(8) > 0.5 {
        stroke(x - 0.1, eyes + 0.07, x + 0.1, eyes + 0.07, 0.02, 0.12)
        stroke(x - 0.1 * sign, eyes, 0.5, eyes, 0.02, 0.12)
      }
      ellipse(0.5 + sign * 0.05, 0.63, 0.025, 0.018, skin * 0.45)
    }
    stroke(0.5, eyes + 0.02, 0.48, 0.6, 0.03, skin * 0.85)
    let mouth = 0.74 + 0.03 * share(9)
    stroke(0.36, mouth, 0.64, mouth + 0.04 * (share(10) - 0.5), 0.035 + 0.03 * share(11), 0.3)
    if share(12) > 0.6 { ellipse(0.5, 0.88, 0.18, 0.08, hair) }
  }
}
