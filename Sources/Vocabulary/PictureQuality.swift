// SPDX-License-Identifier: Apache-2.0

/// What a slow line leaves of the picture once fewer frames are not enough: fewer colours first, then
/// larger pixels.
package enum PictureQuality: Int, CaseIterable, Comparable, Hashable, Sendable {
  /// All that the driver can draw.
  case full = 0
  /// Fewer colours, and small changes of a colour are not sent.
  case fewerColours
  /// Fewer colours on half as many samples across and down.
  case half
  case quarter
  case eighth

  /// How many samples across, and down, share one value.
  package var divisor: Int {
    switch self {
    case .full, .fewerColours: 1
    case .half: 2
    case .quarter: 4
    case .eighth: 8
    }
  }

  package static func < (left: PictureQuality, right: PictureQuality) -> Bool {
    left.rawValue < right.rawValue
  }
}
