// SPDX-License-Identifier: Apache-2.0
import Glibc
import Vocabulary

/// How near a picture comes to what was meant.
struct Likeness {
  /// Peak signal to noise over all channels, in decibels.
  var psnr: Double
  /// Structural similarity of the luma, over blocks of 8 × 8.
  var ssim: Double

  /// Compares RGB triples of a size.
  init(_ shown: [UInt8], _ meant: [UInt8], _ size: PixelSize) {
    var sum = 0
    for place in shown.indices {
      let off = Int(shown[place]) - Int(meant[place])
      sum += off * off
    }
    let error = max(1e-9, Double(sum) / Double(max(1, shown.count)))
    psnr = 10 * log10(255 * 255 / error)
    ssim = Self.similarity(Self.luma(shown), Self.luma(meant), size)
  }

  /// The mean of several.
  init(_ all: [Likeness]) {
    psnr = all.map(\.psnr).reduce(0, +) / Double(max(1, all.count))
    ssim = all.map(\.ssim).reduce(0, +) / Double(max(1, all.count))
  }

  private static func luma(_ rgb: [UInt8]) -> [Float] {
    stride(from: 0, to: rgb.count - 2, by: 3).map { place in
      Float(rgb[place]) * 0.2126 + Float(rgb[place + 1]) * 0.7152 + Float(rgb[place + 2]) * 0.0722
    }
  }

  private static func similarity(_ left: [Float], _ right: [Float], _ size: PixelSize) -> Double {
    var (total, count) = (0.0, 0)
    for top in stride(from: 0, through: size.height - 8, by: 4) {
      for start in stride(from: 0, through: size.width - 8, by: 4) {
        total += block(left, right, top * size.width + start, size.width)
        count += 1
      }
    }
    return total / Double(max(1, count))
  }

  private static func block(
    _ left: [Float], _ right: [Float], _ start: Int, _ width: Int
  ) -> Double {
    var (a, b, aa, bb, ab) = (Float(0), Float(0), Float(0), Float(0), Float(0))
    for row in 0..<8 {
      for column in 0..<8 {
        let place = start + row * width + column
        let (x, y) = (left[place], right[place])
        a += x
        b += y
        aa += x * x
        bb += y * y
        ab += x * y
      }
    }
    let (meanA, meanB) = (a / 64, b / 64)
    let (varA, varB) = (aa / 64 - meanA * meanA, bb / 64 - meanB * meanB)
    let both = ab / 64 - meanA * meanB
    // The constants are (0.01 · 255)² and (0.03 · 255)².
    let likeness = (2 * meanA * meanB + 6.5025) * (2 * both + 58.5225)
    return Double(likeness / ((meanA * meanA + meanB * meanB + 6.5025) * (varA + varB + 58.5225)))
  }
}
