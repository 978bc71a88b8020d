// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// One picture as it is kept: RGB triples, row by row.
struct CachedPicture {
  var size: PixelSize
  var rgb: [UInt8]

  /// The RGB triples of the part that a lens shows, row by row.
  func part(_ window: LensWindow) -> [UInt8] {
    let (columns, rows) = window.pixels(of: size)
    var part: [UInt8] = []
    part.reserveCapacity(columns.count * rows.count * 3)
    for y in rows {
      let start = (y * size.width + columns.lowerBound) * 3
      part += rgb[start..<start + columns.count * 3]
    }
    return part
  }

  /// The picture at half its width and height: means of 2 × 2 pixels.
  func halved() -> CachedPicture {
    let half = PixelSize(width: max(1, size.width / 2), height: max(1, size.height / 2))
    let (right, down) = (size.width > 1 ? 3 : 0, size.height > 1 ? size.width * 3 : 0)
    var means = [UInt8](repeating: 0, count: half.area * 3)
    let source = rgb.span
    var target = means.mutableSpan
    for y in 0..<half.height {
      for x in 0..<half.width {
        let from = (y * 2 * size.width + x * 2) * 3
        let to = (y * half.width + x) * 3
        for channel in 0..<3 {
          let corner = from + channel
          let sum =
            Int(source[corner]) + Int(source[corner + right]) + Int(source[corner + down])
            + Int(source[corner + right + down])
          target[to + channel] = UInt8((sum + 2) / 4)
        }
      }
    }
    return CachedPicture(size: half, rgb: means)
  }
}

/// A clip's clear pictures, all of them, in this process's private memory.
///
/// Where they would pass the limit, all are halved in size and the rest comes at half size too. So
/// every picture of a clip is always at hand and no window about the playhead with exact seeks is
/// needed: 7,200 pictures, the most there can be, still have 46 KiB each.
struct PictureCache {
  /// The most bytes of pictures.
  let byteLimit: Int
  /// The greatest size to add pictures at.
  private(set) var target: PixelSize
  private var pictures: [CachedPicture] = []
  private(set) var byteCount = 0

  init(byteLimit: Int, target: PixelSize) {
    self.byteLimit = byteLimit
    self.target = target
  }

  /// The number of pictures.
  var count: Int { pictures.count }

  /// The picture of a frame; nil where it has not come yet.
  subscript(index: Int) -> CachedPicture? {
    pictures.indices.contains(index) ? pictures[index] : nil
  }

  /// Adds pictures at another size from now on.
  mutating func aim(at size: PixelSize) { target = size }

  /// Adds the next frame's picture, or replaces one that is there.
  mutating func put(_ picture: CachedPicture, at index: Int) {
    byteCount += picture.rgb.count
    if index < pictures.count {
      byteCount -= pictures[index].rgb.count
      pictures[index] = picture
    } else {
      pictures.append(picture)
    }
    while byteCount > byteLimit, target.area > 1 { halve() }
  }

  private mutating func halve() {
    target = PixelSize(width: max(1, target.width / 2), height: max(1, target.height / 2))
    for index in pictures.indices where pictures[index].size.area > target.area {
      byteCount -= pictures[index].rgb.count
      pictures[index] = pictures[index].halved()
      byteCount += pictures[index].rgb.count
    }
  }
}
