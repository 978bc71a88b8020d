// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

extension VeiledFrame {
  /// The same picture with nothing left to see in a box: all of it has one tone.
  ///
  /// The tone is dark, or light where the rest of the picture is dark, so that the box can be seen. A
  /// solid frame stays as it is.
  package func covered(_ box: RegionBox) -> VeiledFrame {
    switch content {
    case .solid: return self
    case .grid(let size, let greys):
      let covered = Self.cover(greys, size, channels: 1, box)
      return VeiledFrame(frost: frost, content: .grid(size: size, greys: covered))
    case .colour(let size, let rgb):
      let covered = Self.cover(rgb, size, channels: 3, box)
      return VeiledFrame(frost: frost, content: .colour(size: size, rgb: covered))
    }
  }

  private static let dark: UInt8 = 0x18
  private static let light: UInt8 = 0xA0
  /// The mean below which a picture counts as dark.
  private static let darkest = 0x40

  private static func cover(
    _ values: [UInt8], _ size: PixelSize, channels: Int, _ box: RegionBox
  ) -> [UInt8] {
    let (columns, rows) = (box.columns(of: size.width), box.rows(of: size.height))
    guard values.count == size.area * channels else { return values }
    let inside = columns.lowerBound * channels..<columns.upperBound * channels
    let stride = size.width * channels
    var (sum, count) = (0, 0)
    for row in 0..<size.height {
      for place in 0..<stride where !(rows.contains(row) && inside.contains(place)) {
        sum += Int(values[row * stride + place])
        count += 1
      }
    }
    let tone = count > 0 && sum / count < darkest ? light : dark
    var covered = values
    for row in rows {
      for place in inside { covered[row * stride + place] = tone }
    }
    return covered
  }
}
