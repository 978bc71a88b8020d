// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Scales pictures to the pane's samples, in whole numbers, keeping its buffers.
///
/// Sums stay within 32 bits up to 4096 × 4096 source pixels: 4096² · 255 + 4096² / 2 < 2³².
struct PictureSampler: Sendable {
  /// What is made of a source: its size when whole, and the part of that which is wanted.
  struct Target: Hashable, Sendable {
    let whole: PixelSize
    let columns: Range<Int>
    let rows: Range<Int>

    init(_ placement: PicturePlacement) {
      whole = placement.whole
      columns = placement.fromColumn..<placement.fromColumn + placement.size.width
      rows = placement.fromRow..<placement.fromRow + placement.size.height
    }

    init(_ whole: PixelSize) {
      self.whole = whole
      (columns, rows) = (0..<whole.width, 0..<whole.height)
    }

    var area: Int { columns.count * rows.count }
  }

  /// The samples of the last call: `channels` bytes each, row by row.
  private(set) var samples: [UInt8] = []
  private var across = AxisSpans(source: 1, count: 1, window: 0..<1)
  private var down = AxisSpans(source: 1, count: 1, window: 0..<1)
  private var line: [UInt32] = []
  private var sums: [UInt32] = []

  /// Scales a picture of `size.area · channels` bytes.
  ///
  /// The source is at most 4096 a side, `channels` is 1 or 3. One channel is enlarged without
  /// mixing, three are mixed. Black samples for a source that is not so.
  mutating func scale(_ source: [UInt8], size: PixelSize, channels: Int, to target: Target) {
    let byteCount = target.area * channels
    guard size.width > 0, size.height > 0, size.width <= 4096, size.height <= 4096,
      source.count == size.area * channels
    else {
      samples = [UInt8](repeating: 0, count: byteCount)
      return
    }
    if size == target.whole, target.area == size.area {
      samples = source
      return
    }
    prepare(size, channels, target)
    if samples.count != byteCount { samples = [UInt8](repeating: 0, count: byteCount) }
    for row in 0..<target.rows.count { makeRow(row, of: source, channels) }
  }

  private mutating func prepare(_ size: PixelSize, _ channels: Int, _ target: Target) {
    let enlarging = channels == 1 ? AxisSpans.Enlarging.nearest : .area
    if across.source != size.width || across.count != target.whole.width
      || across.window != target.columns || across.enlarging != enlarging
    {
      across = AxisSpans(
        source: size.width, count: target.whole.width, window: target.columns, enlarging: enlarging)
    }
    if down.source != size.height || down.count != target.whole.height
      || down.window != target.rows || down.enlarging != enlarging
    {
      down = AxisSpans(
        source: size.height, count: target.whole.height, window: target.rows, enlarging: enlarging)
    }
    let width = target.columns.count * channels
    if line.count != width {
      line = [UInt32](repeating: 0, count: width)
      sums = line
    }
  }

  private mutating func makeRow(_ row: Int, of source: [UInt8], _ channels: Int) {
    let first = down.offsets[row]
    let width = line.count
    for index in 0..<width { sums[index] = 0 }
    for offset in first..<down.offsets[row + 1] {
      let weight = down.weights[offset]
      let from = (down.starts[row] + offset - first) * across.source * channels
      if channels == 3 { addColours(source, from: from) } else { addGreys(source, from: from) }
      for index in 0..<width { sums[index] &+= line[index] &* weight }
    }
    let total = UInt32(across.total * down.total)
    let base = row * width
    if total == 1 {
      for index in 0..<width { samples[base + index] = UInt8(truncatingIfNeeded: sums[index]) }
    } else {
      let half = total / 2
      for index in 0..<width {
        samples[base + index] = UInt8(truncatingIfNeeded: (sums[index] &+ half) / total)
      }
    }
  }

  private mutating func addGreys(_ source: [UInt8], from: Int) {
    for column in 0..<across.window.count {
      let first = across.offsets[column]
      var at = from + across.starts[column]
      var sum: UInt32 = 0
      for offset in first..<across.offsets[column + 1] {
        sum &+= UInt32(source[at]) &* across.weights[offset]
        at += 1
      }
      line[column] = sum
    }
  }

  private mutating func addColours(_ source: [UInt8], from: Int) {
    for column in 0..<across.window.count {
      let first = across.offsets[column]
      var at = from + across.starts[column] * 3
      var (red, green, blue) = (UInt32(0), UInt32(0), UInt32(0))
      for offset in first..<across.offsets[column + 1] {
        let weight = across.weights[offset]
        red &+= UInt32(source[at]) &* weight
        green &+= UInt32(source[at + 1]) &* weight
        blue &+= UInt32(source[at + 2]) &* weight
        at += 3
      }
      line[column * 3] = red
      line[column * 3 + 1] = green
      line[column * 3 + 2] = blue
    }
  }
}
