// SPDX-License-Identifier: Apache-2.0
import Veil
import Vocabulary

/// A veiled frame laid out on its pane: the picture where it belongs, and what surrounds it.
struct VeiledCanvas: Sendable {
  /// The pane in samples.
  private(set) var size = PixelSize(width: 0, height: 0)
  /// `size.area` colours as `0xRRGGBB`, row by row.
  private(set) var colours: [UInt32] = []
  private let surround: UInt32
  private var sampler = PictureSampler()

  /// The calm pane of a solid frame, and its eighths that moved.
  static let solid: UInt32 = 0x14181C
  static let solidMoved: UInt32 = 0x232C33

  /// Starts empty; `surround` is the colour around the picture.
  init(surround: UInt32 = 0) { self.surround = surround }

  /// Lays the frame out.
  mutating func lay(_ frame: VeiledFrame, at placement: PicturePlacement) {
    if size != placement.canvas {
      size = placement.canvas
      colours = [UInt32](repeating: surround, count: max(0, size.area))
    }
    guard !colours.isEmpty else { return }
    for index in colours.indices { colours[index] = surround }
    switch frame.content {
    case .grid(let grid, let greys):
      sampler.scale(greys, size: grid, channels: 1, to: placement.size)
      place(placement) { samples, index in UInt32(samples[index]) * 0x01_0101 }
    case .colour(let size, let rgb):
      sampler.scale(rgb, size: size, channels: 3, to: placement.size)
      place(placement) { samples, index in
        UInt32(samples[index * 3]) << 16 | UInt32(samples[index * 3 + 1]) << 8
          | UInt32(samples[index * 3 + 2])
      }
    case .solid(let movedEighths):
      laySolid(movedEighths, at: placement)
    }
  }

  private mutating func place(
    _ placement: PicturePlacement, _ colour: (borrowing [UInt8], Int) -> UInt32
  ) {
    for row in 0..<placement.size.height {
      let base = (placement.top + row) * size.width + placement.left
      let from = row * placement.size.width
      for column in 0..<placement.size.width {
        colours[base + column] = colour(sampler.samples, from + column)
      }
    }
  }

  private mutating func laySolid(_ movedEighths: UInt8, at placement: PicturePlacement) {
    for row in 0..<placement.size.height {
      let base = (placement.top + row) * size.width + placement.left
      for column in 0..<placement.size.width {
        let eighth = row * 2 / placement.size.height * 4 + column * 4 / placement.size.width
        let moved = movedEighths >> eighth & 1 == 1
        colours[base + column] = moved ? Self.solidMoved : Self.solid
      }
    }
  }
}
