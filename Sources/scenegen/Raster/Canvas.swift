// SPDX-License-Identifier: Apache-2.0

/// A picture being drawn: an anti-aliased rasteriser by exact area coverage.
///
/// It remembers which tiles were drawn on, so that a still background costs nothing per frame.
struct Canvas {
  /// The side of a tile in pixels; even, so that colour samples never straddle two tiles.
  static let tileSide = 16

  let width: Int
  let height: Int
  /// `width × height` colours, row by row.
  private(set) var pixels: [Colour]
  /// Whether each tile was drawn on since `settle()`, row by row.
  private(set) var touched: [Bool]
  private var cover: [Float] = []

  /// A black picture of at least one pixel.
  init(width: Int, height: Int) {
    self.width = max(1, width)
    self.height = max(1, height)
    pixels = Array(repeating: Colour(0, 0, 0, 1), count: self.width * self.height)
    touched = []
    touched = Array(repeating: false, count: tileColumns * tileRows)
  }

  /// The number of tiles across.
  var tileColumns: Int { (width + Self.tileSide - 1) / Self.tileSide }
  /// The number of tiles down.
  var tileRows: Int { (height + Self.tileSide - 1) / Self.tileSide }
  /// The picture's size as a point.
  var size: Point { Point(Float(width), Float(height)) }

  /// Forgets what was drawn on: what is here now is the background.
  mutating func settle() {
    for index in touched.indices { touched[index] = false }
  }

  /// Puts the background back on every tile that was drawn on, and forgets them.
  mutating func restore(from background: Canvas) {
    for row in 0..<tileRows {
      for column in 0..<tileColumns where touched[row * tileColumns + column] {
        let left = column * Self.tileSide
        let right = min(width, left + Self.tileSide)
        for line in row * Self.tileSide..<min(height, (row + 1) * Self.tileSide) {
          let range = line * width + left..<line * width + right
          pixels.replaceSubrange(range, with: background.pixels[range])
        }
        touched[row * tileColumns + column] = false
      }
    }
  }

  /// Fills a shape.
  mutating func fill(
    _ path: Path, _ paint: Paint, blend: Blend = .over, mottle: Mottle? = nil
  ) {
    guard let box = bounds(path) else { return }
    let stride = box.right - box.left + 2
    let needed = stride * (box.bottom - box.top) + 2
    if cover.count < needed { cover = Array(repeating: 0, count: needed) }
    for contour in path.contours {
      guard var last = contour.last else { continue }
      for corner in contour {
        edge(last, corner, box, stride)
        last = corner
      }
    }
    for line in box.top..<box.bottom {
      paintRow(line, box, stride, paint, blend, mottle)
    }
    touch(box)
  }

  /// Fills a shape with one colour.
  mutating func fill(_ path: Path, _ colour: Colour) { fill(path, .flat(colour)) }

  private struct Box {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int
  }

  private func bounds(_ path: Path) -> Box? {
    var low = Point(repeating: .infinity)
    var high = Point(repeating: -.infinity)
    for contour in path.contours {
      for corner in contour {
        low = pointwiseMin(low, corner)
        high = pointwiseMax(high, corner)
      }
    }
    low = pointwiseMax(low, Point(0, 0)).rounded(.down)
    high = pointwiseMin(high, size).rounded(.up)
    guard low.x < high.x, low.y < high.y else { return nil }
    return Box(left: Int(low.x), top: Int(low.y), right: Int(high.x), bottom: Int(high.y))
  }

  private mutating func touch(_ box: Box) {
    let side = Self.tileSide
    for row in box.top / side...(box.bottom - 1) / side {
      for column in box.left / side...(box.right - 1) / side {
        touched[row * tileColumns + column] = true
      }
    }
  }

  /// Adds one edge's signed area to the coverage of the rows it crosses; what lies left of the box
  /// counts at its first column and what lies right of it not at all.
  private mutating func edge(_ start: Point, _ end: Point, _ box: Box, _ stride: Int) {
    guard start.y != end.y else { return }
    let sign: Float = start.y < end.y ? 1 : -1
    let origin = Point(Float(box.left), Float(box.top))
    let upper = (start.y < end.y ? start : end) - origin
    let lower = (start.y < end.y ? end : start) - origin
    let rows = box.bottom - box.top
    let limit = Float(box.right - box.left)
    guard lower.y > 0, upper.y < Float(rows) else { return }
    let slope = (lower.x - upper.x) / (lower.y - upper.y)
    var cross = upper.y < 0 ? upper.x - upper.y * slope : upper.x
    for row in Int(max(0, upper.y))..<min(rows, Int(lower.y.rounded(.up))) {
      let tall = min(Float(row + 1), lower.y) - max(Float(row), upper.y)
      let next = cross + slope * tall
      let from = min(limit, max(0, min(cross, next)))
      let to = min(limit, max(0, max(cross, next)))
      spread(row * stride, from, to, tall * sign)
      cross = next
    }
  }

  /// Spreads one row's share of an edge, from column `from` to `to`, over the pixels it crosses.
  private mutating func spread(_ base: Int, _ from: Float, _ to: Float, _ area: Float) {
    let first = Int(from)
    let last = Int(to.rounded(.up))
    if last <= first + 1 {
      let middle = (from + to) / 2 - Float(first)
      cover[base + first] += area * (1 - middle)
      cover[base + first + 1] += area * middle
      return
    }
    let share = 1 / (to - from)
    var done: Float = 0
    for column in first..<last {
      // The edge covers what lies right of it: the mean coverage of this pixel so far.
      let enter = max(from, Float(column))
      let leave = min(to, Float(column + 1))
      let before = (enter - from) * share
      let after = (leave - from) * share
      let inside = (before + after) / 2 * (leave - enter)
      let total = inside + (Float(column + 1) - leave) * after
      cover[base + column] += area * (total - done)
      done = total
    }
    cover[base + last] += area * (1 - done)
  }

  private mutating func paintRow(
    _ line: Int, _ box: Box, _ stride: Int, _ paint: Paint, _ blend: Blend, _ mottle: Mottle?
  ) {
    let base = (line - box.top) * stride
    var sum: Float = 0
    for column in 0..<box.right - box.left {
      sum += cover[base + column]
      cover[base + column] = 0
      let covered = min(1, abs(sum))
      guard covered > 0.002 else { continue }
      let place = Point(Float(box.left + column) + 0.5, Float(line) + 0.5)
      var colour = paint.colour(place)
      if let mottle { colour = colour.lit(mottle.factor(place)) }
      let index = line * width + box.left + column
      let under = pixels[index]
      switch blend {
      case .over: pixels[index] = under + (colour - under) * (covered * colour.w)
      case .light: pixels[index] = under + under * colour * (covered * colour.w)
      }
    }
    cover[base + stride - 2] = 0
    cover[base + stride - 1] = 0
  }
}
