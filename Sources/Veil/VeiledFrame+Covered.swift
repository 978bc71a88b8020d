// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

extension VeiledFrame {
  /// The same picture with nothing left to see in a box: all of it has one tone.
  ///
  /// The tone is dark, or light where the rest of the picture is dark, so that the box can be seen; a
  /// grid's is one of the greys that it has outside of the box. A solid frame stays as it is.
  package func covered(_ box: RegionBox) -> VeiledFrame {
    switch content {
    case .solid: return self
    case .grid(let size, let greys):
      let outside = Outside(greys, size, channels: 1, box)
      let covered = Self.cover(
        greys, size, channels: 1, box, outside.isDark ? outside.most : outside.least)
      return VeiledFrame(frost: frost, content: .grid(size: size, greys: covered))
    case .colour(let size, let rgb):
      let outside = Outside(rgb, size, channels: 3, box)
      let covered = Self.cover(rgb, size, channels: 3, box, outside.isDark ? 0xA0 : 0x18)
      return VeiledFrame(frost: frost, content: .colour(size: size, rgb: covered))
    }
  }

  /// What a picture is like outside of a box.
  private struct Outside {
    /// The least and the greatest value; dark where there is none.
    let least: UInt8
    let most: UInt8
    /// Whether its mean is dark.
    let isDark: Bool

    init(_ values: [UInt8], _ size: PixelSize, channels: Int, _ box: RegionBox) {
      let (columns, rows) = (box.columns(of: size.width), box.rows(of: size.height))
      var (least, most, sum, count) = (UInt8.max, UInt8.min, 0, 0)
      for (index, value) in values.enumerated() {
        let pixel = index / channels
        if rows.contains(pixel / size.width), columns.contains(pixel % size.width) { continue }
        least = min(least, value)
        most = max(most, value)
        sum += Int(value)
        count += 1
      }
      self.least = count > 0 ? least : 0
      self.most = most
      isDark = sum < 0x40 * count
    }
  }

  private static func cover(
    _ values: [UInt8], _ size: PixelSize, channels: Int, _ box: RegionBox, _ tone: UInt8
  ) -> [UInt8] {
    guard values.count == size.area * channels else { return values }
    let columns = box.columns(of: size.width)
    var covered = values
    for row in box.rows(of: size.height) {
      let start = row * size.width
      for place in (start + columns.lowerBound) * channels..<(start + columns.upperBound) * channels
      {
        covered[place] = tone
      }
    }
    return covered
  }
}
