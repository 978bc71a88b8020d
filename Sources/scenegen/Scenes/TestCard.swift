// SPDX-License-Identifier: Apache-2.0

/// A computed picture whose every part is known: bars, a ramp, a moving block, the frame's number.
enum TestCard {
  /// The bars' colours from the left: 75 % of white, yellow, cyan, green, magenta, red, blue.
  static let bars: [Colour] = [
    Colour(0.75, 0.75, 0.75, 1), Colour(0.75, 0.75, 0, 1), Colour(0, 0.75, 0.75, 1),
    Colour(0, 0.75, 0, 1), Colour(0.75, 0, 0.75, 1), Colour(0.75, 0, 0, 1), Colour(0, 0, 0.75, 1),
  ]

  /// The card as a scene of a format: bars above, the ramp's sixteen greys below them, and on the
  /// lowest quarter a white block that crosses once, and the number of the frame.
  static func scene(_ format: ClipFormat) -> Scene {
    let rate = Float(format.framesPerSecond)
    let count = Float(max(1, format.frameCount - 1))
    return Scene(
      name: "card", camera: "", source: "staff-test", consent: nil,
      recorded: .init(date: "", hour: 0, minute: 0, second: 0, zone: ""), alert: ("", 0),
      predictions: [], width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond, seconds: format.seconds
    ) { size, _ in
      Act(grade: Grade(noise: 0), paint: { paint(size, on: &$0) }) { canvas, time in
        let frame = (time * rate).rounded()
        let side = size.y / 8
        let left = (size.x - side) * min(1, frame / count)
        canvas.fill(
          .rectangle(Point(left, size.y * 0.8125), Point(side, side)), Colour(1, 1, 1, 1))
        let dot = max(1, (size.y / 60).rounded(.down))
        Lettering.draw(
          "\(Int(frame))", at: Point(size.x * 0.04, size.y * 0.08), dot: dot, on: &canvas)
      }
    }
  }

  private static func paint(_ size: Point, on canvas: inout Canvas) {
    let wide = size.x / Float(bars.count)
    for (index, colour) in bars.enumerated() {
      canvas.fill(
        .rectangle(Point(Float(index) * wide, 0), Point(wide, size.y * 0.5)), colour)
    }
    for step in 0..<16 {
      let grey = Float(step) / 15
      canvas.fill(
        .rectangle(
          Point(Float(step) * size.x / 16, size.y * 0.5), Point(size.x / 16, size.y * 0.25)),
        Colour(grey, grey, grey, 1))
    }
    canvas.fill(
      .rectangle(Point(0, size.y * 0.75), Point(size.x, size.y * 0.25)), Colour(0.1, 0.1, 0.1, 1))
  }
}
