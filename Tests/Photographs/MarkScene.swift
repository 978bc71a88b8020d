// SPDX-License-Identifier: Apache-2.0
package import TestSupport
package import Veil
package import Vocabulary

/// What a camera might see, drawn: gradients, things with edges, somebody standing there.
package enum MarkScene: String, CaseIterable, Sendable {
  case light
  case dark
  case mid
  /// The one between with sensor noise, σ 12 a pixel.
  case noisy

  private static let size = PixelSize(width: 640, height: 360)

  /// The scene under a frost, different with every number.
  package func frame(_ frost: Frost, using random: inout SeededGenerator) throws -> VeiledFrame {
    let (clip, camera) = (ClipID(high: 1, low: 2), CameraID("photographs"))
    let facts = ClipFacts(
      size: Self.size, pixelAspect: .one, duration: MediaTime(milliseconds: 1000), frameCount: 10,
      frameRate: Ratio(10, 1), codec: "", greys: .even)
    let record = ClipRecord(
      id: clip, source: .staffTest, consent: "", camera: camera, recordedAt: "",
      alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], facts: facts,
      ingestedAtMilliseconds: 0)
    let width = Camera.unknownSceneWidthMillimetres
    let plan = FrostPlan(size: Self.size, pixelAspect: .one, sceneWidthMillimetres: width)
    let staff = Camera(id: camera, sceneWidthMillimetres: width, room: "", isStaff: true)
    let permit = AdoptionPermit(
      clip: clip, finest: .clear, plan: plan, greys: .even,
      grant: ClearGrant.staffTest(record: record, camera: staff), largestClear: Self.size)
    let size = plan.gridSize(frost) ?? PixelSize(width: 320, height: 180)
    let lights = Self.means(lights(using: &random), size)
    let bytes =
      frost == .clear
      ? lights.enumerated().flatMap { index, light in Self.tinted(light, index % size.width) }
      : lights.map { Self.nearest($0, GreyScale.even[frost]) }
    return try VeiledFrame.adopt(
      bytes: bytes, frost: frost, size: size, at: PictureTime(sample: .zero), permit: permit,
      nowMilliseconds: 0)
  }

  private var base: (floor: Float, span: Float) {
    switch self {
    case .light: (185, 55)
    case .dark: (12, 45)
    case .mid, .noisy: (95, 70)
    }
  }

  /// Brightnesses of the camera's pixels, 0 to 255.
  private func lights(using random: inout SeededGenerator) -> [Float] {
    let (size, (floor, span)) = (Self.size, base)
    // Things: where they are and how much lighter or darker.
    let things = (0..<7).map { _ in
      (
        left: Float.random(in: -0.1...0.9, using: &random),
        top: Float.random(in: -0.1...0.9, using: &random),
        size: SIMD2(
          Float.random(in: 0.05...0.35, using: &random), .random(in: 0.08...0.5, using: &random)),
        light: Float.random(in: -1...1, using: &random) * span
      )
    }
    let person = Float.random(in: 0.1...0.9, using: &random)
    return (0..<size.area).map { index in
      let x = (Float(index % size.width) + 0.5) / Float(size.width)
      let y = (Float(index / size.width) + 0.5) / Float(size.height)
      var light = floor + span * (0.6 * x + 0.4 * y)
      for thing in things
      where (thing.left..<thing.left + thing.size.x).contains(x)
        && (thing.top..<thing.top + thing.size.y).contains(y)
      {
        light += thing.light
      }
      let (right, down) = ((x - person) / 0.05, (y - 0.6) / 0.25)
      if right * right + down * down < 1 { light -= span / 2 }
      if self == .noisy {
        light += (0..<3).reduce(0) { sum, _ in sum + Float.random(in: -12...12, using: &random) }
      }
      return min(max(0, light), 255)
    }
  }

  /// Box means, as the frost takes them and the decoder scales.
  private static func means(_ lights: [Float], _ grid: PixelSize) -> [Float] {
    (0..<grid.area).map { index in
      let (column, row) = (index % grid.width, index / grid.width)
      let columns = column * size.width / grid.width..<(column + 1) * size.width / grid.width
      let rows = row * size.height / grid.height..<(row + 1) * size.height / grid.height
      var sum: Float = 0
      for row in rows {
        for column in columns { sum += lights[row * size.width + column] }
      }
      return sum / Float(columns.count * rows.count)
    }
  }

  private static func tinted(_ light: Float, _ column: Int) -> [UInt8] {
    let warm = Float(column % 64) / 64 * 16
    return [light + warm, light, light - warm].map { UInt8(min(max(0, $0), 255)) }
  }

  private static func nearest(_ light: Float, _ greys: [UInt8]) -> UInt8 {
    let index = greys.indices.min { abs(Float(greys[$0]) - light) < abs(Float(greys[$1]) - light) }
    return UInt8(index ?? 0)
  }
}
