// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How a camera sees: colour by day, grey under its own infrared lamp.
struct Grade {
  /// Whether the picture is grey.
  var isInfrared = false
  /// Standard deviation of the noise, in 8-bit steps of luma.
  var noise: Float = 0.9
  /// The gain of red, green and blue at a place given in shares of the width and height.
  var gain: (Point) -> Colour = { _ in Colour(1, 1, 1, 1) }

  /// Daylight with slightly darker corners.
  static func day(_ tint: Colour = Colour(1, 1, 1, 1)) -> Grade {
    Grade { place in
      let offset = (place - 0.5) * Point(1.1, 0.9)
      return tint * (1.04 - 0.42 * (offset * offset).sum())
    }
  }

  /// The camera's infrared lamp: bright in the middle, dark in the corners, noisy.
  static func infrared(centre: Point = Point(0.5, 0.58), strength: Float = 1.3) -> Grade {
    Grade(isInfrared: true, noise: 1.6) { place in
      let offset = (place - centre) * Point(1.45, 1.5)
      let lamp = 0.2 + 1.05 * exp(-1.9 * (offset * offset).sum())
      return Colour(repeating: lamp * strength)
    }
  }
}

/// Turns drawn pictures into the planes a video encoder takes (BT.601), with noise.
struct Sensor {
  /// One 4:2:0 picture of 8-bit samples, rows without padding.
  struct Planes {
    var luma: [UInt8]
    var blue: [UInt8]
    var red: [UInt8]
  }

  private static let noiseCount = 1 << 15

  let width: Int
  let height: Int
  private let gain: [Colour]
  private let isInfrared: Bool
  private let scale: (luma: Float, offset: Float, chroma: Float)
  private let noise: [Int16]
  private let seed: UInt64
  /// Samples in sixteenths of an 8-bit step, so that soft gradients do not band.
  private var luma: [Int16]
  private var blue: [Int16]
  private var red: [Int16]

  /// A sensor for pictures of an even size; `isFullRange` uses all of 0…255 (JPEG's range).
  init(width: Int, height: Int, grade: Grade, isFullRange: Bool, seed: UInt64) {
    self.width = width
    self.height = height
    self.seed = seed
    isInfrared = grade.isInfrared
    scale = isFullRange ? (255, 0, 255) : (219, 16, 224)
    gain = (0..<width * height).map { index in
      let place = Point(
        (Float(index % width) + 0.5) / Float(width), (Float(index / width) + 0.5) / Float(height))
      return grade.gain(place)
    }
    // Neighbours share some of their noise, as after a camera's own smoothing.
    let white = (0..<Self.noiseCount + 2).map { index -> Float in
      let sum = (0..<4).reduce(Float(-2)) { $0 + Hash.unit(index &* 4 + $1, seed) }
      return sum * 1.732
    }
    noise = (0..<Self.noiseCount).map { index in
      let value = white[index] * 0.4 + white[index + 1] * 0.8 + white[index + 2] * 0.4
      return Int16(value * grade.noise * 16)
    }
    luma = Array(repeating: 0, count: width * height)
    blue = Array(repeating: 128 * 16, count: width * height / 4)
    red = blue
  }

  /// Takes over the canvas's tiles that are named.
  mutating func expose(_ canvas: Canvas, tiles: [Bool]) {
    let side = Canvas.tileSide
    for row in 0..<canvas.tileRows {
      for column in 0..<canvas.tileColumns where tiles[row * canvas.tileColumns + column] {
        for line in stride(from: row * side, to: min(height, (row + 1) * side), by: 2) {
          expose(canvas, line, from: column * side, to: min(width, (column + 1) * side))
        }
      }
    }
  }

  private mutating func expose(_ canvas: Canvas, _ line: Int, from left: Int, to right: Int) {
    for column in stride(from: left, to: right, by: 2) {
      let upper = line * width + column
      let lower = upper + width
      let mean =
        (take(canvas, upper) + take(canvas, upper + 1) + take(canvas, lower)
          + take(canvas, lower + 1)) * 0.25
      guard !isInfrared else { continue }
      let weighed = mean * Self.lumaWeights
      let bright = weighed.x + weighed.y + weighed.z
      let index = line / 2 * (width / 2) + column / 2
      blue[index] = Int16((128 + (mean.z - bright) * 0.564 * scale.chroma) * 16)
      red[index] = Int16((128 + (mean.x - bright) * 0.713 * scale.chroma) * 16)
    }
  }

  private static let lumaWeights = Colour(0.299, 0.587, 0.114, 0)
  private static let infraredWeights = Colour(0.42, 0.4, 0.18, 0)

  /// Stores one pixel's luma and returns its graded colour.
  @inline(__always)
  private mutating func take(_ canvas: Canvas, _ index: Int) -> Colour {
    let graded = canvas.pixels[index] * gain[index]
    let colour = pointwiseMin(pointwiseMax(graded, Colour.zero), Colour.one)
    let weighed = colour * (isInfrared ? Self.infraredWeights : Self.lumaWeights)
    luma[index] = Int16(
      (scale.offset + (weighed.x + weighed.y + weighed.z) * scale.luma) * 16)
    return colour
  }

  /// The picture of a frame, with that frame's noise.
  func develop(frame: Int) -> Planes {
    var planes = Planes(
      luma: Array(repeating: 0, count: luma.count), blue: blue.map(Self.sample),
      red: red.map(Self.sample))
    for line in 0..<height {
      let bits = Hash.scramble(seed ^ UInt64(truncatingIfNeeded: frame &* 65_536 &+ line))
      let start = Int(bits % UInt64(max(1, Self.noiseCount - width)))
      let base = line * width
      for column in 0..<width {
        let value = luma[base + column] &+ noise[(start &+ column) & (Self.noiseCount - 1)]
        planes.luma[base + column] = Self.sample(value)
      }
    }
    return planes
  }

  @inline(__always)
  private static func sample(_ value: Int16) -> UInt8 {
    UInt8(truncatingIfNeeded: min(255, max(0, (value &+ 8) >> 4)))
  }
}
