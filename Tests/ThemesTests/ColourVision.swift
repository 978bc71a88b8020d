// SPDX-License-Identifier: Apache-2.0

import Foundation
import Vocabulary

/// A kind of eye: the usual one, and those that lack one of the three cones, after Machado, Oliveira and
/// Fernandes (2009) at full severity.
enum ColourVision: CaseIterable {
  case usual, protanopia, deuteranopia, tritanopia

  /// What it makes of linear red, green and blue, row by row.
  var matrix: [[Double]] {
    switch self {
    case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }
}

extension RGB {
  /// How far apart two colours are for an eye: the distance in CIE L*a*b* (white D65), where 2.3 is just
  /// noticed.
  func distance(to other: RGB, for vision: ColourVision) -> Double {
    zip(lab(vision), other.lab(vision)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  private func lab(_ vision: ColourVision) -> [Double] {
    let linear = [red, green, blue].map { value -> Double in
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let seen = vision.matrix.map { row in
      min(1, max(0, zip(row, linear).map(*).reduce(0, +)))
    }
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let white = [0.95047, 1, 1.08883]
    let roots = zip(toXYZ, white).map { row, white -> Double in
      let share = zip(row, seen).map(*).reduce(0, +) / white
      return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    return [116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2])]
  }
}
