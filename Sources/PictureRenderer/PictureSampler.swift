// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Scales pictures to the pane's samples, in whole numbers, keeping its buffers.
///
/// Sums stay within 32 bits up to 4096 × 4096 source pixels: 4096² · 255 + 4096² / 2 < 2³².
struct PictureSampler: Sendable {
  /// The samples of the last call: `channels` bytes each, row by row.
  private(set) var samples: [UInt8] = []
  private var across = AxisSpans(source: 1, count: 1)
  private var down = AxisSpans(source: 1, count: 1)
  private var line: [UInt32] = []
  private var sums: [UInt32] = []

  /// Scales a picture of `size.area · channels` bytes to another size.
  ///
  /// Both sizes are positive and at most 4096 a side, `channels` is 1 or 3.
  ///
  /// Black samples for a source that is not so.
  mutating func scale(
    _ source: [UInt8], size: PixelSize, channels: Int, to target: PixelSize
  ) {
    let byteCount = target.area * channels
    guard size.width > 0, size.height > 0, size.width <= 4096, size.height <= 4096,
      source.count == size.area * channels
    else {
      samples = [UInt8](repeating: 0, count: byteCount)
      return
    }
    if size == target {
      samples = source
      return
    }
    if across.source != size.width || across.count != target.width {
      across = AxisSpans(source: size.width, count: target.width)
    }
    if down.source != size.height || down.count != target.height {
      down = AxisSpans(source: size.height, count: target.height)
    }
    if samples.count != byteCount { samples = [UInt8](repeating: 0, count: byteCount) }
    let width = target.width * channels
    if line.count != width {
      line = [UInt32](repeating: 0, count: width)
      sums = line
    }
    for row in 0..<target.height { makeRow(row, of: source, channels) }
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
    for column in 0..<across.count {
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
    for column in 0..<across.count {
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
