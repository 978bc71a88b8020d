// SPDX-License-Identifier: Apache-2.0
import PictureRenderer
import TestSupport
import Veil
package import Vocabulary

/// Photographs of marked and of unmarked screens, and what is read of them.
package struct MarkTrial: Sendable {
  /// How many of the photographs were read right.
  package struct Count: Sendable {
    /// Photographs taken.
    package var all = 0
    /// Seat, reviewer, day and minute right, of the whole photograph.
    package var read = 0
    /// The same of one ninth of it alone.
    package var readOfNinth = 0
    /// Photographs of the same pictures without a mark in which one was read all the same.
    package var readOfNothing = 0
    /// Whole photographs whose reading was another mark than theirs.
    package var misread = 0
    /// What was not read right: what was shown, and what was read.
    package var faults: [String] = []
  }

  private let screen: MarkScreen
  private let frost: Frost
  private let size: CellSize

  /// Makes a trial of one way to draw under one frost, on a terminal of that size.
  package init(_ screen: MarkScreen, _ frost: Frost, size: CellSize) {
    self.screen = screen
    self.frost = frost
    self.size = size
  }

  /// Takes so many photographs, of each scene in turn.
  package func run(_ count: Int, seed: UInt64) throws -> Count {
    var random = SeededGenerator(seed: seed)
    let reviewers = Self.reviewers(using: &random)
    let reader = MarkReader(font: MarkScreen.font, seats: Self.seats, reviewers: reviewers)
    var total = Count()
    for number in 0..<count {
      let scene = MarkScene.allCases[number % MarkScene.allCases.count]
      let frame = try scene.frame(frost, using: &random)
      let mark = ReviewerMark(
        seat: Self.seats[Int.random(in: 0..<Self.seats.count, using: &random)],
        reviewer: reviewers[Int.random(in: 0..<reviewers.count, using: &random)],
        wallMilliseconds: .random(in: 1_700_000_000_000...1_900_000_000_000, using: &random))
      let expected = MarkReading(
        seat: mark.seat, reviewer: mark.reviewer, time: "\(mark.day) \(mark.time)")
      let shown = try screen.image(frame, mark, size: size)
      let flat = Self.photograph(shown, using: &random)
      let reading = reader.read(flat, copies: 9)
      total.all += 1
      if reading != expected {
        total.faults.append(
          "\(scene): \(expected.text) read as \(reading?.text ?? "nothing")")
      }
      if reading == expected { total.read += 1 } else if reading != nil { total.misread += 1 }
      let ninth = Int.random(in: 0..<9, using: &random)
      if reader.read(Self.cut(flat, ninth), copies: 1) == expected { total.readOfNinth += 1 }
      let plain = Self.photograph(Self.unmarked(frame, shown.size), using: &random)
      if reader.read(plain, copies: 9) != nil { total.readOfNothing += 1 }
    }
    return total
  }

  /// 495 seats, that often differ in one letter.
  private static let seats = ["seat-", "desk.", "room4-", "kiosk-", "s"].flatMap { place in
    (1...99).map { "\(place)\($0)" }
  }

  /// 500 reviewers, or a few less where two are the same.
  private static func reviewers(using random: inout SeededGenerator) -> [String] {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let names = (0..<500).map { _ in
      let head = letters[Int.random(in: 0..<letters.count, using: &random)]
      return "\(head)\(Int.random(in: 0...999, using: &random))"
    }
    return Set(names).sorted()
  }

  /// The screen of a photograph laid flat by its corners, each found to within a pixel.
  private static func photograph(
    _ screen: GreyImage, using random: inout SeededGenerator
  ) -> GreyImage {
    let photograph = Photograph(of: screen, using: &random)
    let corners = photograph.corners.map { corner in
      corner
        + SIMD2(Float.random(in: -1...1, using: &random), .random(in: -1...1, using: &random))
    }
    return Rectifier.flat(photograph.image, corners: corners, size: screen.size)
  }

  /// One ninth of the picture, which is as wide as the screen.
  private static func cut(_ flat: GreyImage, _ ninth: Int) -> GreyImage {
    let high = min(flat.size.height, flat.size.width * 9 / 16)
    let top = (flat.size.height - high) / 2
    let (x, y) = (ninth % 3, ninth / 3)
    return flat.cut(
      columns: flat.size.width * x / 3..<flat.size.width * (x + 1) / 3,
      rows: top + high * y / 3..<top + high * (y + 1) / 3)
  }

  /// The frame on a screen of pixels without any mark, which the renderer would not draw.
  private static func unmarked(_ frame: VeiledFrame, _ size: PixelSize) -> GreyImage {
    var image = GreyImage(size: size)
    let (source, channels, values): (PixelSize, Int, [UInt8]) =
      switch frame.content {
      case .grid(let size, let greys): (size, 1, greys)
      case .colour(let size, let rgb): (size, 3, rgb)
      case .solid: (PixelSize(width: 1, height: 1), 1, [20])
      }
    for row in 0..<size.height {
      for column in 0..<size.width {
        let at =
          row * source.height / size.height * source.width + column * source.width / size.width
        image.values[row * size.width + column] = Float(values[at * channels + channels / 2])
      }
    }
    return image
  }
}
