// SPDX-License-Identifier: Apache-2.0
import Veil
import Vocabulary

/// A veiled frame laid out on its pane: the picture where it belongs, as the reviewer wants it to
/// look, what surrounds it, and the reviewer's mark over it.
struct VeiledCanvas: Sendable {
  /// How a mark is laid over the picture.
  enum Marking: Sendable {
    /// As pixels of the canvas.
    case inked
    /// As characters: the driver draws a letter wherever `mark` has one.
    case lettered
  }

  /// The pane in samples.
  private(set) var size = PixelSize(width: 0, height: 0)
  /// `size.area` colours as `0xRRGGBB`, row by row.
  private(set) var colours: [UInt32] = []
  /// Where the picture lies on it.
  private(set) var placement: PicturePlacement?
  /// The mark; without any letters where no picture is seen.
  private(set) var mark = MarkLayer()
  private let marking: Marking
  private let surround: UInt32
  private var sampler = PictureSampler()
  private var curve = ToneCurve()
  private var edges = EdgeDrawing()

  /// The calm pane of a solid frame, and its eighths that moved.
  static let solid: UInt32 = 0x14181C
  static let solidMoved: UInt32 = 0x232C33

  /// Starts empty; `surround` is the colour around the picture.
  init(surround: UInt32 = 0, marking: Marking) {
    self.surround = surround
    self.marking = marking
  }

  /// Lays the picture out on a pane whose cells have so many samples, of which `divisor` across and
  /// down share one value.
  mutating func lay(
    _ picture: ShownPicture, in pane: PanePlace, samples: PixelSize, divisor: Int = 1
  ) {
    let shown = PicturePlacement(
      pane: pane, samples: samples, displayAspect: picture.displayAspect,
      adjustment: picture.adjustment)
    clear(for: shown)
    guard !colours.isEmpty else { return mark.clear() }
    switch picture.frame.content {
    case .grid(let grid, let greys):
      sampler.scale(greys, size: grid, channels: 1, to: PictureSampler.Target(shown))
      adjust(picture.adjustment, samples: 1)
    case .colour(let size, let rgb):
      sampler.scale(rgb, size: size, channels: 3, to: PictureSampler.Target(shown))
      adjust(picture.adjustment, samples: 3)
    case .solid(let movedEighths):
      laySolid(movedEighths, at: shown)
    }
    // A grid's greys are few, and each means something: none is mixed with another.
    let isGrid = if case .grid = picture.frame.content { true } else { false }
    if divisor > 1 { coarsen(divisor, shown, isMixed: !isGrid) }
    lay(mark: picture, in: pane, samples: samples, isGrid: isGrid)
  }

  /// Lays the mark over all that was done to the picture.
  private mutating func lay(
    mark picture: ShownPicture, in pane: PanePlace, samples: PixelSize, isGrid: Bool
  ) {
    if case .solid = picture.frame.content { return mark.clear() }
    mark.lay(picture, in: pane, samples: samples)
    mark.judge(colours, stride: size.width, isGrid: isGrid)
    if marking == .inked { mark.ink(&colours, stride: size.width) }
  }

  private mutating func clear(for shown: PicturePlacement) {
    let isSame = placement == shown
    placement = shown
    if size != shown.canvas {
      size = shown.canvas
      colours = [UInt32](repeating: surround, count: max(0, size.area))
    } else if !isSame || mark.coversSurround {
      for index in colours.indices { colours[index] = surround }
    }
  }

  /// Puts the samples in their places, changed as the reviewer wants.
  private mutating func adjust(_ adjustment: PictureAdjustment, samples channels: Int) {
    let isPlain = adjustment.keepsColours
    switch (channels, isPlain) {
    case (1, true): place { samples, index in UInt32(samples[index]) * 0x01_0101 }
    case (_, true):
      place { samples, index in
        UInt32(samples[index * 3]) << 16 | UInt32(samples[index * 3 + 1]) << 8
          | UInt32(samples[index * 3 + 2])
      }
    case (_, false): placeAdjusted(adjustment, channels)
    }
    guard adjustment.drawing == .edges, let placement else { return }
    edges.draw(
      &colours, stride: size.width, left: placement.left, top: placement.top, size: placement.size)
  }

  private mutating func placeAdjusted(_ adjustment: PictureAdjustment, _ channels: Int) {
    if !curve.matches(adjustment) { curve = ToneCurve(adjustment) }
    let values = curve.values
    let isGrey = adjustment.drawing != .plain
    place { samples, index in
      if channels == 1 { return UInt32(values[Int(samples[index])]) * 0x01_0101 }
      let colour =
        UInt32(values[Int(samples[index * 3])]) << 16
        | UInt32(values[Int(samples[index * 3 + 1])]) << 8
        | UInt32(values[Int(samples[index * 3 + 2])])
      return isGrey ? colour.luma * 0x01_0101 : colour
    }
  }

  private mutating func place(_ colour: (borrowing [UInt8], Int) -> UInt32) {
    guard let placement else { return }
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

  /// Gives each block of samples one colour, the mean or the middle of its own: a coarser function of
  /// what is there.
  private mutating func coarsen(_ divisor: Int, _ placement: PicturePlacement, isMixed: Bool) {
    for top in stride(from: 0, to: placement.size.height, by: divisor) {
      for left in stride(from: 0, to: placement.size.width, by: divisor) {
        let rows = top..<min(top + divisor, placement.size.height)
        let columns = left..<min(left + divisor, placement.size.width)
        fill(
          rows, columns, placement,
          isMixed ? mean(rows, columns, placement) : middle(rows, columns, placement))
      }
    }
  }

  private func middle(
    _ rows: Range<Int>, _ columns: Range<Int>, _ placement: PicturePlacement
  ) -> UInt32 {
    let (row, column) = (rows.lowerBound + rows.count / 2, columns.lowerBound + columns.count / 2)
    return colours[(placement.top + row) * size.width + placement.left + column]
  }

  private func mean(
    _ rows: Range<Int>, _ columns: Range<Int>, _ placement: PicturePlacement
  ) -> UInt32 {
    var sum = SIMD4<UInt32>.zero
    for row in rows {
      let base = (placement.top + row) * size.width + placement.left
      for column in columns {
        let colour = colours[base + column]
        sum &+= SIMD4(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, 0)
      }
    }
    let count = UInt32(rows.count * columns.count)
    return ((sum[0] + count / 2) / count) << 16 | ((sum[1] + count / 2) / count) << 8
      | (sum[2] + count / 2) / count
  }

  private mutating func fill(
    _ rows: Range<Int>, _ columns: Range<Int>, _ placement: PicturePlacement, _ colour: UInt32
  ) {
    for row in rows {
      let base = (placement.top + row) * size.width + placement.left
      for column in columns { colours[base + column] = colour }
    }
  }
}
