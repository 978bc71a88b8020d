// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The quantiser of one frost: box means to grey indices, with a margin against noise.
///
/// The border between two greys lies half-way. A cell leaves its level only when its mean is past
/// the next grey itself, and past the border by at least one grey: noise of a box mean never is, and
/// what moves slowly under the grid, as a face does that is to be made out by stacking, gives fewer
/// samples.
struct GreyLevels {
  let count: Int
  /// The nearest grey's index for each mean in 1/2 grey; borders lie on whole half greys.
  private let nearest: [UInt8]
  /// The means between which a cell of each level stays, in 1/256 grey.
  private let stay: [ClosedRange<Int>]

  /// Takes the greys, which rise strictly and are not empty.
  init(greys: [UInt8]) {
    count = greys.count
    let borders = zip(greys, greys.dropFirst()).map { Int($0) + Int($1) }
    nearest = (0..<512).map { half in UInt8(borders.count { $0 <= half }) }
    stay = greys.indices.map { level in
      let below = level == 0 ? Int.min / 2 : borders[level - 1] * 128
      let above = level == greys.count - 1 ? Int.max / 2 : borders[level] * 128
      return below - Self.margin(greys, level - 1)...above + Self.margin(greys, level)
    }
  }

  /// The index of the grey nearest to a mean.
  func level(of mean: UInt16) -> UInt8 { nearest[Int(mean) >> 7] }

  /// The index for a mean of a cell that had the index `old`.
  func level(of mean: UInt16, after old: UInt8) -> UInt8 {
    stay[Int(old)].contains(Int(mean)) ? old : level(of: mean)
  }

  /// The margin about the border above `level`, in 1/256 grey; 0 where there is no such border.
  private static func margin(_ greys: [UInt8], _ level: Int) -> Int {
    guard greys.indices.contains(level), greys.indices.contains(level + 1) else { return 0 }
    return max(256, (Int(greys[level + 1]) - Int(greys[level])) * 128)
  }
}
