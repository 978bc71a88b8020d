// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Compares a cell's samples with the shapes of letters.
struct ShapeFit: Sendable {
  static let parts = PixelSize(width: LetterShapes.columns, height: LetterShapes.rows)

  private var luma = SIMD32<Int32>.zero
  private(set) var total: Int32 = 0
  private static let inks = LetterShapes.letters.map { letter in
    var ink = SIMD32<Int32>.zero
    for part in 0..<LetterShapes.partCount { ink[part] = letter.ink[part] }
    return ink
  }

  /// Takes a cell's samples, `parts.area` of them.
  mutating func load(_ samples: borrowing [UInt32]) {
    for part in 0..<LetterShapes.partCount { luma[part] = Int32(samples[part].luma) }
    total = luma.wrappedSum()
  }

  /// The letter that explains most of the luma's squared differences to its mean, and how much.
  func best() -> (letter: Int, explained: Float) {
    var best = (letter: 0, explained: Float(0))
    for letter in 1..<Self.inks.count {
      let explained = explained(by: letter)
      if explained > best.explained { best = (letter, explained) }
    }
    return best
  }

  /// How much a letter explains: the squared covariance by the ink's own spread.
  func explained(by letter: Int) -> Float {
    let shape = LetterShapes.letters[letter]
    guard shape.spread > 0 else { return 0 }
    let covariance = Float(covariance(luma, total, letter))
    return covariance * covariance / (Float(shape.spread) * Float(LetterShapes.partCount))
  }

  /// Letters in the order of their ink, to find the one that is least different without looking at
  /// all of them.
  struct Ramp: Sendable {
    /// The sum of ink in eighths of the letters' scale, and the letter.
    private let steps: [(ink: Int32, letter: Int)]

    /// Takes letters by their places in `LetterShapes.letters`; there is at least one.
    init(_ letters: some Sequence<Int>) {
      steps = letters.map { (LetterShapes.letters[$0].total * 8, $0) }.sorted { $0.ink < $1.ink }
    }

    /// The letter of the least difference, and how much that is.
    ///
    /// The difference is never less than that of the sums, squared: letters are looked at from the
    /// nearest sum outwards until that alone is too much.
    func nearest(to wanted: SIMD32<Int32>) -> (letter: Int, off: Int32) {
      let sum = wanted.wrappedSum()
      var above = steps.firstIndex { $0.ink >= sum } ?? steps.count
      var below = above - 1
      var best = (letter: 0, off: Int32.max)
      while true {
        let up = above < steps.count ? steps[above].ink - sum : .max
        let down = below >= 0 ? sum - steps[below].ink : .max
        let gap = min(up, down)
        // Sums are below 32 · 15 · 8, so that a square is within 32 bits.
        guard gap != .max, gap * gap < best.off else { return best }
        let step = up <= down ? steps[above] : steps[below]
        if up <= down { above += 1 } else { below -= 1 }
        let off = ShapeFit.difference(wanted, step.letter)
        if off < best.off { best = (step.letter, off) }
      }
    }
  }

  /// The sum of squared differences between a letter's ink as light, and the samples' wanted ink.
  ///
  /// `wanted` is in eighths of the letters' scale, 0 to 120; the cell's mean counts more than where in the cell
  /// the ink lies, since the eye sees brightness first.
  static func difference(_ wanted: SIMD32<Int32>, _ letter: Int) -> Int32 {
    let off = wanted &- inks[letter] &* 8
    let mean = off.wrappedSum()
    return (off &* off).wrappedSum() + mean * mean
  }

  /// The colours of ink and ground that fit a letter best, each channel by itself.
  func colours(
    for letter: Int, _ samples: borrowing [UInt32]
  ) -> (foreground: UInt32, background: UInt32) {
    let shape = LetterShapes.letters[letter]
    let count = Float(LetterShapes.partCount)
    var front: UInt32 = 0
    var back: UInt32 = 0
    for shift in [16 as UInt32, 8, 0] {
      var channel = SIMD32<Int32>.zero
      for part in 0..<LetterShapes.partCount {
        channel[part] = Int32(samples[part] >> shift & 0xFF)
      }
      let sum = channel.wrappedSum()
      let slope =
        shape.spread == 0 ? 0 : Float(covariance(channel, sum, letter)) / Float(shape.spread)
      let ground = (Float(sum) - slope * Float(shape.total)) / count
      front |= Self.byte(ground + slope * 15) << shift
      back |= Self.byte(ground) << shift
    }
    return (front, back)
  }

  private func covariance(_ values: SIMD32<Int32>, _ sum: Int32, _ letter: Int) -> Int32 {
    let products = (values &* Self.inks[letter]).wrappedSum()
    return Int32(LetterShapes.partCount) * products - sum * LetterShapes.letters[letter].total
  }

  private static func byte(_ value: Float) -> UInt32 { UInt32(min(max(0, value.rounded()), 255)) }
}
