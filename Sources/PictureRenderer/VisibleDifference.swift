// SPDX-License-Identifier: Apache-2.0

/// Whether a person would see that one colour is another.
enum VisibleDifference {
  /// Whether two colours differ by more than a threshold in luma or green, twice that in red or
  /// three times in blue, to which the eye is that much less sensitive.
  ///
  /// A threshold of 0 finds every difference.
  static func isSeen(_ left: UInt32, _ right: UInt32, threshold: Int) -> Bool {
    if left == right { return false }
    if threshold == 0 { return true }
    let red = Int(left >> 16 & 0xFF) - Int(right >> 16 & 0xFF)
    let green = Int(left >> 8 & 0xFF) - Int(right >> 8 & 0xFF)
    let blue = Int(left & 0xFF) - Int(right & 0xFF)
    let luma = (red * 54 + green * 183 + blue * 19) / 256
    return abs(green) > threshold || abs(red) > 2 * threshold || abs(blue) > 3 * threshold
      || abs(luma) > threshold
  }

  /// The squared difference of two colours.
  @inline(__always)
  static func squared(_ left: UInt32, _ right: UInt32) -> Int32 {
    let red = Int32(left >> 16 & 0xFF) &- Int32(right >> 16 & 0xFF)
    let green = Int32(left >> 8 & 0xFF) &- Int32(right >> 8 & 0xFF)
    let blue = Int32(left & 0xFF) &- Int32(right & 0xFF)
    return red &* red &+ green &* green &+ blue &* blue
  }
}
