// SPDX-License-Identifier: Apache-2.0

/// Stacks many coarse pictures of one thing that moved by known steps into one finer picture: the
/// attack that undoes a mosaic.
///
/// It is told more than an attacker would know: every step to the pixel, what lies around the patch,
/// and, of several smoothings, the one that comes nearest to the truth. Each cell is the mean of
/// its pixels, so what is looked for is the patch whose means are those seen, with small gradients,
/// by conjugate gradients.
package struct StackingAttack {
  /// The patch's side and a cell's, in pixels.
  package let side: Int
  package let cell: Int
  private let surround: Double
  /// For each place of a cell's corner on the patch, from `1 - cell`: how often it was seen, and
  /// the sum of what was seen.
  private var counts: [Double]
  private var sums: [Double]

  /// Starts without pictures; `surround` is the value around the patch.
  package init(side: Int, cell: Int, surround: Double) {
    self.side = side
    self.cell = cell
    self.surround = surround
    let places = side + cell - 1
    counts = [Double](repeating: 0, count: places * places)
    sums = counts
  }

  private var places: Int { side + cell - 1 }

  /// Takes a cell's value; its corner lies at `x`, `y` from the patch's.
  ///
  /// Cells that do not touch the patch say nothing.
  package mutating func add(_ value: Double, x: Int, y: Int) {
    let (column, row) = (x + cell - 1, y + cell - 1)
    guard (0..<places).contains(column), (0..<places).contains(row) else { return }
    counts[row * places + column] += 1
    sums[row * places + column] += value - surround
  }

  /// How many cells were seen.
  package var sampleCount: Int { Int(counts.reduce(0, +)) }

  /// The resolution across the patch whose ordinary scaling down has the same error as the best
  /// reconstruction; `truth` is the patch, row by row.
  package func effectivePixels(_ truth: [Double]) -> Double {
    let error =
      [0.01, 0.03, 0.1, 0.3]
      .map { Self.error(reconstruct(smoothing: $0), truth) }.min() ?? .infinity
    var before = (pixels: 1.0, error: Self.error(scaled(truth, to: 1), truth))
    for pixels in 2...side {
      let next = Self.error(scaled(truth, to: pixels), truth)
      if next <= error {
        let share = before.error > next ? (before.error - error) / (before.error - next) : 0
        return before.pixels + max(0, share) * (Double(pixels) - before.pixels)
      }
      if next < before.error { before = (Double(pixels), next) }
    }
    return Double(side)
  }

  // MARK: - Reconstruction

  private func reconstruct(smoothing: Double) -> [Double] {
    let weight = smoothing * counts.reduce(0, +) / Double(side * side)
    func apply(_ patch: [Double]) -> [Double] {
      var seen = means(patch)
      for place in seen.indices { seen[place] *= counts[place] }
      var result = spread(seen)
      addGradients(of: patch, weight, to: &result)
      return result
    }
    var patch = [Double](repeating: 0, count: side * side)
    var rest = spread(sums)
    var direction = rest
    var size = Self.dot(rest, rest)
    for _ in 0..<50 where size > 1e-9 {
      let image = apply(direction)
      let step = size / Self.dot(direction, image)
      for index in patch.indices {
        patch[index] += step * direction[index]
        rest[index] -= step * image[index]
      }
      let next = Self.dot(rest, rest)
      for index in direction.indices {
        direction[index] = rest[index] + next / size * direction[index]
      }
      size = next
    }
    return patch.map { $0 + surround }
  }

  /// The mean of each cell that touches the patch, outside of which is nothing.
  private func means(_ patch: [Double]) -> [Double] {
    var table = [Double](repeating: 0, count: (side + 1) * (side + 1))
    for row in 0..<side {
      var line = 0.0
      for column in 0..<side {
        line += patch[row * side + column]
        table[(row + 1) * (side + 1) + column + 1] = table[row * (side + 1) + column + 1] + line
      }
    }
    var result = [Double](repeating: 0, count: places * places)
    for row in 0..<places {
      let (top, bottom) = (max(0, row - cell + 1), min(side, row + 1))
      for column in 0..<places {
        let (left, right) = (max(0, column - cell + 1), min(side, column + 1))
        let sum =
          table[bottom * (side + 1) + right] - table[top * (side + 1) + right]
          - table[bottom * (side + 1) + left] + table[top * (side + 1) + left]
        result[row * places + column] = sum / Double(cell * cell)
      }
    }
    return result
  }

  /// The transpose of `means`.
  private func spread(_ seen: [Double]) -> [Double] {
    var table = [Double](repeating: 0, count: (places + 1) * (places + 1))
    for row in 0..<places {
      var line = 0.0
      for column in 0..<places {
        line += seen[row * places + column]
        table[(row + 1) * (places + 1) + column + 1] =
          table[row * (places + 1) + column + 1] + line
      }
    }
    var result = [Double](repeating: 0, count: side * side)
    for row in 0..<side {
      let (top, bottom) = (row, row + cell)
      for column in 0..<side {
        let (left, right) = (column, column + cell)
        let sum =
          table[bottom * (places + 1) + right] - table[top * (places + 1) + right]
          - table[bottom * (places + 1) + left] + table[top * (places + 1) + left]
        result[row * side + column] = sum / Double(cell * cell)
      }
    }
    return result
  }

  private func addGradients(of patch: [Double], _ weight: Double, to result: inout [Double]) {
    for row in 0..<side {
      for column in 0..<side {
        let index = row * side + column
        for next in [column + 1 < side ? index + 1 : nil, row + 1 < side ? index + side : nil] {
          guard let next else { continue }
          let difference = weight * (patch[index] - patch[next])
          result[index] += difference
          result[next] -= difference
        }
      }
    }
  }

  // MARK: - Measure

  /// The patch scaled down to so many pixels a side by area, and up again between their middles.
  private func scaled(_ patch: [Double], to pixels: Int) -> [Double] {
    let spans = (0..<pixels).map { pixel in
      (Double(pixel * side) / Double(pixels), Double((pixel + 1) * side) / Double(pixels))
    }
    func share(_ index: Int, _ span: (Double, Double)) -> Double {
      max(0, min(Double(index + 1), span.1) - max(Double(index), span.0))
    }
    var small = [Double](repeating: 0, count: pixels * pixels)
    for (y, down) in spans.enumerated() {
      for (x, across) in spans.enumerated() {
        var sum = 0.0
        for row in Int(down.0)..<min(side, Int(down.1.rounded(.up))) {
          for column in Int(across.0)..<min(side, Int(across.1.rounded(.up))) {
            sum += patch[row * side + column] * share(row, down) * share(column, across)
          }
        }
        small[y * pixels + x] = sum / ((down.1 - down.0) * (across.1 - across.0))
      }
    }
    let places = (0..<side).map { index -> (Int, Int, Double) in
      let at = (Double(index) + 0.5) * Double(pixels) / Double(side) - 0.5
      let low = min(max(0, Int(at.rounded(.down))), pixels - 1)
      return (low, min(low + 1, pixels - 1), min(1, max(0, at - Double(low))))
    }
    return places.flatMap { top, bottom, down in
      places.map { left, right, across in
        let upper = small[top * pixels + left] * (1 - across) + small[top * pixels + right] * across
        let lower =
          small[bottom * pixels + left] * (1 - across) + small[bottom * pixels + right] * across
        return upper * (1 - down) + lower * down
      }
    }
  }

  /// The mean squared error after the brightness and contrast that fit best.
  private static func error(_ patch: [Double], _ truth: [Double]) -> Double {
    let count = Double(truth.count)
    let (mean, trueMean) = (patch.reduce(0, +) / count, truth.reduce(0, +) / count)
    var (square, product, trueSquare) = (0.0, 0.0, 0.0)
    for (value, wanted) in zip(patch, truth) {
      square += (value - mean) * (value - mean)
      product += (value - mean) * (wanted - trueMean)
      trueSquare += (wanted - trueMean) * (wanted - trueMean)
    }
    return (trueSquare - (square > 0 ? product * product / square : 0)) / count
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
