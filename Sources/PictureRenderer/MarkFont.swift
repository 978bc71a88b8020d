// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The mark's letters as pixels: strokes of a pen, drawn for whatever size a cell has.
package struct MarkFont: Sendable {
  /// The cell's pixels.
  package let cell: PixelSize
  /// Per byte of ASCII the pixels of the cell that its ink covers, row by row.
  private let inks: [[Int32]]

  /// Draws all letters; in cells of less than 5 × 8 pixels, where none would be read, they have no ink.
  package init(cell: PixelSize) {
    self.cell = cell
    let isLegible = cell.width >= 5 && cell.height >= 8
    var inks = [[Int32]](repeating: [], count: 128)
    if isLegible {
      for line in Self.strokes.split(separator: "\n") {
        guard let letter = line.utf8.first, letter < 128 else { continue }
        inks[Int(letter)] = Self.ink(Self.lines(line.dropFirst()), cell)
      }
    }
    self.inks = inks
  }

  /// The pixels of a letter's ink, as places in the cell, row by row; none for what is no letter.
  package func ink(of letter: UInt8) -> [Int32] { letter < 128 ? inks[Int(letter)] : [] }

  private typealias Point = SIMD2<Float>

  /// Segments of a letter: each word is a line through points of two digits, 0–4 across and 0–8 down.
  private static func lines(_ text: Substring) -> [(Point, Point)] {
    text.split(separator: " ").flatMap { word -> [(Point, Point)] in
      let digits = word.compactMap(\.wholeNumberValue).map(Float.init)
      let points = stride(from: 0, to: digits.count - 1, by: 2).map {
        Point(digits[$0], digits[$0 + 1])
      }
      return points.count == 1
        ? [(points[0], points[0])] : Array(zip(points, points.dropFirst()))
    }
  }

  private static func ink(_ segments: [(Point, Point)], _ cell: PixelSize) -> [Int32] {
    let size = Point(Float(cell.width), Float(cell.height))
    let pen = max(0.55, size.x * 0.085)
    let origin = Point(size.x * 0.18, size.y * 0.12)
    // The last column of pixels stays free, so that letters keep apart.
    let right = min(size.x * 0.82, size.x - 0.52 - pen)
    let scale = Point((right - origin.x) / 4, size.y * 0.74 / 8)
    return (0..<cell.area).compactMap { place in
      let pixel = Point(Float(place % cell.width) + 0.5, Float(place / cell.width) + 0.5)
      let isInked = segments.contains { from, to in
        // A dot between pixels must still cover one.
        let reach = from == to ? max(pen, 0.72) : pen
        return distanceSquared(pixel, from * scale + origin, to * scale + origin) <= reach * reach
      }
      return isInked ? Int32(truncatingIfNeeded: place) : nil
    }
  }

  private static func distanceSquared(_ point: Point, _ from: Point, _ to: Point) -> Float {
    let along = to - from
    let length = (along * along).sum()
    let share = length == 0 ? 0 : min(max(0, ((point - from) * along).sum() / length), 1)
    let off = point - from - along * share
    return (off * off).sum()
  }

  /// A letter, then its lines; 0 is the top of digits and capitals, 2 that of small letters, 6 the line
  /// they stand on, 8 the lowest point.
  private static let strokes = """
    0 103041453616050110 1432
    1 012026 0646
    2 0110304142330646
    3 00402333 334445361605
    4 3630033404 0444
    5 400003334445361605
    6 300305163645443313 1304
    7 004016
    8 1302011030414233134405 33444536160504 0413
    9 4313020110304143 4326
    a 033212 3243 4346 44140516 163645
    b 0006 0312324345361605
    c 43321203051636 3645
    d 4046 4332120305163645
    e 04444332120305163645
    f 413020 2026 0333
    g 4247381807 43321203 0305163645
    h 0006 03123243 4346
    i 122226 0646 2020
    j 22323728 2808 3030
    k 0006 4204 1446
    l 00101526 2646
    m 0602 03122326 23324346
    n 0602 0312324346
    o 123243453616050312
    p 0208 0312324345361605
    q 4248 4332120305163645
    r 0206 042242
    s 42120314344536 3606
    t 1015263645 0232
    u 0205163645 4246
    v 022642
    w 0216233642
    x 0246 0642
    y 0226 422618 1808
    z 02420646
    - 0444
    . 2626
    : 2222 2626
    """
}
