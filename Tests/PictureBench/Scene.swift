// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A scene before a camera that stands still: a wall, a lawn and a road, a car and a person that
/// cross it, and the camera's noise where it is wanted.
struct Scene {
  static let width = 640
  static let height = 360

  private let ground: [SIMD3<Float>]

  init() {
    ground = (0..<Self.width * Self.height).map { place in
      Self.ground(Float(place % Self.width), Float(place / Self.width))
    }
  }

  /// A picture of it as RGB triples; `sigma` is the noise's.
  func picture(_ number: Int, sigma: Float) -> [UInt8] {
    var random = Noise(seed: UInt64(number) &+ 1)
    var rgb = [UInt8](repeating: 0, count: ground.count * 3)
    let car = Float(number) * 3.4 - 60
    let person = 420 - Float(number) * 1.3
    let swing = sinf(Float(number) * 0.5) * 7
    for place in ground.indices {
      let (x, y) = (Float(place % Self.width), Float(place / Self.width))
      var colour = Self.car(x - car, y - 236) ?? ground[place]
      colour = Self.person(x - person, y - 170, swing) ?? colour
      for channel in 0..<3 {
        let value = colour[channel] + (sigma > 0 ? random.next() * sigma : 0)
        rgb[place * 3 + channel] = UInt8(min(max(0, value.rounded()), 255))
      }
    }
    return rgb
  }

  private static func ground(_ x: Float, _ y: Float) -> SIMD3<Float> {
    let rough = texture(x / 23, y / 19) * 0.6 + texture(x / 5, y / 5) * 0.4
    let fine = texture(x / 1.7, y / 1.7)
    let light = 1 - 0.25 * (x / 640) - 0.1 * rough
    if y < 150 {
      let row = Int(y / 9)
      let joint =
        y - Float(row) * 9 < 1
        || (x + Float(row % 2) * 11)
          .truncatingRemainder(dividingBy: 22) < 1
      let brick = joint ? SIMD3<Float>(150, 142, 132) : SIMD3<Float>(132, 82, 66)
      return (brick + (fine - 0.5) * 22) * light
    }
    if y < 250 || y > 320 {
      let grass = SIMD3<Float>(74, 104, 48) + SIMD3<Float>(46, 52, 30) * (rough + fine - 1)
      return grass * light
    }
    return (SIMD3<Float>(104, 105, 108) + (fine - 0.5) * 16 + (rough - 0.5) * 18) * light
  }

  private static func car(_ x: Float, _ y: Float) -> SIMD3<Float>? {
    guard (0..<150).contains(x), (0..<62).contains(y) else { return nil }
    for wheel in [Float(32), 118] {
      let reach = (x - wheel) * (x - wheel) + (y - 48) * (y - 48)
      if reach < 36 { return SIMD3(150, 150, 156) }
      if reach < 170 { return SIMD3(22, 22, 25) }
    }
    if y > 50 { return nil }
    if y < 20 {
      guard x > 34 + (20 - y) * 0.7, x < 122 - (20 - y) * 0.8 else { return nil }
      let isGlass = y > 4 && abs(x - 78) > 3
      return isGlass ? SIMD3(54, 68, 80) + y * 2 : SIMD3(150, 24, 30)
    }
    return SIMD3<Float>(178, 30, 36) - (y - 20) * 1.6 + (y < 24 ? 40 : 0)
  }

  private static func person(_ x: Float, _ y: Float, _ swing: Float) -> SIMD3<Float>? {
    let head = x * x + (y - 9) * (y - 9)
    if head < 72 { return y < 6 ? SIMD3(48, 34, 26) : SIMD3(206, 158, 128) - x * 2 }
    if (18..<60).contains(y), abs(x) < 13 { return SIMD3<Float>(42, 78, 148) + (x + 13) * 1.5 }
    guard (60..<104).contains(y) else { return nil }
    let spread = swing * (y - 60) / 44
    if abs(x - 5 - spread) < 5.5 || abs(x + 5 + spread) < 5.5 {
      return y > 98 ? SIMD3(30, 28, 28) : SIMD3<Float>(58, 60, 74) + x
    }
    return nil
  }

  /// Smooth noise of 0 to 1, the same everywhere it is asked for.
  private static func texture(_ x: Float, _ y: Float) -> Float {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (across, down) = (x - left, y - top)
    func value(_ column: Float, _ row: Float) -> Float {
      var bits = UInt32(truncatingIfNeeded: Int(column) &* 374_761_393 &+ Int(row) &* 668_265_263)
      bits = (bits ^ bits >> 13) &* 1_274_126_177
      return Float((bits ^ bits >> 16) & 0xFFFF) / 65_535
    }
    let upper = value(left, top) * (1 - across) + value(left + 1, top) * across
    let lower = value(left, top + 1) * (1 - across) + value(left + 1, top + 1) * across
    return upper * (1 - down) + lower * down
  }
}

/// Numbers of a normal distribution, the same for the same seed.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// The next number, with mean 0 and deviation 1, after Box and Muller.
  mutating func next() -> Float {
    let radius = sqrtf(-2 * logf(uniform()))
    return radius * cosf(2 * .pi * uniform())
  }

  private mutating func uniform() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return (Float(state >> 40) + 0.5) / 16_777_216
  }
}
